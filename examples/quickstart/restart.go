package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// sameAct is moderation that looks at the data and at nothing else.
func sameAct(h *house, m *moment) error {
	acts, rules := map[string]bool{}, map[string]bool{}
	for _, ref := range []mention.Ref{fiveStars, oneStar} {
		j, err := h.judgedAs(ref)
		if err != nil {
			return err
		}
		c, err := h.caseOf(ref)
		if err != nil {
			return err
		}
		out, err := h.outbox(desk.OutboxQuery{ID: c.ID, Effects: []string{moderateKind}})
		if err != nil {
			return err
		}
		if m.At == "" {
			m.At = h.clock(j.mention.PostedAt)
		}
		act := "nothing was done"
		for _, o := range out {
			if b, ok := bodyOf(o).(effect.Moderate); ok {
				act = fmt.Sprintf("%s (%s)", b.Act, b.Reason)
			}
		}
		acts[act], rules[j.rule().Rule] = true, true
		text, places := j.text(j.secrets())
		m.quote(fmt.Sprintf("%d of %d stars, %s", j.mention.Rating.Value, j.mention.Rating.Best, j.verdict.Legitimacy), text, places)
	}
	done := sortedKeys(acts)
	if len(done) > 1 {
		m.say("different acts: %s", strings.Join(done, ", "))
		return nil
	}
	m.say("the same act: %s, by rule %s", done[0], strings.Join(sortedKeys(rules), ", "))
	return nil
}

// silence is a customer who does not answer.
func silence(h *house, m *moment) error {
	c, err := h.caseOf(backpack)
	if err != nil {
		return err
	}
	trail, err := entries[respond.Change](h, desk.KindCase, c.ID)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(c.Given["zone"])
	if err != nil {
		return err
	}
	j, err := h.judgedAs(backpack)
	if err != nil {
		return err
	}
	fell, asks, answers, approved := "", "", 0, ""
	for _, e := range trail {
		if d := e.Change.Draft; d != nil && len(d.Asks) > 0 {
			asks = strings.Join(d.Asks, ", ")
		}
		if msg := e.Change.Message; msg != nil && !msg.Ours && m.At != "" {
			answers++
		}
		for _, mv := range e.Change.Moves {
			if mv.To == followup.Asking && m.At == "" {
				m.At = h.clock(e.At)
			}
		}
		if _, ok := e.Event.Body.(event.Approved); ok {
			approved = e.Event.By
		}
		switch w := e.Change.Waits; {
		case w != nil && w.Because != "":
			fell = fmt.Sprintf("reminder due %s %s waits for %s", e.At.In(zone).Format("Mon 15:04"), cityOf(zone),
				w.At.In(zone).Format("15:04"))
		case fell != "" && e.Change.Message != nil:
			fell += fmt.Sprintf("; %s sends it %s", approved, e.At.In(zone).Format("15:04"))
		}
	}
	m.say("%s, %s: asked for %s; answers since: %s", authorOf(j.mention.Author), j.wordsAt(j.words()), asks, number(answers))
	m.say("%s", fell)
	ends, err := h.ends()
	if err != nil {
		return err
	}
	m.say("stays open (%s); of all cases %s", c.Stage, ends)
	return nil
}

// cityOf is the part of a zone's name that people use.
func cityOf(zone *time.Location) string {
	name := zone.String()
	return strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "_", " ")
}

// killed is the end of one desk and the beginning of another.
func killed(h *house, m *moment) error {
	m.At = h.clock(h.diary.restarted)
	for _, o := range h.diary.inFlight {
		s, _ := bodyOf(o).(effect.Send)
		after, err := h.outbox(desk.OutboxQuery{Key: o.Key})
		if err != nil {
			return err
		}
		times := 0
		for _, x := range h.sent() {
			if string(x.Key) == o.Key {
				times++
			}
		}
		m.say("killed %s while answering %s: the snapshot says only \"%s\"", h.clock(o.Tried), s.To, o.State)
		m.say("started again it asked the platform: %s; it stands there %s", after[0].Outcome, count(times, "time", "times"))
	}
	sum, err := h.replay()
	if err != nil {
		return err
	}
	m.say("%s; %s sent twice", sum, count(h.doubles(), "text", "texts"))
	return nil
}
