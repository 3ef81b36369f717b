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

// praise is the name of triage's signal of praise and thanks.
const praise = "praise"

// bitter says whether the text praises and something in it made the praise bitter, and which words did.
func (j judged) bitter() ([]place, bool) {
	for _, r := range j.verdict.Signals {
		if r.Name == praise && r.Value == 0 && len(r.Spans) > 0 {
			return places(r.Spans), true
		}
	}
	return nil, false
}

func places(spans []signal.Span) []place {
	out := make([]place, len(spans))
	for i, s := range spans {
		out[i] = place{s.Start, s.End}
	}
	return out
}
