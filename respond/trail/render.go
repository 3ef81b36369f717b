package trail

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
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
	Zone   *time.Location                      // of the times; nil means UTC
	Change func(change json.RawMessage) string // what changed, in one line; nil, or an empty line, names the facets
}

// Render writes a trail for an auditor, as plain text: who, when, what and because of what, an entry at a time, and
// beneath it whether the chain holds. Private data in texts is masked, and no text can pass for a line of the trail.
// What still holds before a broken entry is written, then the *BrokenError, which is returned too; any other error is
// that of w.
func Render(w io.Writer, name Name, links iter.Seq[Link], style Style, anchors ...Tip) error {
	if style.Zone == nil {
		style.Zone = time.UTC
	}
	p := &page{Writer: bufio.NewWriter(w), style: style}
	tenant := ""
	if name.Tenant != "" {
		tenant = " of " + oneLine(name.Tenant)
	}
	p.line("Trail of %s %s%s. Times are of %s.", oneLine(name.Kind), oneLine(name.ID), tenant, style.Zone)
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
	style Style
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(p.Writer, format+"\n", args...) }

// anyEntry is what every entry has, whatever it is an entry of.
type anyEntry struct {
	Seq     int             `json:"seq"`
	At      time.Time       `json:"at"`
	Event   event.Event     `json:"event"`
	Rules   string          `json:"rules"`
	Change  json.RawMessage `json:"change"`
	Effects []struct {
		Kind    string `json:"kind"`
		Because string `json:"because"`
		Body    struct {
			Member string `json:"member"`
			Act    string `json:"act"`
		} `json:"body"`
	} `json:"effects"`
	Because []string `json:"because"`
}

func (p *page) entry(h Head, l Link) error {
	p.line("")
	p.Writer.WriteString("#" + strconv.Itoa(h.Seq) + "  " + h.At.In(p.style.Zone).Format("2006-01-02 15:04:05.000 -07:00") + "  ")
	if l.Bare() {
		p.line("erased")
		return nil
	}
	if isErased(l.Body) {
		var state json.RawMessage
		e, err := readErased(h, l.Body, &state)
		if err != nil {
			p.line("cannot be read")
			return err
		}
		p.line("all before it erased, by %s", oneLine(e.By))
		p.line("    because: %s", oneLine(e.Because))
		if len(e.Kept) > 0 {
			p.line("    kept:    %d of them, without what had to go", len(e.Kept))
		}
		return nil
	}
	var e anyEntry
	if err := json.Unmarshal(l.Body, &e); err != nil || e.Seq != h.Seq || !e.At.Equal(h.At) {
		p.line("cannot be read")
		return &BrokenError{Seq: h.Seq, Fault: Unreadable, Why: "its body is no entry, or not the one of its head"}
	}
	p.line("%s, by %s", oneLine(e.Event.Kind()), who(e.Event.By))
	if what := told(e.Event.Body); what != "" {
		p.line("    %s", what)
	}
	for _, why := range e.Because {
		p.line("    because: %s", oneLine(why))
	}
	if changed := p.changed(e.Change); changed != "" {
		p.line("    changed: %s", changed)
	}
	for _, x := range e.Effects {
		p.line("    asked:   %s", oneLine(strings.Join(slices.DeleteFunc([]string{x.Kind, x.Body.Act, x.Body.Member},
			func(s string) bool { return s == "" }), " ")+": "+x.Because))
	}
	if e.Rules != "" {
		p.line("    rules:   %s", oneLine(e.Rules))
	}
	return nil
}

func (p *page) changed(change json.RawMessage) string {
	if p.style.Change != nil {
		if line := p.style.Change(change); line != "" {
			return oneLine(line)
		}
	}
	var facets map[string]json.RawMessage
	if json.Unmarshal(change, &facets) != nil {
		return ""
	}
	return oneLine(strings.Join(slices.Sorted(maps.Keys(facets)), ", "))
}

func who(by string) string {
	if by == "" {
		return "nobody named"
	}
	return oneLine(by)
}

// told is what an event says, in one line.
func told(b event.Body) string {
	switch b := b.(type) {
	case event.Received:
		return fmt.Sprintf("%s: %s", oneLine(b.Mention.Ref.String()), quoted(b.Mention.Text))
	case event.Edited:
		return fmt.Sprintf("%s, revision %d: %s", oneLine(b.Mention.Ref.String()), b.Mention.Revision, quoted(b.Mention.Text))
	case event.Removed:
		return oneLine(b.Ref.String())
	case event.AnsweredElsewhere:
		return fmt.Sprintf("%s, an answer to %s", oneLine(b.Ref.String()), oneLine(b.Answers.String()))
	case event.Spoken:
		return said(b.Said) + quoted(b.Summary)
	case event.Drafted:
		return quoted(b.Text)
	case event.Approved:
		return "draft " + oneLine(b.Draft)
	case event.Rejected:
		return fmt.Sprintf("draft %s: %s", oneLine(b.Draft), quoted(b.Reason))
	case event.Meant:
		return "the customer's word: " + oneLine(string(b.Said))
	case event.Waived:
		return "code " + oneLine(b.Code) + noted(b.Note)
	case event.Fulfilled:
		return strings.TrimPrefix(noted(b.Note), ", ")
	case event.Judged:
		return oneLine(b.Legitimacy) + noted(b.Note)
	case event.Declared:
		return strings.TrimPrefix(noted(b.Note), ", ")
	case event.Dismissed:
		return strings.TrimPrefix(noted(b.Note), ", ")
	case event.Stated:
		return quoted(b.Statement.Text)
	case event.Delivered:
		return "request " + oneLine(b.Key)
	case event.Undelivered:
		return fmt.Sprintf("request %s: %s%s", oneLine(b.Key), oneLine(string(b.Reason)), noted(b.Detail))
	case event.Uncertain:
		return "request " + oneLine(b.Key) + noted(b.Detail)
	case event.Joined:
		return fmt.Sprintf("case %s, %s", oneLine(b.Case), oneLine(b.Category))
	}
	return ""
}

func said(m event.Meaning) string {
	if m == "" {
		return ""
	}
	return oneLine(string(m)) + ", "
}

func noted(note string) string {
	if note == "" {
		return ""
	}
	return ", " + quoted(note)
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
