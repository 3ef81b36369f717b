package playbook_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
)

// plays makes plays without words of scopes, and a last one.
func plays(scopes ...playbook.Scope) playbook.Playbook {
	p := playbook.Playbook{Locale: "en"}
	for i, s := range scopes {
		p.Plays = append(p.Plays, playbook.Play{ID: fmt.Sprint("p", i), Mode: playbook.None, For: s})
	}
	p.Plays = append(p.Plays, playbook.Play{ID: "last", Mode: playbook.None})
	return p
}

func TestNeverReached(t *testing.T) {
	all := []triage.Severity{triage.Routine, triage.Elevated, triage.Serious, triage.Crisis}
	for _, row := range []struct {
		reason  string
		scopes  []playbook.Scope
		problem string // empty: every play is reached
	}{
		{"the same", []playbook.Scope{{Channels: []string{"a"}}, {Channels: []string{"a"}}},
			"plays[1]: never reached: plays[0] is for channel a already"},
		{"the same in another order", []playbook.Scope{{Channels: []string{"a", "b"}}, {Channels: []string{"b", "a"}}},
			"plays[1]: never reached: plays[0] is for channel b or a already"},
		{"a wider one before it", []playbook.Scope{{Channels: []string{"a", "b"}}, {Channels: []string{"a"}}},
			"plays[1]: never reached: plays[0] is for channel a already"},
		{"a wider one behind it", []playbook.Scope{{Channels: []string{"a"}}, {Channels: []string{"a", "b"}}}, ""},
		{"one with fewer limits is asked later, wherever it stands",
			[]playbook.Scope{{Channels: []string{"a"}}, {Channels: []string{"a"}, Aims: []triage.Aim{triage.Praise}}}, ""},
		{"two that take it between them", []playbook.Scope{{Channels: []string{"a"}}, {Channels: []string{"b"}},
			{Channels: []string{"a", "b"}}},
			"plays[2]: never reached: plays[0], plays[1] are for all of channel a or b between them"},
		{"every severity between them", []playbook.Scope{
			{Channels: []string{"a"}, Severities: all[:2]}, {Channels: []string{"a"}, Severities: all[2:]}, {Channels: []string{"a"}}},
			"plays[2]: never reached: plays[0], plays[1] are for all of channel a between them"},
		{"all but one severity", []playbook.Scope{
			{Channels: []string{"a"}, Severities: all[:2]}, {Channels: []string{"a"}, Severities: all[3:]}, {Channels: []string{"a"}}}, ""},
		{"a list of all severities is no limit", []playbook.Scope{{Severities: all, Channels: []string{"a"}}, {Channels: []string{"a"}}},
			"plays[1]: never reached: plays[0] is for channel a already"},
		{"all aims that have a name leave what nobody knows", []playbook.Scope{
			{Aims: []triage.Aim{triage.Complaint, triage.Praise, triage.Question, triage.Lead, triage.Nothing}, Channels: []string{"a"}},
			{Channels: []string{"a"}}}, ""},
		{"all Spanish before that of Mexico", []playbook.Scope{{Locales: []string{"es"}}, {Locales: []string{"es-MX"}}},
			"plays[1]: never reached: plays[0] is for locale es-MX already"},
		{"that of Mexico first", []playbook.Scope{{Locales: []string{"es-MX"}}, {Locales: []string{"es"}}}, ""},
		{"an earlier play for everything", []playbook.Scope{{}}, "plays[1]: never reached: plays[0] is for every situation already"},
		{"a general play is never for life", []playbook.Scope{{Aims: []triage.Aim{triage.Praise}, Channels: []string{"a"}},
			{Categories: []string{triage.Life}, Aims: []triage.Aim{triage.Praise}}}, ""},
	} {
		_, err := plays(row.scopes...).Compile(playbook.House{})
		if row.problem == "" {
			assert.NoError(t, err, row.reason)
			continue
		}
		require.Error(t, err, row.reason)
		assert.Equal(t, row.problem, err.Error(), row.reason)
	}
}

// every is all values that the random scopes below are made of, and one that none names.
var every = struct {
	categories, channels, brands, locales []string
	aims                                  []triage.Aim
	tiers                                 []int
}{[]string{"a", "b", triage.Life, "other"}, []string{"x", "y", "other"}, []string{"acme", "other"},
	[]string{"es", "es-MX", "de", ""}, []triage.Aim{triage.Complaint, triage.Praise, ""}, []int{0, 3, 9}}

func some[T any](rng *rand.Rand, from []T) (out []T) {
	if rng.IntN(2) == 0 {
		return nil
	}
	for _, v := range from {
		if rng.IntN(2) == 0 {
			out = append(out, v)
		}
	}
	return out
}

