package mention_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
)

func TestMatchMention(t *testing.T) {
	m := compile(t, watched)
	for _, c := range []struct {
		men    mention.Mention
		want   string
		reason string
	}{
		{mention.Mention{Text: "late again", Account: "AcmeAir"}, "Acme Air alias:", "the account names it"},
		{mention.Mention{Text: "late again", Account: "77", Ref: mention.Ref{Channel: "chirp"}}, "Acme Air alias:", "by its id"},
		{mention.Mention{Text: "late again", Account: "77", Ref: mention.Ref{Channel: "forum"}}, "", "which counts on its channel"},
		{mention.Mention{Text: "Acme is late", Account: "@acmeair"}, "Acme Air alias:Acme", "the text names it already"},
		{mention.Mention{Text: "late again", Account: "somebody"}, "", "an account of nobody on the list"},
		{mention.Mention{Text: "late again"}, "", "no account"},
	} {
		hits := m.MatchMention(nil, &c.men)
		assert.Equal(t, c.want, spelled(c.men.Text, hits), c.reason)
	}
}

func TestIsOurs(t *testing.T) {
	m := compile(t, watched)
	for _, c := range []struct {
		channel string
		author  mention.Author
		want    bool
		reason  string
	}{
		{"chirp", mention.Author{ID: "77", Handle: "renamed"}, true, "the id decides"},
		{"chirp", mention.Author{ID: "78", Handle: "AcmeAir"}, false, "even against the handle"},
		{"chirp", mention.Author{Handle: "acmeair"}, true, "without an id the handle does"},
		{"forum", mention.Author{ID: "77"}, false, "an id of another channel"},
		{"forum", mention.Author{ID: "5", Handle: "Acme_Help"}, true, "an account of which only the handle is known"},
		{"chirp", mention.Author{Handle: "DANA"}, true, "one of our people"},
		{"forum", mention.Author{ID: "u-123"}, true, "one of our people by id"},
		{"chirp", mention.Author{Name: "AcmeAir"}, false, "anybody can take a name"},
		{"chirp", mention.Author{}, false, "nobody"},
	} {
		assert.Equal(t, c.want, m.IsOurs(c.channel, c.author), c.reason)
	}
}

var faces = mention.Watchlist{
	Subjects: []mention.Subject{
		{Name: "Acme Air", Kind: mention.Brand, Aliases: []string{"@AcmeAir", "Acme"}},
		{Name: "NorthJet", Kind: mention.Competitor, Aliases: []string{"@northjet"}},
		{Name: "Finca Verde", Kind: mention.Brand, Focus: mention.Wide},
	},
	Ours: mention.Ours{
		Accounts: []mention.Account{{Channel: "chirp", ID: "77", Handle: "@AcmeAir"}, {Channel: "forum", Handle: "acme_helpers"}},
		People:   []string{"@acme_dana"},
	},
}

var authors = []struct {
	author mention.Author
	want   int // edits, -1 for nobody who looks like us
	reason string
}{
	{mention.Author{ID: "77", Handle: "AcmeAir"}, -1, "ours"},
	{mention.Author{ID: "78", Handle: "AcmeAir"}, 0, "our handle and another id: it changed hands"},
	{mention.Author{Handle: "acmeair"}, -1, "ours, as far as anybody knows"},
	{mention.Author{Handle: "AcmeAir_Support"}, 0, "a title behind it"},
	{mention.Author{Handle: "realacmeair"}, 0, "and before it"},
	{mention.Author{Handle: "official_acmeair_help"}, 0, "and on both sides"},
	{mention.Author{Handle: "AcmeAir24"}, 0, "digits behind it"},
	{mention.Author{Handle: "acme_air"}, 0, "a sign put in"},
	{mention.Author{Handle: "acmeairr"}, 1, "one edit"},
	{mention.Author{Handle: "acmaeir_support"}, 1, "one edit and a title"},
	{mention.Author{Handle: "acrneair"}, 0, "rn for m"},
	{mention.Author{Handle: "4cm3a1r"}, 0, "digits for letters"},
	{mention.Author{Handle: "acmeeairr"}, -1, "two edits"},
	{mention.Author{Handle: "acme"}, 0, "an alias"},
	{mention.Author{Handle: "acne"}, -1, "too short for an edit"},
	{mention.Author{Handle: "acmefan"}, -1, "says that he is not us"},
	{mention.Author{Handle: "acmeairsucks"}, -1, "so does he"},
	{mention.Author{Handle: "acme_dana"}, -1, "one of our people"},
	{mention.Author{Handle: "acme_helpers"}, -1, "ours on another channel only, but no spelling of a subject"},
	{mention.Author{Handle: "jo", Name: "Acme Air"}, 0, "our name"},
	{mention.Author{Handle: "jo", Name: "ACME AIR Customer Care"}, 0, "our name and a title"},
	{mention.Author{Handle: "jo", Name: "Acme Ai"}, -1, "a name of 7 letters allows no edit"},
	{mention.Author{Handle: "jo", Name: "Jo of Acme Air"}, -1, "a name with ours in it"},
	{mention.Author{Handle: "northjet_help"}, -1, "a competitor"},
	{mention.Author{Handle: "fincaverde"}, -1, "a wide subject"},
	{mention.Author{}, -1, "nobody"},
	{mention.Author{Handle: "12345", Name: "\xff\u200b"}, -1, "no letters"},
}

