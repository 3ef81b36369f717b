package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/guideline"
)

// A moment is one thing that happened and what was made of it, told from what the desk has stored.
type moment struct {
	N     int      `json:"n"`
	At    string   `json:"at"` // in the house's zone
	Lines []string `json:"lines"`
}

func (m *moment) say(format string, args ...any) {
	m.Lines = append(m.Lines, fmt.Sprintf(format, args...))
}

// quote says a text of somebody, with words marked, on one line.
func (m *moment) quote(who, text string, words []place) {
	m.say("%c%s: \"%s\"", short, who, excerpt(text, words))
}

// said quotes a mention.
func (m *moment) said(j judged, words []place) {
	text, places := j.text(words)
	m.quote(authorOf(j.mention.Author), text, places)
}

// moments tells the nine.
func (h *house) moments() ([]moment, error) {
	var out []moment
	for i, tell := range []func(*house, *moment) error{
		nightPage, oneIncident, statement, sarcasm, refusedDraft, unsent, sameAct, silence, killed,
	} {
		m := moment{N: i + 1}
		if err := tell(h, &m); err != nil {
			return nil, fmt.Errorf("moment %d: %w", i+1, err)
		}
		out = append(out, m)
	}
	return out, nil
}

// found are the places of findings in a text.
func found(findings []guideline.Finding) []place {
	out := make([]place, len(findings))
	for i, f := range findings {
		out[i] = place{f.Start, f.End}
	}
	return out
}

// rulesOf names the rules that a text breaks with the words that break them.
func rulesOf(text string, findings []guideline.Finding) string {
	var out []string
	for _, f := range findings {
		s := f.Rule + " " + f.Name
		if f.End > f.Start && f.End <= len(text) {
			s += " " + quoted(text, f.Start, f.End)
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// broken are the findings with which a text must not go out. What is left are warnings, for a person to weigh.
func broken(findings []guideline.Finding) (out []guideline.Finding) {
	for _, f := range findings {
		if f.Level == guideline.Error {
			out = append(out, f)
		}
	}
	return out
}

// cutText is the beginning of a long text, at a word.
func cutText(s string, most int) string {
	if len(s) <= most {
		return s
	}
	if i := strings.LastIndexByte(s[:most], ' '); i > 0 {
		return s[:i] + "…"
	}
	return s
}

var (
	sendKind     = effect.Effect{Body: effect.Send{}}.Kind()
	moderateKind = effect.Effect{Body: effect.Moderate{}}.Kind()
)
