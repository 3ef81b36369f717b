package mention_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

var watched = mention.Watchlist{
	Subjects: []mention.Subject{
		{Name: "Acme Air", Kind: mention.Brand, Aliases: []string{"@AcmeAir", "Acme", "アクメ", "#acmefail"}, Misspellings: 1,
			Ignore: []string{"Acme Road"}},
		{Name: "NorthJet", Kind: mention.Competitor, Misspellings: 1},
		{Name: "Nestlé", Kind: mention.Brand},
		{Name: "Delta", Kind: mention.Brand, Near: []string{"flight", "flights", "gate", "boarding pass"},
			Ignore:  []string{"Mississippi Delta"},
			Aliases: []string{"@Delta"}},
		{Name: "Delta Sky Lounge", Kind: mention.Location},
		{Name: "Yahoo!", Kind: mention.Brand},
		{Name: "acme.com", Kind: mention.Site},
		{Name: "Finca Verde 15", Kind: mention.Product, Misspellings: 2},
		{Name: "Unity", Kind: mention.Product, Misspellings: 1},
		{Name: "삼성", Kind: mention.Brand},
	},
	Ours: mention.Ours{
		Accounts: []mention.Account{{Channel: "chirp", ID: "77", Handle: "@AcmeAir"}, {Channel: "forum", Handle: "acme_help"}},
		People:   []string{"@dana", "u-123"},
	},
}

var matches = []struct {
	text   string
	want   string // "subject spelling(distance):text", separated by |
	reason string
}{
	{"Acme Air and acme air", "Acme Air exact:Acme Air|Acme Air folded:acme air", "as written, and folded"},
	{"Acme, ACME", "Acme Air alias:Acme|Acme Air folded:ACME", "an alias, and folded"},
	{"@AcmeAir @acmeair #AcmeAir", "Acme Air alias:@AcmeAir|Acme Air folded:@acmeair|Acme Air folded:AcmeAir", "handles and hashtags"},
	{"Acme-Air, acme_air, ACMEAIR", "Acme Air folded:Acme-Air|Acme Air folded:acme_air|Acme Air folded:ACMEAIR", "ways to write two words"},
	{"Acme's and Acme’s", "Acme Air alias:Acme|Acme Air alias:Acme", "possessives"},
	{"North Jet north-jet northjet's",
		"NorthJet folded:North Jet|NorthJet folded:north-jet|NorthJet folded:northjet", "a name with a hump"},
	{"#acmefail but acmefail", "Acme Air alias:#acmefail", "a hashtag is looked for as such"},
	{"Ａｃｍｅ A\u200bcme", "Acme Air folded:Ａｃｍｅ|Acme Air folded:A\u200bcme", "width and what is not seen"},
	{"アクメの便", "Acme Air alias:アクメ", "no spaces in Japanese"},
	{"삼성이 삼성에서는 삼성역", "삼성 exact:삼성|삼성 exact:삼성", "Korean particles, and another word"},
	{"Samsung이", "", "another name"},
	{"Nestle\u0301 nestlé Nestle", "Nestlé folded:Nestle\u0301|Nestlé folded:nestlé", "decomposed accents, but not without"},
	{"xAcme Acmex acme2", "", "whole words only"},
	{"Two Acmes, acmes' NORTHJETS", "Acme Air folded:Acmes|Acme Air folded:acmes|NorthJet folded:NORTHJETS", "plurals"},
	{"unities, @Acmes", "", "an everyday word, and somebody else's handle"},
	{"on Acme Road, near Acme", "Acme Air alias:Acme", "a phrase to ignore"},
	{"Yahoo! yahoo Yahoo", "Yahoo! exact:Yahoo!|Yahoo! folded:yahoo|Yahoo! folded:Yahoo", "a name with a sign"},

	{"the delta of the river", "", "an everyday word without a word near it"},
	{"my Delta flight", "Delta exact:Delta", "with one"},
	{"boarding pass for one two three four five six seven delta", "Delta folded:delta", "eight words between"},
	{"boarding pass for one two three four five six seven eight delta", "", "nine words between"},
	{"Mississippi Delta flights", "", "ignored all the same"},
	{"@delta hello", "Delta folded:@delta", "a handle needs no word near it"},
	{"Delta Sky Lounge", "Delta Sky Lounge exact:Delta Sky Lounge", "the longest of those that begin together"},

	{"https://www.acme.com/x acme.com. ACME.COM", "acme.com exact:acme.com|acme.com exact:acme.com|acme.com folded:ACME.COM", "a host"},
	{"acme.com.evil.io acme.com-pay.io my-acme.com",
		"Acme Air folded:acme|Acme Air folded:acme|Acme Air folded:acme", "other hosts, though they name the brand"},
	{"notacme.com", "", "another host altogether"},

	{"Acem Air was late, Accme Air too", "Acme Air misspelled(1):Acem Air|Acme Air misspelled(1):Accme Air", "a swap, a letter too many"},
	{"ame air, acmeeair, @AcmeAr", "Acme Air misspelled(1):ame air|Acme Air misspelled(1):acmeeair|Acme Air misspelled(1):AcmeAr",
		"in one word or two, and in a handle"},
	{"Nothjet's crew, Nrothjet", "NorthJet misspelled(1):Nothjet|NorthJet misspelled(1):Nrothjet", "a letter missing, with a possessive"},
	{"Nothjt", "", "two edits where one is allowed"},
	{"Finca Vrde 15, fnca verde 15, finca vrd 15",
		"Finca Verde 15 misspelled(1):Finca Vrde 15|Finca Verde 15 misspelled(1):fnca verde 15|" +
			"Finca Verde 15 misspelled(2):finca vrd 15", "two edits where two are allowed"},
	{"Finca Verde 14, Finca Verde 5", "", "digits must be right"},
	{"fincaverde15", "Finca Verde 15 folded:fincaverde15", "spaces don't count"},
	{"unit, units and unite it", "", "everyday words are not misspelled names"},
	{"I love Unite, it rocks", "Unity misspelled(1):Unite", "unless written like one"},
	{"Unite! Unite now. Unite", "", "at the beginning of a sentence a capital says nothing"},
	{"WE LOVE UNITE HERE", "", "nor does one among capitals"},
	{"unitty", "Unity misspelled(1):unitty", "no everyday word"},
	{"North Jte, Nor thJet", "NorthJet misspelled(1):North Jte|NorthJet folded:Nor thJet", "as many words as it has, cut anywhere"},
	{"Nor th Jet", "NorthJet misspelled(1):Nor th Jet", "a word more is an edit"},
	{"Nor th Jte", "", "and with a swap that makes two"},
	{"#AcmeAirFail #NorthJetSucks", "Acme Air folded:AcmeAir|NorthJet exact:NorthJet", "names that a hashtag begins with, by its humps"},
	{"#acmeairfail #ACMEAIRFAIL", "Acme Air folded:acmeair|Acme Air folded:ACMEAIR", "and by five letters, where it has no humps"},
	{"#acmefailure #AcmeFailure", "Acme Air alias:Acme", "a short name needs humps"},
	{"#AcmeAirlinesFail", "Acme Air alias:Acme", "the humps decide"},
	{"#ByeNorthJet #bye_northjet_bye #bye2northjet #byenorthjet",
		"NorthJet exact:NorthJet|NorthJet folded:northjet|NorthJet folded:northjet", "inside a hashtag, by humps only"},
	{"#unitykitchen #UnityKitchen", "Unity exact:Unity", "an everyday word needs humps, too"},
	{"#DeltaFail on my flight, #DeltaFail", "Delta exact:Delta|Delta exact:Delta", "with a word near it"},
	{"#DeltaForce", "", "and without"},
	{"#AcmeRoadClosed #OldAcmeRoad", "", "a phrase to ignore"},
	{"@AcmeAirFail", "", "a handle is another account"},
	{"#" + strings.Repeat("x", 120) + "AcmeAir", "", "nobody writes that"},

	{"Nor\xffthJet NorthJet\xff", "NorthJet exact:NorthJet", "broken bytes"},
	{"", "", "nothing"},
}

