package backtest

import (
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// A side judges by one policy and counts what it makes of the mentions.
type side struct {
	matcher *mention.Matcher
	reuse   func(triage.Input) *triage.Verdict
	hits    []mention.Hit
	counts  Volume
	recent  recent
}

func newSide(s Side) *side {
	return &side{matcher: s.Matcher, reuse: s.Judge.Reuse(), recent: newRecent()}
}

// judge matches and judges. What it gives is good until the next call.
func (s *side) judge(in triage.Input) triage.Verdict {
	in.Hits = nil
	if s.matcher != nil {
		s.hits = s.matcher.MatchMention(s.hits[:0], in.Mention)
		in.Hits = s.hits
	}
	return *s.reuse(in)
}

// count adds a verdict, and says whether it opens a case that was not there.
func (s *side) count(v triage.Verdict, conversation uint64) (opens bool) {
	switch v.Handling {
	case triage.Open:
		s.counts.Opened++
		if s.recent.add(conversation) {
			s.counts.Cases++
			return true
		}
	case triage.Record:
		s.counts.Recorded++
	default:
		s.counts.Ignored++
	}
	return false
}
