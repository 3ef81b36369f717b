package trail

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/respond/event"
)

// A Style is how Render writes.
type Style struct {
	Zone *time.Location // of the times; nil means UTC

	// Change says what changed, in one line. Nil, or an empty line: how the matter moved, what is owed, who has it; else the
	// names of the facets.
	Change func(change json.RawMessage) string

	// Withhold leaves out what anybody said and every reason, for who may not see the case: kinds, persons, instants and
	// moves stay.
	Withhold bool
}

// Render writes a trail for an auditor, as plain text: who, when, what and because of what, an entry at a time, and
// beneath it whether the chain holds. Private data in texts is masked, and no text can pass for a line of the trail.
// What still holds before a broken entry is written, then the *BrokenError, which is returned too; any other error is
// that of w.
func Render(w io.Writer, name Name, links iter.Seq[Link], style Style, anchors ...Tip) error {
	if style.Zone == nil {
		style.Zone = time.UTC
	}
	p := &page{Writer: bufio.NewWriter(w), style: style, asked: map[string]string{}, drafts: map[string]int{}}
	tenant := ""
	if name.Tenant != "" {
		tenant = " of " + oneLine(name.Tenant)
	}
	p.line("Trail of %s %s%s. Times are of %s.", oneLine(name.Kind), oneLine(name.ID), tenant, style.Zone)
	p.line("Of each entry: when, what happened and by whom; what was said, private data masked; why; what changed; and what was")
	p.line("asked of the world. Rules are named where they changed.")
	tip, broken := walk(name, links, anchors, func(h Head, l Link) error { return p.entry(h, l) })
	p.line("")
	if broken != nil {
		p.line("BROKEN: %s. What stands above still holds.", broken)
	} else {
		entries := "entries"
		if tip.Seq == 1 {
			entries = "entry"
		}
		p.line("%d %s. The chain holds; its head is %s.", tip.Seq, entries, tip.Hash)
		if len(anchors) == 0 {
			p.line("No anchor was given: that nothing was cut off at the end is not proven.")
		}
	}
	if err := p.Flush(); err != nil {
		return err
	}
	return broken
}

type page struct {
	*bufio.Writer
	style  Style
	indent string            // before every line
	rules  string            // of the entry before
	asked  map[string]string // requests without an outcome, by key, in words
	drafts map[string]int    // in which entry a draft was written, by its id
}

func (p *page) line(format string, args ...any) {
	if format != "" {
		p.Writer.WriteString(p.indent)
	}
	fmt.Fprintf(p.Writer, format+"\n", args...)
}

// anyEntry is what every entry has, whatever it is an entry of.
type anyEntry struct {
	Seq     int             `json:"seq"`
	At      time.Time       `json:"at"`
	Event   event.Event     `json:"event"`
	Rules   string          `json:"rules"`
	Change  json.RawMessage `json:"change"`
	Effects []anyEffect     `json:"effects"`
	Because []string        `json:"because"`
}

func (p *page) entry(h Head, l Link) error {
	p.line("")
	if l.Bare() {
		p.head(h.Seq, h.At, "erased")
		return nil
	}
	if isErased(l.Body) {
		var state json.RawMessage
		e, err := readErased(h, l.Body, &state)
		if err != nil {
			p.head(h.Seq, h.At, "cannot be read")
			return err
		}
		p.head(h.Seq, h.At, "all before it erased, by "+oneLine(e.By))
		p.line("    because: %s", oneLine(e.Because))
		return p.kept(h, e.Kept)
	}
	var e anyEntry
	if err := json.Unmarshal(l.Body, &e); err != nil || e.Seq != h.Seq || !e.At.Equal(h.At) {
		p.head(h.Seq, h.At, "cannot be read")
		return &BrokenError{Seq: h.Seq, Fault: Unreadable, Why: "its body is no entry, or not the one of its head"}
	}
	p.tell(e)
	return nil
}

