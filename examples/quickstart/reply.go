package main

import (
	"strings"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// sarcasm is a post that a machine might have thanked for.
func sarcasm(h *house, m *moment) error {
	j, err := h.judgedAs(sarcastic)
	if err != nil {
		return err
	}
	words, bitter := j.bitter()
	m.At = h.clock(j.mention.PostedAt)
	m.said(j, append(words, j.words()...))
	c, err := h.caseOf(sarcastic)
	if err != nil {
		return err
	}
	trail, err := entries[respond.Entry](h, desk.KindCase, c.ID)
	if err != nil {
		return err
	}
	if bitter {
		m.say("%s, rule %s; no praise: %s", j.category(), j.rule().Rule, j.wordsAt(words))
	}
	for _, e := range trail {
		if d := e.Change.Draft; d != nil && d.Play != "" {
			m.say("%cdrafted from play \"%s\"%s: \"%s\"", short, d.Play, thanked(d.Play), oneLine(d.Text))
			break
		}
	}
	return nil
}

// thanked says whether a play is the one that thanks.
func thanked(play string) string {
	if play == "thanks" {
		return ""
	}
	return ", not from \"thanks\""
}

// refusedDraft is an answer that must not go out as it was written.
func refusedDraft(h *house, m *moment) error {
	c, err := h.caseOf(pillow)
	if err != nil {
		return err
	}
	trail, err := entries[respond.Entry](h, desk.KindCase, c.ID)
	if err != nil {
		return err
	}
	for _, e := range trail {
		d := e.Change.Draft
		if d != nil && len(d.Findings) > 0 && len(m.Lines) == 0 {
			m.At = h.clock(e.At)
			m.quote(d.By, d.Text, found(d.Findings))
			m.say("refused: %s", rulesOf(d.Text, d.Findings))
		}
	}
	stopped := ""
	for _, r := range h.diary.refusals {
		if r.id == c.ID {
			stopped = r.by + " could not approve it; "
		}
	}
	for _, s := range h.sent() {
		if s.To == pillow {
			m.say("%c%s%s went out instead: \"%s\"", short, stopped, h.clock(s.At), oneLine(s.Text))
			break
		}
	}
	return nil
}

// unsent are approved answers that the world overtook.
func unsent(h *house, m *moment) error {
	for _, x := range []struct {
		ref mention.Ref
		why event.Reason
		say string
	}{
		{tarmac, event.Changed, "the customer had edited her post since"},
		{replacement, event.Answered, "a colleague had answered in the platform's own app"},
	} {
		c, err := h.caseOf(x.ref)
		if err != nil {
			return err
		}
		out, err := h.outbox(desk.OutboxQuery{ID: c.ID, Effects: []string{sendKind}})
		if err != nil {
			return err
		}
		for _, o := range out {
			if !strings.HasSuffix(o.Outcome, " "+string(x.why)) {
				continue
			}
			at := h.clock(o.Asked) + " "
			if m.At == "" {
				m.At, at = h.clock(o.Asked), ""
			}
			s, _ := bodyOf(o).(effect.Send)
			m.say("%c%sapproved for %s: \"%s\"", short, at, x.ref, oneLine(s.Text))
			m.say("not sent (%s): %s", x.why, x.say)
		}
	}
	return nil
}
