package mention_test

import (
	"encoding/json"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
)

// data opens one of the labelled files that are not part of the module.
func data(t testing.TB, name string) *os.File {
	t.Helper()
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Skip("the labelled data is not here: ", err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// airlines are watched as their users write of them. Everyday words need a word of flying near them.
func airlines() mention.Watchlist {
	flying := []string{"flight", "flights", "fly", "flying", "flew", "airline", "airlines", "plane", "gate", "airport", "bag", "bags",
		"luggage", "seat", "seats", "crew", "pilot", "customer service", "delayed", "cancelled"}
	return mention.Watchlist{Subjects: []mention.Subject{
		{Name: "Virgin America", Kind: mention.Brand, Aliases: []string{"@VirginAmerica"}, Misspellings: 2},
		{Name: "United", Kind: mention.Brand, Aliases: []string{"@united"}, Near: flying,
			Ignore: []string{"United States", "Manchester United"}},
		{Name: "Southwest", Kind: mention.Brand, Aliases: []string{"@SouthwestAir", "Southwest Airlines", "SWA"}, Misspellings: 1},
		{Name: "JetBlue", Kind: mention.Brand, Aliases: []string{"@JetBlue", "JetBlue Airways"}, Misspellings: 1},
		{Name: "US Airways", Kind: mention.Brand, Aliases: []string{"@USAirways", "US Air"}, Misspellings: 1},
		{Name: "American Airlines", Kind: mention.Brand, Aliases: []string{"@AmericanAir", "American Air"}, Misspellings: 2},
	}}
}

// TestMeasureAirlines reads real posts to six airlines and counts those whose airline is named by the hits. Nearly all
// rows labelled Delta name @JetBlue, so they are judged as JetBlue.
func TestMeasureAirlines(t *testing.T) {
	subject := map[string]string{"Virgin America": "Virgin America", "United": "United", "Southwest": "Southwest", "Delta": "JetBlue",
		"US Airways": "US Airways", "American": "American Airlines"}
	var labels []string
	in := data(t, "airline-tweets.jsonl")
	for decoder := json.NewDecoder(in); decoder.More(); {
		var row struct{ Airline string }
		require.NoError(t, decoder.Decode(&row))
		labels = append(labels, subject[row.Airline])
	}
	_, err := in.Seek(0, 0)
	require.NoError(t, err)
	m := compile(t, airlines())
	fields, err := rows.ParseFields("text=text,id=id,author=user,at=created")
	require.NoError(t, err)

	begun := time.Now()
	var hits []mention.Hit
	posts, named, misspelled := 0, 0, 0
	for row, err := range rows.ReadLines(in, fields) {
		require.NoError(t, err)
		require.False(t, row.Mention.PostedAt.IsZero())
		hits = m.MatchMention(hits[:0], &row.Mention)
		found := false
		for _, h := range hits {
			found = found || h.Subject == labels[posts]
			if h.Spelling == mention.Misspelled {
				misspelled++
			}
		}
		if found {
			named++
		} else if testing.Verbose() && posts%20 == 0 {
			t.Logf("line %d, %s: %s", row.Line, labels[posts], row.Mention.Text)
		}
		posts++
	}
	share := float64(named) / float64(posts)
	t.Logf("%d posts, the airline is named in %d (%.2f %%), %d hits misspelled; read and matched in %v",
		posts, named, 100*share, misspelled, time.Since(begun).Round(time.Millisecond))
	assert.Equal(t, len(labels), posts)
	assert.GreaterOrEqual(t, share, 0.97)
}

// TestMeasureMisspellings damages well-known names as people do, and counts what is found; and it counts what is found
// in real posts that name none of them.
func TestMeasureMisspellings(t *testing.T) {
	names := strings.Split("Lufthansa,Samsung,Microsoft,Toyota,Vodafone,Starbucks,McDonald's,Burger King,Hewlett-Packard,Adidas,"+
		"Deutsche Bahn,Siemens,Philips,Heineken,Walmart,Nintendo,Facebook,Instagram,WhatsApp,Netflix,Spotify,LinkedIn,PayPal,"+
		"Mastercard,Verizon,Comcast,Chipotle,Nestlé,Unilever,Danone,Carrefour,Decathlon,Zalando,Booking.com,Airbnb,Ryanair,easyJet,"+
		"Telefónica,Santander,Iberdrola", ",")
	var w mention.Watchlist
	for _, n := range names {
		k := 1
		if len(letters(n)) >= 9 {
			k = 2
		}
		w.Subjects = append(w.Subjects, mention.Subject{Name: n, Kind: mention.Brand, Misspellings: k})
	}
	m := compile(t, w)
	r := rand.New(rand.NewSource(5))
	tried, found := [3]int{}, [3]int{}
	for range 8000 {
		s := w.Subjects[r.Intn(len(w.Subjects))]
		edits := 1 + r.Intn(s.Misspellings)
		text := "why is " + damage(r, s.Name, edits) + " so slow today"
		tried[edits]++
		was := found[edits]
		for _, h := range m.Match(nil, text) {
			if h.Subject == s.Name {
				found[edits]++
				break
			}
		}
		if found[edits] == was {
			t.Logf("missed %s: %s", s.Name, text)
		}
	}
	for k := 1; k <= 2; k++ {
		t.Logf("%d edits: %d of %d damaged names found (%.1f %%)", k, found[k], tried[k], 100*float64(found[k])/float64(tried[k]))
	}
	assert.Greater(t, float64(found[1])/float64(tried[1]), 0.95, "what is missed has changed its words or its signs")

	posts, alarms := 0, 0
	for row, err := range rows.ReadLines(data(t, "airline-tweets.jsonl"), rows.Fields{Text: "text"}) {
		require.NoError(t, err)
		hits := m.Match(nil, row.Mention.Text)
		named := false
		for _, h := range hits {
			named = named || h.Spelling != mention.Misspelled
		}
		if named {
			continue
		}
		posts++
		for _, h := range hits {
			alarms++
			t.Logf("%s (%d): %q", h.Subject, h.Distance, h.Text(row.Mention.Text))
		}
	}
	t.Logf("%d misspelled hits in %d posts that name none of the %d: %.1f in 10,000", alarms, posts, len(names),
		1e4*float64(alarms)/float64(posts))
	assert.Less(t, 1e4*float64(alarms)/float64(posts), 20.0)
}

// commonLooking are short names, most of them words, that much else is one edit from.
func commonLooking() (w mention.Watchlist) {
	for _, n := range strings.Fields("Apple Boots Chase Delta Flyte Gatel Hotle Lufta Nestlé Orange Planet Qantas Shell Spirit Sprint Staples " +
		"Subway Target Tesco Trane Visto Frontier Emirates Ryanair") {
		w.Subjects = append(w.Subjects, mention.Subject{Name: n, Kind: mention.Brand, Misspellings: 1})
	}
	return w
}

// TestMeasureFalseAlarms counts what is found of each subject in the posts that don't hold its name at all, in any
// writing: no letters of one of its spellings, in a row or with gaps between. What is found there is a misspelling that is
// none, or one that people really made; a person can tell from the log.
func TestMeasureFalseAlarms(t *testing.T) {
	for _, c := range []struct {
		reason string
		list   mention.Watchlist
		most   float64 // in 10,000 posts, of all subjects together
	}{
		{"airlines", airlines(), 30},
		{"short names that look like words", commonLooking(), 100},
	} {
		m := compile(t, c.list)
		alarms, posts, all := map[string]int{}, map[string]int{}, 0.0
		for row, err := range rows.ReadLines(data(t, "airline-tweets.jsonl"), rows.Fields{Text: "text"}) {
			require.NoError(t, err)
			text := string(letters(row.Mention.Text))
			hits := m.Match(nil, row.Mention.Text)
			for _, s := range c.list.Subjects {
				named := false
				for _, spelling := range append([]string{s.Name}, s.Aliases...) {
					named = named || strings.Contains(text, string(letters(spelling)))
				}
				if named {
					continue
				}
				posts[s.Name]++
				for _, h := range hits {
					if h.Subject == s.Name {
						alarms[s.Name]++
						t.Logf("%s (%s, %d): %q", h.Subject, h.Spelling, h.Distance, h.Text(row.Mention.Text))
					}
				}
			}
		}
		for _, s := range c.list.Subjects {
			rate := 1e4 * float64(alarms[s.Name]) / float64(posts[s.Name])
			all += rate
			t.Logf("%s: %d hits in %d posts that don't name it, %.1f in 10,000", s.Name, alarms[s.Name], posts[s.Name], rate)
		}
		t.Logf("%s: %.1f in 10,000 posts for all %d together", c.reason, all, len(c.list.Subjects))
		assert.Less(t, all, c.most, c.reason)
	}
}

// TestMeasureImpostors counts the authors of the posts that look like one of the airlines, all of them customers as far as
// the data says; and how many are known of those who really would.
func TestMeasureImpostors(t *testing.T) {
	w := airlines()
	handles := strings.Fields("VirginAmerica united SouthwestAir JetBlue USAirways AmericanAir")
	for _, h := range handles {
		w.Ours.Accounts = append(w.Ours.Accounts, mention.Account{Channel: "chirp", Handle: h})
	}
	m := compile(t, w)
	looks := func(a mention.Author) (subject string) {
		men := mention.Mention{Ref: mention.Ref{Channel: "chirp"}, Author: a, Text: "hi"}
		for _, h := range m.MatchMention(nil, &men) {
			if h.Spelling == mention.Impostor {
				subject = h.Subject
			}
		}
		return subject
	}
	fields, err := rows.ParseFields("text=text,author=user")
	require.NoError(t, err)
	seen, alarms := map[string]bool{}, 0
	for row, err := range rows.ReadLines(data(t, "airline-tweets.jsonl"), fields) {
		require.NoError(t, err)
		if a := row.Mention.Author; !seen[a.Handle] {
			seen[a.Handle] = true
			if subject := looks(a); subject != "" {
				alarms++
				t.Logf("%s looks like %s", a.Handle, subject)
			}
		}
	}
	t.Logf("%d of %d authors look like an airline", alarms, len(seen))
	assert.Greater(t, len(seen), 5_000)
	assert.LessOrEqual(t, alarms, 5)

	r := rand.New(rand.NewSource(6))
	n := newNaive(t, w)
	for _, way := range []struct {
		name  string
		write func(handle string) string
		least float64
	}{
		{"a title behind", func(h string) string {
			return h + []string{"_Support", "Help", "Cares", "_HQ", "CustomerService"}[r.Intn(5)]
		}, 1},
		{"a title before", func(h string) string { return []string{"Real", "the_", "official"}[r.Intn(3)] + h }, 1},
		{"digits behind", func(h string) string { return h + []string{"1", "24", "_2026"}[r.Intn(3)] }, 1},
		{"one edit", func(h string) string { return damage(r, h, 1) }, 0.99},
		{"one edit and a title", func(h string) string { return damage(r, h, 1) + "_help" }, 0.99},
		{"letters of other scripts, digits and signs", func(h string) string { return n.disguise(r, h) }, 0.9},
	} {
		found := 0
		for i := range 600 {
			handle := handles[i%len(handles)]
			for strings.EqualFold(handle, handles[i%len(handles)]) {
				handle = way.write(handles[i%len(handles)])
			}
			if looks(mention.Author{ID: "9", Handle: handle}) != "" {
				found++
			} else if i < 60 {
				t.Logf("missed: %s", handle)
			}
		}
		t.Logf("%s: %d of 600 impostors known", way.name, found)
		assert.GreaterOrEqual(t, float64(found)/600, way.least, way.name)
	}
}