// kept are the entries of which an erasure kept what it could, further in, so that none passes for one of the trail.
func (p *page) kept(h Head, kept []json.RawMessage) error {
	if len(kept) == 0 {
		return nil
	}
	p.line("    kept:    %d of them, without what had to go:", len(kept))
	p.indent = "    "
	defer func() { p.indent = "" }()
	for _, data := range kept {
		var e anyEntry
		if json.Unmarshal(data, &e) != nil {
			return &BrokenError{Seq: h.Seq, Fault: Unreadable, Why: "what it kept of the entries before it is none"}
		}
		p.line("")
		p.tell(e)
	}
	return nil
}

// head is the line with which an entry begins.
func (p *page) head(seq int, at time.Time, what string) {
	p.line("#%d  %s  %s", seq, at.In(p.style.Zone).Format("2006-01-02 15:04:05.000 -07:00"), what)
}

// tell writes an entry.
func (p *page) tell(e anyEntry) {
	p.head(e.Seq, e.At, oneLine(e.Event.Kind())+", by "+who(e.Event.By))
	c := readChanged(e.Change)
	drafted := p.newDraft(c, e.Seq)
	p.say("", p.told(e.Event.Body))
	if _, said := e.Event.Body.(event.Drafted); drafted && !said && c.Draft.Text != "" && !p.style.Withhold {
		p.say("drafted: ", quoted(c.Draft.Text)+" by "+who(c.Draft.By))
	}
	for _, why := range e.Because {
		p.say("because: ", p.why(why))
	}
	p.say("changed: ", p.changed(c, e.Change))
	for _, x := range e.Effects {
		what := p.wanted(x)
		p.asked[x.Key] = fmt.Sprintf("%s, asked for in #%d", what, e.Seq)
		p.say("asked:   ", what+before(": ", p.why(x.Because)))
	}
	if e.Rules != p.rules {
		p.say("rules:   ", oneLine(e.Rules))
	}
	p.rules = e.Rules
}

// say writes a line beneath an entry, unless there is nothing to say.
func (p *page) say(label, what string) {
	if what != "" {
		p.line("    %s%s", label, what)
	}
}

// newDraft remembers in which entry a draft was written, and reports whether it was in this one.
func (p *page) newDraft(c changes, seq int) bool {
	if c.Draft == nil || c.Draft.ID == "" || p.drafts[c.Draft.ID] > 0 {
		return false
	}
	p.drafts[c.Draft.ID] = seq
	return true
}

var instants = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`)

// why is a reason: private data masked, instants as the page has them. It may hold what somebody said.
func (p *page) why(reason string) string {
	if p.style.Withhold {
		return ""
	}
	return oneLine(instants.ReplaceAllStringFunc(sensitive.Mask(reason), func(s string) string {
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return s
		}
		return p.at(t)
	}))
}

// at is an instant as the page has it.
func (p *page) at(t time.Time) string { return t.In(p.style.Zone).Format("2006-01-02 15:04:05 -07:00") }

func who(by string) string {
	if by == "" {
		return "nobody named"
	}
	return oneLine(by)
}

// How much of a text an auditor is shown: what is longer is for the case's own screen.
const (
	mostRunes = 500
	mostBytes = 8 << 10 // that are looked through for private data
)

// quoted is a text within quotes, on one line, its private data masked.
func quoted(text string) string {
	cut := len(text) > mostBytes
	if cut {
		text = strings.ToValidUTF8(text[:mostBytes], "")
	}
	text = sensitive.Mask(text)
	if utf8.RuneCountInString(text) > mostRunes {
		text, cut = string([]rune(text)[:mostRunes]), true
	}
	if cut {
		return strconv.Quote(text) + " ..."
	}
	return strconv.Quote(text)
}

// oneLine keeps what is not printed, line ends and marks that turn the writing round among it, from looking like lines
// of ours.
func oneLine(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return s
	}
	q := strconv.Quote(s)
	return q[1 : len(q)-1]
}