func spelled(text string, hits []mention.Hit) string {
	var out []string
	for _, h := range hits {
		s := string(h.Spelling)
		if h.Distance != 0 {
			s += fmt.Sprintf("(%d)", h.Distance)
		}
		out = append(out, h.Subject+" "+s+":"+h.Text(text))
	}
	return strings.Join(out, "|")
}

func compile(t testing.TB, w mention.Watchlist) *mention.Matcher {
	t.Helper()
	m, err := w.Compile()
	require.NoError(t, err)
	return m
}

func TestMatch(t *testing.T) {
	m := compile(t, watched)
	for _, c := range matches {
		assert.Equal(t, c.want, spelled(c.text, m.Match(nil, c.text)), "%q: %s", c.text, c.reason)
	}
}

// TestEverydayWordBesideContext has a name that an everyday word is one edit away from.
func TestEverydayWordBesideContext(t *testing.T) {
	m := compile(t, mention.Watchlist{Subjects: []mention.Subject{
		{Name: "Targett", Kind: mention.Brand, Misspellings: 1, Near: []string{"shop", "gift card"}}}})
	for _, c := range []struct{ text, want, reason string }{
		{"the target shop", "Targett misspelled(1):target", "right beside it"},
		{"a gift card, target!", "Targett misspelled(1):target", "signs are no words"},
		{"the shop is my target", "", "words between"},
		{"the shop of Target", "Targett misspelled(1):Target", "written like a name, and near enough"},
		{"we love Target", "", "nothing near"},
	} {
		assert.Equal(t, c.want, spelled(c.text, m.Match(nil, c.text)), "%q: %s", c.text, c.reason)
	}
}