func randomScope(rng *rand.Rand) playbook.Scope {
	return playbook.Scope{
		Categories: some(rng, every.categories[:3]), Channels: some(rng, every.channels[:2]), Brands: some(rng, every.brands[:1]),
		Locales: some(rng, every.locales[:3]), Aims: some(rng, every.aims[:2]), Tiers: some(rng, every.tiers[:2]),
		Severities:   some(rng, []triage.Severity{triage.Routine, triage.Elevated, triage.Serious, triage.Crisis}),
		Visibilities: some(rng, []mention.Visibility{mention.Public, mention.Private}),
	}
}

// obvious is the slow way: of all plays that fit, the one with the most limits, then the weightiest, then the first.
func obvious(p playbook.Playbook, s playbook.Situation) string {
	best, bestLimits := "", -1
	for _, play := range p.Plays {
		f, limits, fits := play.For, 0, true
		check := func(limited, in bool) {
			limits *= 2
			if limited {
				limits += 1 + 1<<20
				fits = fits && in
			}
		}
		check(len(f.Categories) > 0, slices.Contains(f.Categories, s.Category))
		check(len(f.Severities) > 0 && len(f.Severities) < 4, slices.Contains(f.Severities, s.Severity))
		check(len(f.Aims) > 0, slices.Contains(f.Aims, s.Aim))
		check(len(f.Brands) > 0, slices.Contains(f.Brands, s.Brand))
		check(len(f.Tiers) > 0, slices.Contains(f.Tiers, s.Tier))
		check(len(f.Channels) > 0, slices.Contains(f.Channels, s.Channel))
		check(len(f.Visibilities) == 1, slices.Contains(f.Visibilities, s.Visibility))
		check(len(f.Locales) > 0, slices.ContainsFunc(f.Locales, func(l string) bool {
			return s.Lang == l || strings.HasPrefix(s.Lang, l+"-")
		}))
		if s.Category == triage.Life && !slices.Contains(f.Categories, triage.Life) {
			continue
		}
		if fits && countFirst(limits) > bestLimits {
			best, bestLimits = play.ID, countFirst(limits)
		}
	}
	if best == "" {
		return triage.Life
	}
	return best
}

// countFirst makes of the weights above a number that is larger for more limits, and then for the weightier.
func countFirst(limits int) int {
	weight := limits & (1<<8 - 1)
	count := 0
	for w := weight; w > 0; w &= w - 1 {
		count++
	}
	return count<<8 | weight
}

// situations are all that the values make.
func allSituations() (out []playbook.Situation) {
	for _, category := range every.categories {
		for _, channel := range every.channels {
			for _, brand := range every.brands {
				for _, lang := range every.locales {
					for _, aim := range every.aims {
						for _, tier := range every.tiers {
							for severity := triage.Routine; severity <= triage.Crisis; severity++ {
								for _, v := range []mention.Visibility{mention.Public, mention.Private} {
									out = append(out, playbook.Situation{Category: category, Channel: channel, Brand: brand, Lang: lang,
										Aim: aim, Tier: tier, Severity: severity, Visibility: v})
								}
							}
						}
					}
				}
			}
		}
	}
	return out
}

// TestChooseAndReachAreTheObviousSearch: over random playbooks, what is chosen is what a plain walk finds, every play that
// compiles is chosen for some situation, and one that is reported never is.
func TestChooseAndReachAreTheObviousSearch(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	situations := allSituations()
	compiled, reported := 0, 0
	for round := range 60 {
		var scopes []playbook.Scope
		for range 3 + rng.IntN(6) {
			scope := randomScope(rng)
			if round%2 == 0 { // few facets, so that plays stand in each other's way
				scope = playbook.Scope{Categories: scope.Categories, Severities: scope.Severities, Visibilities: scope.Visibilities}
			}
			scopes = append(scopes, scope)
		}
		p := plays(scopes...)
		chosen := map[string]bool{}
		for _, s := range situations {
			chosen[obvious(p, s)] = true
		}
		c, err := p.Compile(playbook.House{})
		for i, play := range p.Plays[:len(p.Plays)-1] {
			hidden := err != nil && strings.Contains(err.Error(), fmt.Sprintf("plays[%d]: never reached", i))
			if hidden {
				reported++
			}
			assert.NotEqual(t, hidden, chosen[play.ID], "%s for %s: reported %t, chosen %t", play.ID, play.For, hidden, chosen[play.ID])
		}
		if err != nil {
			continue
		}
		compiled++
		for _, s := range situations {
			got, why := c.Choose(s)
			require.Equal(t, obvious(p, s), got.ID, "%+v: %s", s, why)
		}
	}
	assert.Greater(t, compiled, 5, "some compile")
	assert.Greater(t, reported, 5, "some are reported")
}
