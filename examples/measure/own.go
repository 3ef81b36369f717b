package main

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/triage/signal"
)

// sure is the value from which on a signal counts as given, where the sets are our own.
const sure = 500

// mended is the set that was measured once, when all was done, and whose misses were mended then: all its rows are judged,
// which is a proof that what was mended stays so, and no measurement.
const mended = "fresh"

// unseen is the set that no list was changed for, written without looking at them: all its rows are judged.
const unseen = "unseen"

// ownSignals are our own sets and the signals they have labels for: the label, and the signal.
var ownSignals = []struct {
	set    string
	labels [][2]string
}{
	{"life", [][2]string{
		{"self_harm", signal.LifeSelfHarm}, {"threat", signal.LifeThreat},
		{"danger", signal.LifeDanger}, {"injury", signal.LifeInjury},
	}},
	{"hard", [][2]string{
		{"self_harm", signal.LifeSelfHarm}, {"threat", signal.LifeThreat},
		{"danger", signal.LifeDanger}, {"injury", signal.LifeInjury},
	}},
	{mended, [][2]string{
		{"self_harm", signal.LifeSelfHarm}, {"threat", signal.LifeThreat},
		{"danger", signal.LifeDanger}, {"injury", signal.LifeInjury},
	}},
	{unseen, [][2]string{
		{"self_harm", signal.LifeSelfHarm}, {"threat", signal.LifeThreat},
		{"danger", signal.LifeDanger}, {"injury", signal.LifeInjury},
	}},
	{"abuse", [][2]string{
		{"insult", signal.AbuseInsult}, {"slur", signal.AbuseSlur},
		{"threat", signal.AbuseThreat}, {"sexual", signal.AbuseSexual},
	}},
	{"wants", [][2]string{
		{"urgency", signal.Urgency}, {"occasion", signal.Occasion}, {"lead", signal.Lead},
		{"churn", signal.Churn}, {"question", signal.Question},
	}},
	{"replies", [][2]string{
		{"accepts", signal.ReplyAccepts}, {"declines", signal.ReplyDeclines}, {"gives", signal.ReplyGives},
		{"refuses", signal.ReplyRefuses}, {"thanks", signal.ReplyThanks}, {"over", signal.ReplyOver},
		{"law", signal.ReplyLaw},
	}},
	{"gibberish", [][2]string{{"gibberish", signal.Gibberish}}},
}

// own measures on our own sets: English, and the other languages together, which are few rows and a proof only.
func (m *meter) own() {
	for _, s := range ownSignals {
		all, err := readOwn(s.set)
		if err != nil {
			m.err = err
			return
		}
		for _, label := range s.labels {
			m.sentences(s.set, label[0], label[1], all)
		}
	}
}

func (m *meter) sentences(set, label, name string, all []sentence) {
	var english, others count
	for n, s := range all {
		c := &others
		if s.lang == "en" {
			c = &english
		}
		if s.lang == "en" && set != mended && set != unseen && !m.judged(n) {
			continue
		}
		v := m.read(name, s.text, s.lang)
		is, said := slices.Contains(s.labels, label), v.PerMille >= sure
		c.add(is, said)
		m.note(name, is, said, v.PerMille, s.lang+" "+s.text)
	}
	m.row(name, set+" (ours)", sure, english)
	if others.rows > 0 {
		m.row(name+", es and de", set+" (ours)", sure, others)
	}
}

// printHits prints posts of customers that a signal speaks of, for somebody to read.
func (m *meter) printHits(name string) error {
	const most = 60
	printed := 0
	sets := []string{"support-conversations", "airline-tweets", "complaint-severity"}
	if strings.HasPrefix(name, "life_") {
		sets = append(sets, "offensive-tweets") // few customers write of life and death
	}
	for _, set := range sets {
		for _, p := range m.data[set] {
			v := m.read(name, p.Text, "en")
			if v.PerMille < sure || set == "support-conversations" && !p.Inbound || printed == most {
				continue
			}
			printed++
			var words []string
			for _, s := range v.Spans {
				words = append(words, p.Text[s.Start:s.End])
			}
			m.printf("%4d [%s] %s\n", v.PerMille, strings.Join(words, "; "), strings.Join(strings.Fields(p.Text), " "))
		}
	}
	return m.err
}
