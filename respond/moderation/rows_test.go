package moderation_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

// says has signals, name and value in turn.
func says(v triage.Verdict, name string, value int) triage.Verdict {
	v.Signals = append(v.Signals[:len(v.Signals):len(v.Signals)], signal.Reading{Name: name, Value: value})
	return v
}

func posing() triage.Verdict {
	v := shows()
	v.Hits = []mention.Hit{{Subject: "Fjordwing", Spelling: mention.Impostor}}
	return v
}

// TestTable has a row for each row of the table of moderation, and for each kind of danger.
func TestTable(t *testing.T) {
	both := []mention.Visibility{mention.Public, mention.Private}
	ours := mention.Venue{Ours: true, Hide: true, Delete: true, Report: true, Visibilities: both}
	theirs := mention.Venue{Report: true, Visibilities: both}
	hour, day := spec.Of(time.Hour), spec.Of(24*time.Hour)
	praise := shows()
	praise.Aim = triage.Praise
	tests := []struct {
		reason string
		x      moderation.Item
		want   moderation.Decision // but for reason and reach
		reach  string              // a part of it
	}{
		{"a threat is hidden and kept whole, and nobody writes to its author",
			moderation.Item{Verdict: says(inDanger(shows()), "life_threat", 900), Venue: ours},
			moderation.Decision{Act: effect.Hide, Clause: "life-threat", Preserve: true, Tell: []string{"legal", "security"}}, "none"},
		{"self-harm stays, and goes the platform's own road",
			moderation.Item{Verdict: says(inDanger(shows()), "life_self_harm", 900), Venue: ours},
			moderation.Decision{Act: effect.Keep, Clause: "life-self-harm", Report: true, Tell: []string{"safety"}}, "trained"},
		{"an injury is kept whole", moderation.Item{Verdict: says(inDanger(shows()), "life_injury", 900), Venue: ours},
			moderation.Decision{Act: effect.Keep, Clause: "life-injury", Preserve: true, Tell: []string{"legal", "safety"}}, "stop-use"},
		{"danger now stays", moderation.Item{Verdict: says(inDanger(shows("card")), "life_danger", 900), Venue: ours},
			moderation.Decision{Act: effect.Keep, Clause: "life"}, "trained"},

		{"an account that poses as us", moderation.Item{Verdict: posing(), Venue: ours},
			moderation.Decision{Act: effect.Hide, Clause: "impostor", Report: true, Preserve: true, Tell: []string{"security"}}, "warn"},
		{"on another's site it is reported", moderation.Item{Verdict: posing(), Venue: theirs},
			moderation.Decision{Act: effect.Report, Clause: "impostor", Preserve: true, Tell: []string{"security"}}, "warn"},
		{"a link that steals", moderation.Item{Verdict: says(shows(), "phishing", 800), Venue: ours},
			moderation.Decision{Act: effect.Hide, Clause: "harmful-link", Report: true, Preserve: true, Tell: []string{"security"}},
			"warn"},
		{"a card is hidden, checked within the hour, and a masked copy kept",
			moderation.Item{Verdict: shows("card"), Venue: ours},
			moderation.Decision{Act: effect.Hide, Clause: "private-data", Redact: true, Check: hour}, "in private"},
		{"his own number", moderation.Item{Verdict: shows("phone"), Venue: ours},
			moderation.Decision{Act: effect.Hide, Clause: "own-data", Redact: true, Check: hour}, "in private, with the reason"},
		{"a slur", moderation.Item{Verdict: says(shows(), "abuse_slur", 700), Venue: ours},
			moderation.Decision{Act: effect.Hide, Clause: "abuse", Redact: true}, "complaint"},
		{"a severe one", moderation.Item{Verdict: says(shows(), "abuse_sexual", 950), Venue: ours},
			moderation.Decision{Act: effect.Delete, Clause: "abuse", Redact: true}, "complaint"},
		{"a member of staff named", moderation.Item{Verdict: shows(), Venue: ours, Staff: true},
			moderation.Decision{Act: effect.Keep, Clause: "staff-named", Tell: []string{"manager"}}, "playbook"},
		{"with his address", moderation.Item{Verdict: shows("address"), Venue: ours, Staff: true},
			moderation.Decision{Act: effect.Hide, Clause: "private-data", Redact: true, Check: hour, Tell: []string{"manager"}}, "private"},
		{"or a threat", moderation.Item{Verdict: says(shows(), "abuse_threat", 700), Venue: ours, Staff: true},
			moderation.Decision{Act: effect.Hide, Clause: "abuse", Redact: true, Tell: []string{"manager"}}, "complaint"},
		{"bulk spam is hidden", moderation.Item{Verdict: says(shows(), "spam", 900), Venue: ours, Copies: 12},
			moderation.Decision{Act: effect.Hide, Clause: "spam", Check: day}, "none"},
		{"and deleted when a person confirmed the group",
			moderation.Item{Verdict: says(shows(), "spam", 900), Venue: ours, Copies: 12, Confirmed: true},
			moderation.Decision{Act: effect.Delete, Clause: "spam-confirmed"}, "none"},
		{"one advertisement is an opinion", moderation.Item{Verdict: says(shows(), "spam", 900), Venue: ours, Copies: 1},
			moderation.Decision{Act: effect.Keep, Clause: "opinion"}, "playbook"},
		{"a suspicion", moderation.Item{Verdict: by(triage.Doubtful, shows()), Venue: ours},
			moderation.Decision{Act: effect.Keep, Clause: "doubtful"}, "reference"},
		{"found not legitimate", moderation.Item{Verdict: by(triage.Fake, shows()), Venue: ours},
			moderation.Decision{Act: effect.Delete, Clause: "not-ours", Redact: true}, "only if a real customer"},
		{"gibberish", moderation.Item{Verdict: says(shows(), "gibberish", 900), Venue: ours},
			moderation.Decision{Act: effect.Keep, Clause: "unreadable"}, "ask what is wrong"},
		{"swearing with a complaint",
			moderation.Item{Verdict: says(says(shows(), "abuse_insult", 1000), "anger", 1000), Venue: ours},
			moderation.Decision{Act: effect.Keep, Clause: "opinion"}, "playbook"},
		{"praise is thanked for", moderation.Item{Verdict: praise, Venue: ours},
			moderation.Decision{Act: effect.Keep, Clause: "opinion"}, "thank him"},
		{"not where the rating says otherwise", moderation.Item{Verdict: praise, Venue: ours, Disagrees: true},
			moderation.Decision{Act: effect.Keep, Clause: "opinion"}, "no thanks"},
		{"nor beside an open case", moderation.Item{Verdict: praise, Venue: ours, OpenCase: true},
			moderation.Decision{Act: effect.Keep, Clause: "opinion"}, "no thanks"},
		{"where it cannot be hidden spam is not deleted", moderation.Item{Verdict: says(shows(), "spam", 900), Copies: 12,
			Venue: mention.Venue{Ours: true, Delete: true, Report: true}},
			moderation.Decision{Act: effect.Report, Clause: "spam", Check: day}, "none"},
		{"nor what only poses as us", moderation.Item{Verdict: posing(), Venue: mention.Venue{Ours: true, Delete: true}},
			moderation.Decision{Act: effect.Hide, Clause: "impostor", Preserve: true, Unable: true, Tell: []string{"security"}}, "warn"},
		{"where nothing can be done a person is told",
			moderation.Item{Verdict: shows("card"), Venue: mention.Venue{Ours: true}},
			moderation.Decision{Act: effect.Hide, Clause: "private-data", Redact: true, Check: hour, Unable: true}, "in private"},
	}
	c := plain(t)
	for _, tt := range tests {
		got := c.Decide(tt.x)
		assert.Contains(t, got.Reach, tt.reach, tt.reason)
		assert.NotEmpty(t, got.Reason, tt.reason)
		got.Reason, got.Reach = "", ""
		assert.Equal(t, tt.want, got, tt.reason)
	}
}

func TestHouseRules(t *testing.T) {
	c := plain(t)
	for locale, title := range map[string]string{"en": "House rules", "en-GB": "House rules", "es-MX": "Normas", "de_AT": "Hausregeln",
		"fi": "House rules", "": "House rules"} {
		got := c.HouseRules(locale)
		assert.True(t, strings.HasPrefix(got, title), locale)
		for _, clause := range []string{"(impostor)", "(harmful-link)", "(own-data)", "(private-data)", "(abuse)", "(spam)", "(not-ours)",
			"(life-threat)"} {
			assert.Contains(t, got, clause, "%s: what is taken away cites its clause", locale)
		}
		assert.NotContains(t, got, "(opinion)", "what stays needs none")
		assert.NotContains(t, strings.ToLower(got), "fake")
	}
}
