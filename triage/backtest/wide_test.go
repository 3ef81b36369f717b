package backtest_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/backtest"
	"github.com/reputekit/reputation/triage/when"
)

func subject(name string, focus mention.Focus) mention.Subject {
	return mention.Subject{Name: name, Kind: mention.Brand, Focus: focus}
}

func said(texts ...string) func(func(rows.Row, error) bool) {
	return func(yield func(rows.Row, error) bool) {
		for i, text := range texts {
			m := mention.Mention{Ref: mention.Ref{Channel: "c", ID: fmt.Sprint(i)}, Text: text, PostedAt: monday,
				Author: mention.Author{Handle: fmt.Sprint(i)}}
			if !yield(rows.Row{Line: i + 1, Mention: m.Canonical()}, nil) {
				return
			}
		}
	}
}

func TestFit(t *testing.T) {
	list := []mention.Subject{subject("Nimbus", mention.Core), subject("weather", mention.Wide), subject("clouds", mention.Wide),
		subject("rain", mention.Wide)}
	texts := []string{"Nimbus", "Nimbus weather", "weather", "weather", "weather", "clouds", "clouds", "rain weather", "rain", "dry"}
	for _, x := range []struct {
		reason string
		budget backtest.Budget
		fits   bool
		drop   string
	}{
		{"it fits as it is", backtest.Budget{MentionsADay: 9}, true, ""},
		{"the one that brings most", backtest.Budget{MentionsADay: 6}, true, "weather"},
		{"two of them", backtest.Budget{MentionsADay: 4}, true, "weather clouds"},
		{"what names two goes with both", backtest.Budget{MentionsADay: 2}, true, "weather rain clouds"},
		{"not even without all of them", backtest.Budget{MentionsADay: 1}, false, "weather rain clouds"},
		{"wide subjects bring no cases", backtest.Budget{CasesADay: 1}, true, ""},
	} {
		s := side(t, policyOf(outage), watchlist(t, list...))
		r, err := backtest.Run(s, s, said(texts...), backtest.Options{Budget: x.budget})
		require.NoError(t, err)
		require.NotNil(t, r.Fit, x.reason)
		assert.Equal(t, x.fits, r.Fit.Fits, x.reason)
		var names []string
		for _, d := range r.Fit.Drop {
			names = append(names, d.Subject)
		}
		assert.ElementsMatch(t, strings.Fields(x.drop), names, "%s: %v", x.reason, names)
		assert.Equal(t, []backtest.Wide{{Subject: "weather", Mentions: 5, Alone: 3}, {Subject: "clouds", Mentions: 2, Alone: 2},
			{Subject: "rain", Mentions: 2, Alone: 1}}, r.Fit.Wide)
	}
}

func TestFitByCases(t *testing.T) {
	list := []mention.Subject{subject("Nimbus", mention.Core), subject("weather", mention.Wide)}
	open := triage.Rule{Name: "open", When: when.All(when.About("weather"), when.Words("down")), Then: triage.Then{Handling: triage.Open}}
	s := side(t, policyOf(outage, open), watchlist(t, list...))
	r, err := backtest.Run(s, s, said("Nimbus is down", "weather is down", "weather down"),
		backtest.Options{Budget: backtest.Budget{CasesADay: 1}})
	require.NoError(t, err)
	assert.True(t, r.Fit.Fits)
	assert.Equal(t, []backtest.Dropped{{Subject: "weather", MentionsADay: 1000, CasesADay: 1000}}, r.Fit.Drop)
	assert.Contains(t, r.String(), "budget     cases a day: 1: it fits without\n")
}

