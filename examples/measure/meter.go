package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/reputekit/reputation/triage/signal"
)

// A meter runs signals over sets and prints what came out.
type meter struct {
	lists *signal.Lists
	text  signal.Text
	data  map[string][]post
	tuned bool   // judge the even rows
	wrong string // print what this signal gets wrong instead of the table
	out   io.Writer
	err   error
}

func (m *meter) printf(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.out, format, args...)
	}
}

func (m *meter) heading() {
	m.printf("| signal | set | rows | so labelled | at least | precision | recall | F1 |\n")
	m.printf("|---|---|---:|---:|---:|---:|---:|---:|\n")
}

// judged reports whether row n belongs to the half that is judged.
func (m *meter) judged(n int) bool { return n%2 == 1 != m.tuned }

// every row of a set is judged for a signal that nothing was changed for by it.
func every(int) bool { return true }

// read gives the value of a signal.
func (m *meter) read(name, text, lang string) signal.Value {
	m.lists.Read(&m.text, text, lang)
	return m.value(name)
}

// value is that of the text read last.
func (m *meter) value(name string) (v signal.Value) {
	id, ok := signal.Lookup(name)
	if !ok {
		m.err = fmt.Errorf("no signal is called %q", name)
	}
	return m.text.Value(id, -1)
}

// A count is how often a signal spoke, and how often rightly.
type count struct{ rows, labelled, said, right int }

func (c *count) add(labelled, said bool) {
	c.rows++
	if labelled {
		c.labelled++
	}
	if said {
		c.said++
	}
	if labelled && said {
		c.right++
	}
}

func share(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(part)/float64(whole))
}

func (m *meter) row(name, set string, least int, c count) {
	if m.wrong != "" {
		return
	}
	m.printf("| %s | %s | %d | %d | %d | %s | %s | %s |\n", name, set, c.rows, c.labelled, least,
		share(c.right, c.said), share(c.right, c.labelled), share(2*c.right, c.labelled+c.said))
}

// over measures a signal on posts of which labelled tells the truth.
func (m *meter) over(name, set string, least int, labelled func(post) bool, names ...string) {
	var c count
	for n, p := range m.data[set] {
		if !m.judged(n) {
			continue
		}
		m.lists.Read(&m.text, p.Text, "en")
		best := 0
		for _, each := range append([]string{name}, names...) {
			if _, ok := signal.Lookup(each); ok {
				best = max(best, m.value(each).PerMille)
			}
		}
		c.add(labelled(p), best >= least)
		m.note(name, labelled(p), best >= least, best, p.Text)
	}
	m.row(name, set, least, c)
}

func (m *meter) note(name string, labelled, said bool, value int, text string) {
	if name == m.wrong && labelled != said {
		m.printf("labelled %-5v value %4d  %s\n", labelled, value, text)
	}
}

// sentiment is measured in three classes.
func (m *meter) sentiment() {
	airline := func(p post) string { return fmt.Sprint(p.Label) }
	m.classes("airline-tweets", m.judged, airline)
	m.classes("complaint-severity", every, func(p post) string { return p.Sentiment })
}

var moods = []string{"negative", "neutral", "positive"}

func (m *meter) classes(set string, judged func(int) bool, label func(post) string) {
	var right, labelled, said [3]int
	rows, all := 0, 0
	for n, p := range m.data[set] {
		if !judged(n) {
			continue
		}
		rows++
		is, mood := slices.Index(moods, label(p)), 1
		switch v := m.read(signal.Sentiment, p.Text, "en"); {
		case v.PerMille <= -250:
			mood = 0
		case v.PerMille >= 250:
			mood = 2
		}
		labelled[is]++
		said[mood]++
		if is == mood {
			right[is]++
			all++
		}
	}
	f1 := 0.0
	for i := range right {
		f1 += 2 * float64(right[i]) / float64(labelled[i]+said[i]) / 3
	}
	if m.wrong == "" {
		m.printf("| sentiment, 3 classes | %s | %d | | ±250 | accuracy %.3f | | macro %.3f |\n",
			set, rows, float64(all)/float64(rows), f1)
	}
}

// real measures on the sets of real posts what they have labels for.
func (m *meter) real() {
	is := func(label string) func(post) bool { return func(p post) bool { return p.Label == label } }
	complains := func(p post) bool { return p.Label == 1.0 }
	m.over(signal.Praise, "airline-tweets", 600, is("positive"))
	m.share(signal.Praise, "airline-tweets", 600, m.judged, is("negative"))
	m.share(signal.Praise, "complaint-severity", 600, every, complains)
	m.over(signal.Complaint, "complaint-severity", 500, complains)
	m.over(signal.Complaint, "airline-tweets", 500, is("negative"))
	m.over(signal.Anger, "complaint-severity", 400, func(p post) bool { return p.Emotion == "anger" })
	for _, least := range []int{500, 300} { // at 300 swearing counts, which the set calls offensive too
		m.over("abuse, any kind", "offensive-tweets", least, is("offensive"),
			signal.AbuseInsult, signal.AbuseSlur, signal.AbuseThreat, signal.AbuseSexual)
	}
	m.over(signal.Spam, "sms-spam", 550, is("spam"))
}

// share prints how many of those over the threshold have a label that they should not have.
func (m *meter) share(name, set string, least int, judged func(int) bool, bad func(post) bool) {
	said, wrong, rows := 0, 0, 0
	for n, p := range m.data[set] {
		if !judged(n) {
			continue
		}
		rows++
		if m.read(name, p.Text, "en").PerMille >= least {
			said++
			if bad(p) {
				wrong++
				m.note(name, false, true, least, p.Text)
			}
		}
	}
	if m.wrong == "" {
		m.printf("| %s, given wrongly | %s | %d | | %d | %d of %d are negative (%.1f %%) | | |\n",
			name, set, rows, least, wrong, said, 100*float64(wrong)/float64(max(1, said)))
	}
}
