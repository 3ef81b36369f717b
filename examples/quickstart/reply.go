package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
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
	trail, err := entries[respond.Change](h, desk.KindCase, c.ID)
	if err != nil {
		return err
	}
	if bitter {
		m.say("%s, rule %s; praise vetoed: %s", j.category(), j.rule().Rule, j.wordsAt(words))
	}
	for _, e := range trail {
		if d := e.Change.Draft; d != nil && d.Play != "" {
			m.say("play %s: \"%s\"%s", d.Play, cutText(oneLine(d.Text), 20), h.notThanked(d.Play, j.mention.Lang))
			break
		}
	}
	return nil
}

// notThanked quotes what a post with words of praise would have got, where another play was taken.
func (h *house) notThanked(play, lang string) string {
	for _, p := range h.rules.Specs().Playbook.Plays {
		if slices.Contains(p.For.Aims, triage.Praise) && p.ID != play && len(p.Texts[lang]) > 0 {
			return fmt.Sprintf("; not %s: \"%s\"", p.ID, cutText(p.Texts[lang][0], 20))
		}
	}
	return ""
}

// refusedDraft is an answer that must not go out as it was written.
func refusedDraft(h *house, m *moment) error {
	c, err := h.caseOf(pillow)
	if err != nil {
		return err
	}
	trail, err := entries[respond.Change](h, desk.KindCase, c.ID)
	if err != nil {
		return err
	}
	for _, e := range trail {
		d := e.Change.Draft
		if d != nil && len(broken(d.Findings)) > 0 && len(m.Lines) == 0 {
			m.At = h.clock(e.At)
			m.quote(d.By, d.Text, found(broken(d.Findings)))
			m.say("refused: %s", rulesOf(d.Text, broken(d.Findings)))
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
		now func(*house, mention.Ref) (string, error) // what stands on the platform instead
	}{
		{tarmac, event.Changed, editedTo},
		{replacement, event.Answered, answeredBy},
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
			now, err := x.now(h, x.ref)
			if err != nil {
				return err
			}
			s, _ := bodyOf(o).(effect.Send)
			m.say("%c%sapproved for %s: \"%s\"", short, at, authorOf(c.Author), oneLine(s.Text))
			m.say("%cnot sent (%s): %s", short, x.why, now)
		}
	}
	return nil
}

// editedTo is what the platform shows of a post now, from where it differs from what came in.
func editedTo(h *house, ref mention.Ref) (string, error) {
	before, err := h.judgedAs(ref)
	if err != nil {
		return "", err
	}
	now, err := h.platforms[ref.Channel].Read(context.Background(), ref)
	if err != nil {
		return "", err
	}
	same := 0
	for same < min(len(now.Text), len(before.mention.Text)) && now.Text[same] == before.mention.Text[same] {
		same++
	}
	if next := strings.IndexByte(now.Text[same:], ' '); next >= 0 {
		same += next + 1 // not in the middle of a word
	}
	return fmt.Sprintf("it now goes on \"%s\"", oneLine(now.Text[same:])), nil
}

// answeredBy is the answer that somebody gave outside the desk.
func answeredBy(h *house, ref mention.Ref) (string, error) {
	c, err := h.caseOf(ref)
	if err != nil {
		return "", err
	}
	trail, err := entries[respond.Change](h, desk.KindCase, c.ID)
	if err != nil {
		return "", err
	}
	for _, e := range trail {
		if b, ok := e.Event.Body.(event.AnsweredElsewhere); ok {
			theirs, err := h.platforms[ref.Channel].Read(context.Background(), b.Ref)
			return fmt.Sprintf("in the platform's own app %s had said \"%s\"", authorOf(theirs.Author), oneLine(theirs.Text)), err
		}
	}
	return "", nil
}