func TestMatchAppends(t *testing.T) {
	m := compile(t, watched)
	before := mention.Hit{Subject: "mine", Start: 500, End: 600}
	hits := m.Match([]mention.Hit{before}, "Acme and @AcmeAir")
	require.Len(t, hits, 3)
	assert.Equal(t, before, hits[0])
}

func TestMatchDoesNotAllocate(t *testing.T) {
	m := compile(t, watched)
	var text strings.Builder
	for _, c := range matches {
		text.WriteString(c.text + "\n")
	}
	hits := m.Match(nil, text.String())
	require.NotEmpty(t, hits)
	assert.Zero(t, testing.AllocsPerRun(20, func() { hits = m.Match(hits[:0], text.String()) }))
}

func TestSubjects(t *testing.T) {
	m := compile(t, watched)
	assert.Equal(t, watched.Subjects, m.Subjects())
	s, ok := m.Subject("Delta")
	require.True(t, ok)
	s.Near[0] = "changed"
	again, _ := m.Subject("Delta")
	assert.Equal(t, "flight", again.Near[0], "a matcher is not changed from outside")
	_, ok = m.Subject("delta")
	assert.False(t, ok, "the name is an id")
}

func TestCompileProblems(t *testing.T) {
	_, err := mention.Watchlist{
		Subjects: []mention.Subject{
			{Name: "Acme Air", Kind: "brand", Misspellings: 3},
			{Name: "Acme Air", Kind: "brand"},
			{Name: " ", Kind: "airline"},
			{Name: "\u200b", Focus: "narrow"},
			{Name: "AcmeAir", Kind: "brand", Aliases: []string{"x", "x", ""}},
			{Name: "Delta", Kind: "brand", Misspellings: 2, Near: []string{""}, Ignore: []string{strings.Repeat("x", 251)}},
			{Name: "Aero", Kind: "brand", Misspellings: 1},
			{Name: "acme.com", Kind: "site", Misspellings: 1},
			{Name: "United", Kind: "brand", Aliases: []string{"Target", "@target"}, Ignore: []string{"Old Trafford", "Manchester United",
				"united", "Manchester United"}},
			{Name: "@gap", Kind: "brand", Aliases: []string{"#gap"}, Near: []string{"shirt", "shop", "shirt"}},
		},
		Ours: mention.Ours{
			Accounts: []mention.Account{{Channel: ""}, {Channel: "chirp", Handle: "@a"}, {Channel: "chirp", Handle: "A"}},
			People:   []string{"", "dana", "dana"},
		},
	}.Compile()
	var p spec.Problems
	require.ErrorAs(t, err, &p)
	assert.Equal(t, strings.TrimSpace(`
subjects[0].misspellings: is 3: 0, 1 or 2
subjects[1].name: subject "Acme Air" stands here a second time, the first is subjects[0]
subjects[2].kind: "airline" is not known: one of brand, product, site, location, person, campaign, competitor
subjects[2].name: is empty
subjects[3].kind: is missing: one of brand, product, site, location, person, campaign, competitor
subjects[3].focus: "narrow" is not known: one of core, wide
subjects[3].name: "\u200b" has no visible character to look for
subjects[4].name: "AcmeAir" cannot be told from subjects[0].name
subjects[4].aliases[0]: "x" is an everyday word: say in near which words stand near it when the subject is meant, or watch for @x or #x
subjects[4].aliases[1]: "x" stands here a second time
subjects[4].aliases[2]: is empty
subjects[5].ignore[0]: is 251 characters long, at most 250 can be looked for
subjects[5].near[0]: is empty
subjects[5].misspellings: 2 needs a spelling of 9 letters, the longest has 5
subjects[6].misspellings: 1 needs a spelling of 5 letters, the longest has 4
subjects[8].aliases[0]: "Target" is an everyday word: say in near which words stand near it when the subject is meant, or watch for @Target or #Target
subjects[8].ignore[3]: "Manchester United" stands here a second time
subjects[9].near[2]: "shirt" stands here a second time
subjects[9].near: never matters: a spelling with @ or # counts wherever it stands
ours.accounts[0].channel: is empty
ours.accounts[0]: names nobody: it needs an id or a handle
ours.accounts[2]: this account stands here a second time
ours.people[0]: is empty
ours.people[2]: "dana" stands here a second time
subjects[8].ignore[0]: never matters: "Old Trafford" does not hold a spelling of the subject
subjects[8].ignore[2]: "united" is a spelling of the subject, which would never be found`), p.Error())
}

func TestEmptyWatchlist(t *testing.T) {
	m := compile(t, mention.Watchlist{})
	assert.Empty(t, m.Match(nil, "Acme"))
	assert.Empty(t, m.Subjects())
}