// What is proposed keeps the promise: without those subjects the volume is what was told, nothing of it is needless,
// and where no choice of subjects fits, none is said to.
func TestFitKeepsItsWord(t *testing.T) {
	dice := rand.New(rand.NewSource(7))
	names := []string{"alpha", "bravo", "delta", "gamma"}
	for round := range 40 {
		var texts []string
		for range 60 {
			text := "hm"
			for _, n := range append(names, "Nimbus") {
				if dice.Intn(4) == 0 {
					text += " " + n
				}
			}
			texts = append(texts, text)
		}
		kept := func(dropped []string) backtest.Report {
			list := []mention.Subject{subject("Nimbus", mention.Core)}
			for _, n := range names {
				if !contains(dropped, n) {
					list = append(list, subject(n, mention.Wide))
				}
			}
			s := side(t, policyOf(outage), watchlist(t, list...))
			r, err := backtest.Run(s, s, said(texts...), backtest.Options{Budget: backtest.Budget{MentionsADay: 1 + round}})
			require.NoError(t, err)
			return r
		}
		r := kept(nil)
		var dropped []string
		for _, d := range r.Fit.Drop {
			dropped = append(dropped, d.Subject)
			assert.Equal(t, kept(dropped).New.MentionsADay, d.MentionsADay, "round %d: without %v", round, dropped)
		}
		possible := kept(names).New.MentionsADay <= (1+round)*1000
		assert.Equal(t, possible, r.Fit.Fits, "round %d", round)
		if !r.Fit.Fits {
			continue
		}
		assert.LessOrEqual(t, kept(dropped).New.MentionsADay, (1+round)*1000, "round %d", round)
		for i := range dropped {
			rest := append(append([]string{}, dropped[:i]...), dropped[i+1:]...)
			assert.Greater(t, kept(rest).New.MentionsADay, (1+round)*1000, "round %d: %s is needless", round, dropped[i])
		}
	}
}

// A case that a later mention of the conversation would open by itself does not hang on the first: what is told of cases
// is what comes when the list is without the subjects.
func TestCasesHangOnTheConversation(t *testing.T) {
	dice := rand.New(rand.NewSource(11))
	names := []string{"alpha", "bravo"}
	open := triage.Rule{Name: "open", When: when.Any(when.About("kind:product"), when.About("kind:brand")),
		Then: triage.Then{Handling: triage.Open}}
	for round := range 20 {
		var list []rows.Row
		for i := range 40 {
			text := "hm"
			for _, n := range append(names, "Nimbus") {
				if dice.Intn(3) == 0 {
					text += " " + n
				}
			}
			m := mention.Mention{Ref: mention.Ref{Channel: "c", ID: fmt.Sprint(i)}, Text: text, PostedAt: monday,
				Thread: "root", Author: mention.Author{Handle: fmt.Sprint(dice.Intn(12))}}
			list = append(list, rows.Row{Line: i + 1, Mention: m.Canonical()})
		}
		kept := func(names ...string) backtest.Report {
			subjects := []mention.Subject{subject("Nimbus", mention.Core)}
			for _, n := range names {
				subjects = append(subjects, subject(n, mention.Wide))
			}
			s := side(t, policyOf(open), watchlist(t, subjects...))
			r, err := backtest.Run(s, s, func(yield func(rows.Row, error) bool) {
				for _, row := range list {
					yield(row, nil)
				}
			}, backtest.Options{Budget: backtest.Budget{CasesADay: 1}})
			require.NoError(t, err)
			return r
		}
		r := kept(names...)
		for _, w := range r.Fit.Wide {
			other := names[0]
			if w.Subject == other {
				other = names[1]
			}
			assert.Equal(t, r.New.Cases-kept(other).New.Cases, w.Cases, "round %d: cases that hang on %s", round, w.Subject)
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func TestAPrivateThreadIsOneCase(t *testing.T) {
	s := side(t, policyOf(outage), nil)
	message := func(id, author string, v mention.Visibility) rows.Row {
		m := mention.Mention{Ref: mention.Ref{Channel: "c", ID: id}, Text: "down", Visibility: v, PostedAt: monday.Add(time.Hour),
			Author: mention.Author{Handle: author}}
		return rows.Row{Mention: m.Canonical()}
	}
	r, err := backtest.Run(s, s, func(yield func(rows.Row, error) bool) {
		for _, row := range []rows.Row{message("1", "ada", mention.Private), message("2", "ada", mention.Private),
			message("3", "ada", mention.Public), message("4", "bob", mention.Private), message("5", "", mention.Public),
			message("6", "", mention.Public)} {
			yield(row, nil)
		}
	}, backtest.Options{})
	require.NoError(t, err)
	assert.Equal(t, 6, r.New.Opened)
	assert.Equal(t, 5, r.New.Cases)
}