func TestImpostors(t *testing.T) {
	m := compile(t, faces)
	for _, c := range authors {
		men := mention.Mention{Ref: mention.Ref{Channel: "chirp"}, Author: c.author, Text: "write to us"}
		hits := m.MatchMention(nil, &men)
		if c.want < 0 {
			assert.Empty(t, hits, "%+v: %s", c.author, c.reason)
			continue
		}
		want := mention.Hit{Subject: "Acme Air", Kind: mention.Brand, Spelling: mention.Impostor, Distance: c.want}
		assert.Equal(t, []mention.Hit{want}, hits, "%+v: %s", c.author, c.reason)
	}
}

func TestImpostorsNeedOurs(t *testing.T) {
	w := faces
	w.Ours = mention.Ours{}
	men := mention.Mention{Author: mention.Author{Handle: "AcmeAir_Support"}}
	assert.Empty(t, compile(t, w).MatchMention(nil, &men), "nobody has said which accounts are ours")
}

func TestImpostorIsTheLastHit(t *testing.T) {
	m := compile(t, faces)
	men := mention.Mention{Ref: mention.Ref{Channel: "chirp"}, Author: mention.Author{Handle: "acmeair_help"},
		Text: "write to us", Account: "AcmeAir"}
	hits := m.MatchMention(nil, &men)
	require.Len(t, hits, 2)
	assert.Equal(t, mention.Alias, hits[0].Spelling, "the account names it all the same")
	assert.Equal(t, mention.Impostor, hits[1].Spelling)
	assert.Zero(t, testing.AllocsPerRun(20, func() { hits = m.MatchMention(hits[:0], &men) }))
}

func TestAddressed(t *testing.T) {
	m := compile(t, faces)
	heard := func(text string) mention.Mention { return mention.Mention{Text: text, Account: "77"} }
	says := func(text string) mention.Mention { return mention.Mention{Text: text} }
	for _, c := range []struct {
		men    mention.Mention
		want   mention.Addressed
		reason string
	}{
		{mention.Mention{Text: "@jo hi", Addressed: mention.ToUs}, mention.ToUs, "the channel says so"},
		{mention.Mention{Text: "@AcmeAir hi", Author: mention.Author{ID: "77"}}, mention.Overheard, "one of ours wrote it"},
		{mention.Mention{Text: "hi", Visibility: mention.Private}, mention.ToUs, "private"},
		{says("@AcmeAir where is my bag"), mention.ToUs, "our handle leads"},
		{says(" \n.@acmeair where"), mention.ToUs, "with a dot, to be seen by all"},
		{says("@jo, @ACMEAIR: look"), mention.ToUs, "one of the leading handles is ours"},
		{says("@jo did you fly @AcmeAir?"), mention.Overheard, "to somebody else, though it names us"},
		{says("@AcmeAirline hi"), mention.Overheard, "another handle"},
		{says("I love @AcmeAir"), mention.AboutUs, "our handle further on"},
		{heard("I love @AcmeAir"), mention.AboutUs, "which our account hears of, too"},
		{heard("where is my bag"), mention.ToUs, "written where our account listens"},
		{heard("@jo come here"), mention.Overheard, "there, to somebody else"},
		{mention.Mention{Text: "nice seats", Account: "77", Kind: mention.Review}, mention.AboutUs, "a review on our page"},
		{mention.Mention{Text: "Acme Air is fine", Kind: mention.Review}, mention.AboutUs, "and one elsewhere"},
		{says("Acme Air is late"), mention.AboutUs, "our name"},
		{says("write to jo@acmeair"), mention.AboutUs, "no handle, but our name"},
		{says("NorthJet is late"), mention.Overheard, "a competitor"},
		{says("Finca Verde is far"), mention.Overheard, "a wide subject"},
		{says("@northjet hi"), mention.Overheard, "a competitor's handle"},
		{says("RT @AcmeAir: we fly again"), mention.AboutUs, "passed on"},
		{says("RT @jo: my bag"), mention.Overheard, "passed on, not about us"},
		{says("RTFM @AcmeAir"), mention.AboutUs, "not passed on"},
		{says("@ @. @"), mention.Overheard, "no handles"},
		{says(""), mention.Overheard, "nothing"},
		{mention.Mention{Text: "@acme_helpers hi", Ref: mention.Ref{Channel: "forum"}}, mention.ToUs, "our account there"},
		{mention.Mention{Text: "hi", Account: "acme_helpers", Ref: mention.Ref{Channel: "forum"}}, mention.ToUs, "which is no subject"},
	} {
		if c.men.Ref.Channel == "" {
			c.men.Ref.Channel = "chirp"
		}
		men := c.men
		assert.Equal(t, c.want, m.Addressed(&c.men), "%q: %s", c.men.Text, c.reason)
		assert.Equal(t, men, c.men, "nothing is changed")
	}
}
