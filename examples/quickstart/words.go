package main

import (
	"fmt"
	"strings"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// effectInWords says an effect in a few words.
func effectInWords(e effect.Effect) string {
	switch b := e.Body.(type) {
	case effect.Tell:
		if b.Relief {
			return fmt.Sprintf("tell %s by %s that it is taken care of", b.Member, b.Contact)
		}
		return fmt.Sprintf("tell %s by %s", b.Member, b.Contact)
	case effect.Approve:
		return "ask " + b.Member + " for consent"
	case effect.Send:
		return fmt.Sprintf("answer %s: \"%s\"", b.To, oneLine(b.Text))
	case effect.Moderate:
		return fmt.Sprintf("%s %s", b.Act, b.Ref)
	case effect.Publish:
		return fmt.Sprintf("publish statement %d at %s", b.Version, b.Channel)
	case effect.Hold:
		return "hold scheduled posts"
	case effect.Resume:
		return "let scheduled posts go again"
	case effect.HoldCases:
		if b.Case == "" {
			return "hold its cases"
		}
		return "hold the case"
	case effect.ReleaseCases:
		if b.Case == "" {
			return fmt.Sprintf("let its cases go, %d an hour", b.Pace)
		}
		return "let the case go"
	case effect.InformCases:
		if b.Case == "" {
			return "tell its cases what is verified"
		}
		return "tell the case what is verified"
	case effect.Join:
		return "join the incident of " + b.Category
	}
	return e.Kind()
}

func asksOf(list []effect.Effect) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = effectInWords(e)
	}
	return out
}

// remember keeps what was asked for, by key.
func remember(asked map[string]string, list []effect.Effect) {
	for _, e := range list {
		asked[e.Key], _, _ = strings.Cut(effectInWords(e), ": \"") // without the text of an answer
	}
}

// outcomeOf says which request an outcome is of, and why it was not done; nothing for what is no outcome.
func outcomeOf(e event.Event, asked map[string]string) string {
	switch b := e.Body.(type) {
	case event.Delivered:
		return asked[b.Key]
	case event.Undelivered:
		return fmt.Sprintf("%s (%s)", asked[b.Key], b.Reason)
	case event.Uncertain:
		return asked[b.Key]
	}
	return ""
}
