package channeltest

import (
	"slices"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// What rules need, by the name of what is declared or of the function of the harness.
var (
	fetches   = need{declares: "Fetches", declared: func(d channel.Description) bool { return d.Fetches }}
	sends     = need{declares: "Sends", declared: func(d channel.Description) bool { return d.Sends }}
	finds     = need{declares: "Finds", declared: func(d channel.Description) bool { return d.Finds }}
	reads     = need{declares: "Reads", declared: func(d channel.Description) bool { return d.Reads }}
	moderates = need{declares: "Moderates", declared: func(d channel.Description) bool { return d.Moderates }}
	publishes = need{declares: "Publishes", declared: func(d channel.Description) bool { return d.Publishes }}
	receives  = need{declares: "Receives", declared: func(d channel.Description) bool { return d.Receives },
		fn: "Push or Secrets", hook: func(h *Harness) bool { return h.Push != nil && len(h.Secrets) > 0 }}
	takesKeys = need{declares: "Remembers", declared: func(d channel.Description) bool { return d.Remembers > 0 }}
	limited   = need{declares: "Venue.Max", declared: func(d channel.Description) bool { return d.Venue.Max > 0 }}
	polled    = need{declares: "Fetches and Receives", declared: func(d channel.Description) bool {
		return d.Fetches && d.Receives
	}}

	// hears is a connector that learns of what is said, either way.
	hears = need{declares: "Fetches or Receives", declared: func(d channel.Description) bool { return d.Fetches || d.Receives },
		fn: "Post", hook: func(h *Harness) bool { return h.Post != nil }}

	edits     = hearsOf("Edit", channel.Edited, func(h *Harness) bool { return h.Edit != nil })
	deletes   = hearsOf("Delete", channel.Deleted, func(h *Harness) bool { return h.Delete != nil })
	hides     = hearsOf("Hide", channel.Hidden, func(h *Harness) bool { return h.Hide != nil })
	echoes    = hearsOf("Done", channel.Echo, func(h *Harness) bool { return h.Done != nil })
	elsewhere = hearsOf("Elsewhere", channel.Echo, func(h *Harness) bool { return h.Elsewhere != nil })
	garbles   = hearsOf("Garble", channel.Undecodable, func(h *Harness) bool { return h.Garble != nil })
	closes    = need{fn: "CloseWindow", hook: func(h *Harness) bool { return h.CloseWindow != nil },
		declares: "Venue.ReplyWindow", declared: func(d channel.Description) bool { return d.Venue.ReplyWindow > 0 }}
	private = need{fn: "Message", declares: "private in Venue.Visibilities", declared: func(d channel.Description) bool {
		return slices.Contains(d.Venue.Visibilities, mention.Private)
	}, hook: func(h *Harness) bool { return h.Message != nil }}

	posts      = need{fn: "Post", hook: func(h *Harness) bool { return h.Post != nil }}
	replies    = need{fn: "Reply", hook: func(h *Harness) bool { return h.Reply != nil }}
	removes    = need{fn: "Delete", hook: func(h *Harness) bool { return h.Delete != nil }}
	expires    = need{fn: "Expire", hook: func(h *Harness) bool { return h.Expire != nil }}
	loses      = need{fn: "Lose", hook: func(h *Harness) bool { return h.Lose != nil }}
	bans       = need{fn: "Ban", hook: func(h *Harness) bool { return h.Ban != nil }}
	logs       = need{fn: "LogOut", hook: func(h *Harness) bool { return h.LogOut != nil && h.LogIn != nil }}
	breaks     = need{fn: "LoseAnswer", hook: func(h *Harness) bool { return h.LoseAnswer != nil }}
	hangs      = need{fn: "Hang", hook: func(h *Harness) bool { return h.Hang != nil }}
	throttles  = need{fn: "Throttle", hook: func(h *Harness) bool { return h.Throttle != nil }}
	done       = need{fn: "Done", hook: func(h *Harness) bool { return h.Done != nil }}
	challenges = need{fn: "Challenge", hook: func(h *Harness) bool { return h.Challenge != nil }}
)

// hearsOf is a kind of news that the connector says it can hear.
func hearsOf(hook string, kind channel.ItemKind, has func(*Harness) bool) need {
	return need{fn: hook, hook: has, declares: string(kind) + " in Hears",
		declared: func(d channel.Description) bool { return slices.Contains(d.Hears, kind) }}
}
