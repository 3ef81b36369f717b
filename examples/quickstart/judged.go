package main

import (
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

// A judged is a mention with what the rules make of it.
type judged struct {
	mention mention.Mention
	verdict triage.Verdict
}

// judgeAt asks what a case would be told of this mention, as if it came in at the instant it was posted.
func judgeAt(rules *respond.Rules, in event.Received) judged {
	in.Mention = in.Mention.Canonical()
	at := in.Mention.PostedAt
	if at.IsZero() {
		at = time.Unix(0, 0).UTC() // nothing but the age of accounts and posts depends on it, and neither is known
	}
	return judged{in.Mention, respond.Judge(rules, in, at)}
}

// named says whether the mention names a subject that is ours, and whether only by a misspelling.
func (j judged) named() (yes, misspelled bool) {
	misspelled = true
	for _, h := range j.verdict.Hits {
		if h.Kind == mention.Competitor || h.Start == h.End { // without extent: our account heard it, the text is silent
			continue
		}
		yes = true
		misspelled = misspelled && h.Spelling == mention.Misspelled
	}
	return yes, yes && misspelled
}

// rule is the rule that gave the category, or the handling where there is no category.
func (j judged) rule() triage.Reason {
	want := "category " + j.verdict.Category
	if j.category() != j.verdict.Category {
		want = string(j.verdict.Handling)
	}
	for _, r := range j.verdict.Reasons {
		if strings.Contains(r.Did, want) {
			return r
		}
	}
	return triage.Reason{}
}

// category is what to call the verdict in one word.
func (j judged) category() string {
	switch {
	case j.verdict.Handling == triage.Ignore:
		return "ignored"
	case j.verdict.Category == "":
		return "recorded"
	}
	return j.verdict.Category
}

// words are the places of the words that decided.
func (j judged) words() []place { return places(j.rule().Spans) }

// bitter says whether the text praises and something in it made the praise bitter, and which words did.
func (j judged) bitter() ([]place, bool) {
	for _, r := range j.verdict.Signals {
		if r.Name == signal.Praise && r.Value == 0 && len(r.Spans) > 0 {
			return places(r.Spans), true
		}
	}
	return nil, false
}

// sweet says whether a rule would have taken the text for praise, had the words at these places not stood in it.
func (j judged) sweet(rules *respond.Rules, but []place) bool {
	text := []byte(j.mention.Text)
	for _, p := range but {
		for i := max(0, p.start); i < min(p.end, len(text)); i++ {
			text[i] = ' '
		}
	}
	m := j.mention
	m.Text = string(text)
	for _, r := range judgeAt(rules, event.Received{Mention: m}).verdict.Reasons {
		if strings.Contains(r.Did, "aim "+string(triage.Praise)) {
			return true
		}
	}
	return false
}

// feeling is the sentiment of the text, per mille; 0 where none could be read.
func (j judged) feeling() int {
	for _, r := range j.verdict.Signals {
		if r.Name == signal.Sentiment {
			return r.Value
		}
	}
	return 0
}

func places(spans []signal.Span) []place {
	out := make([]place, len(spans))
	for i, s := range spans {
		out[i] = place{s.Start, s.End}
	}
	return out
}
