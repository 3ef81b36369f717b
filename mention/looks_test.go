package mention_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

// disguised are subjects that somebody writes with letters that look like theirs.
var disguised = mention.Watchlist{Subjects: []mention.Subject{
	{Name: "Acme Air", Kind: mention.Brand, Aliases: []string{"@AcmeAir", "Acme"}, Misspellings: 1, Ignore: []string{"Acme Road"}},
	{Name: "Virgin", Kind: mention.Brand, Aliases: []string{"$outhwest Card", "B6"}, Digits: true},
	{Name: "Oca", Kind: mention.Brand},
	{Name: "Tokapoka", Kind: mention.Brand},
	{Name: "НИКА", Kind: mention.Brand},
	{Name: "Hike", Kind: mention.Brand, Near: []string{"shoes"}},
	{Name: "Northwind Bank", Kind: mention.Brand, Misspellings: 2},
}}

var looks = []struct{ text, want, reason string }{
	{"Асme Аir is late", "Acme Air look_alike:Асme Аir", "Cyrillic among Latin letters"},
	{"Αcme, Acmе, ᴀᴄᴍᴇ, Аcmе's", "Acme Air look_alike:Αcme|Acme Air look_alike:Acmе|Acme Air look_alike:ᴀᴄᴍᴇ|Acme Air look_alike:Аcmе",
		"Greek, Cyrillic, small capitals, a possessive"},
	{"Ａｃｍｅ 𝐀𝐜𝐦𝐞 Ⓐⓒⓜⓔ", "Acme Air folded:Ａｃｍｅ|Acme Air folded:𝐀𝐜𝐦𝐞|Acme Air folded:Ⓐⓒⓜⓔ", "these are forms of the letters themselves"},
	{"Аcme-Air, Асmeair", "Acme Air look_alike:Аcme-Air|Acme Air look_alike:Асmeair", "with other gaps"},
	{"@АcmeAir #АcmeAir #АcmeAirFail #ByeАcme", "Acme Air look_alike:@АcmeAir|Acme Air look_alike:АcmeAir|" +
		"Acme Air look_alike:АcmeAir|Acme Air look_alike:Аcme", "handles and hashtags, and inside one"},
	{"Асme Aiir", "Acme Air look_alike:Асme", "an alias goes before an edit"},
	{"Acme Аir Road, Аcme Road", "Acme Air look_alike:Acme Аir", "a phrase to ignore is one in disguise, too"},
	{"4cme 4cme A1r @cme", "", "digits only for who asks for them"},
	{"V1rgin v!rgin V1RG1N Virg1n's", "Virgin look_alike:V1rgin|Virgin look_alike:v!rgin|Virgin look_alike:V1RG1N|Virgin look_alike:Virg1n",
		"who does"},
	{"$outhwest Card southwest card 5outhwest card", "Virgin alias:$outhwest Card", "a sign that is written is no disguise"},
	{"B6 b6 86 bG", "Virgin alias:B6|Virgin folded:b6", "digits of a name are its own, and digits alone are a number"},
	{"#V1rginFail #v1rginfail #FailV1rgin", "Virgin look_alike:V1rgin|Virgin look_alike:V1rgin", "digits in a hashtag with humps"},
	{"virgin virg¡n", "Virgin folded:virgin", "what is in no table"},
	{"оса укусила, ОСА, оca", "Oca look_alike:оca", "the Russian for a wasp is no Oca, but one with Latin letters is"},
	{"Токарока", "Tokapoka look_alike:Токарока", "eight letters that all look alike are no word of any language"},
	{"НИКА ника HИКА", "НИКА exact:НИКА|НИКА folded:ника", "a Cyrillic name is its own letters"},
	{"ΗΙΚΕ shoes, ΗIKE shoes, ηike shoes", "Hike look_alike:ΗIKE|Hike look_alike:ηike", "a Greek word is itself; with Near"},
	{"Νorthwind Вank, Nоrthwnd Bаnk", "Northwind Bank look_alike:Νorthwind Вank|Northwind Bank misspelled(1):Nоrthwnd Bаnk",
		"look-alikes are no edits"},
	{"хAcme Acmeх", "", "whole words only"},
	{"Acmеs, Асmes, Аcmes, Ac\u00admes, Acme Аirs", "Acme Air look_alike:Acmеs|Acme Air look_alike:Асmes|Acme Air look_alike:Аcmes|" +
		"Acme Air folded:Ac\u00admes|Acme Air look_alike:Acme Аirs", "a plural, wherever the look-alikes stand"},
}

func TestLooks(t *testing.T) {
	m := compile(t, disguised)
	var all strings.Builder
	for _, c := range looks {
		assert.Equal(t, c.want, spelled(c.text, m.Match(nil, c.text)), "%q: %s", c.text, c.reason)
		all.WriteString(c.text + "\n")
	}
	hits := m.Match(nil, all.String())
	assert.Zero(t, testing.AllocsPerRun(20, func() { hits = m.Match(hits[:0], all.String()) }), "nothing is allocated for any of it")
}

// TestScripts has names in scripts with and without spaces, and what folding is to set aside in each.
func TestScripts(t *testing.T) {
	m := compile(t, mention.Watchlist{Subjects: []mention.Subject{
		{Name: "Istanbul Air", Kind: mention.Brand}, {Name: "ไทยแอร์", Kind: mention.Brand}, {Name: "ລາວແອ", Kind: mention.Brand},
		{Name: "ខ្មែរអ៊ែរ", Kind: mention.Brand}, {Name: "全日空", Kind: mention.Brand}, {Name: "スカイ", Kind: mention.Brand},
		{Name: "Fluffair", Kind: mention.Brand}, {Name: "Straße24", Kind: mention.Brand}, {Name: "Аэрофлот", Kind: mention.Brand},
		{Name: "العربية", Kind: mention.Brand}, {Name: "Citroën", Kind: mention.Brand}, {Name: "Nestlé", Kind: mention.Brand},
	}})
	for _, c := range []struct{ text, want, reason string }{
		{"İSTANBUL AIR, ıstanbul aır", "Istanbul Air folded:İSTANBUL AIR|Istanbul Air folded:ıstanbul aır",
			"Turkish, with a dot and without"},
		{"บินกับไทยแอร์ดีมาก", "ไทยแอร์ exact:ไทยแอร์", "no spaces in Thai"},
		{"ຂ້ອຍບິນລາວແອມື້ນີ້", "ລາວແອ exact:ລາວແອ", "nor in Lao"},
		{"ខ្ញុំជិះខ្មែរអ៊ែរថ្ងៃនេះ", "ខ្មែរអ៊ែរ exact:ខ្មែរអ៊ែរ", "nor in Khmer"},
		{"昨日全日空で、スカイも", "全日空 exact:全日空|スカイ exact:スカイ", "nor in Han and Kana"},
		{"ｽｶｲ", "スカイ folded:ｽｶｲ", "half width"},
		{"ﬂuﬀair, Flu\u00adffair, Fluf\u200d\u2060fair", "Fluffair folded:ﬂuﬀair|Fluffair folded:Flu\u00adffair|Fluffair folded:Fluf\u200d\u2060fair",
			"ligatures, a soft hyphen, what is not seen"},
		{"STRASSE24", "Straße24 folded:STRASSE24", "capitals of ß"},
		{"Citroëns, Nestlés, CITROËNS, Citroe\u0308ns", "Citroën folded:Citroëns|Nestlé folded:Nestlés|Citroën folded:CITROËNS|" +
			"Citroën folded:Citroe\u0308ns", "plurals of names with accents"},
		{"АЭРОФЛОТ, аэрофлота", "Аэрофлот folded:АЭРОФЛОТ", "Cyrillic has words"},
		{"في العربية اليوم والعربية", "العربية exact:العربية", "so has Arabic"},
	} {
		assert.Equal(t, c.want, spelled(c.text, m.Match(nil, c.text)), "%q: %s", c.text, c.reason)
	}
}

// TestHosts has hosts that are names of something else than a site, and what only looks like them.
func TestHosts(t *testing.T) {
	m := compile(t, mention.Watchlist{Subjects: []mention.Subject{
		{Name: "Acme", Kind: mention.Brand, Aliases: []string{"acme.com", "acme-air.co.uk", "acme.de/shop"}},
		{Name: "Booking.com", Kind: mention.Brand, Misspellings: 2},
		{Name: "St.Pauli", Kind: mention.Brand},
		{Name: "münchen.de", Kind: mention.Site}, {Name: "xn--bcher-kva.example", Kind: mention.Site},
	}})
	for _, c := range []struct{ text, want, reason string }{
		{"https://www.acme.com/x acme.com:80 jo@acme.com acme.com.",
			"Acme alias:acme.com|Acme alias:acme.com|Acme alias:acme.com|" +
				"Acme alias:acme.com", "as a host, in a subdomain, with a port, in an address, at the end of a sentence"},
		{"notacme.com xacme.com", "", "another host"},
		{"acme.com.evil.io acme.com-evil.io", "Acme folded:acme|Acme folded:acme",
			"one that only begins so names Acme, but is not its host"},
		{"acme.com@evil.io http://acme.com:x@evil.io/", "Acme folded:acme|Acme folded:acme",
			"a user's name before another host"},
		{"acme.com．evil.io acme.com。evil.io acme.com\u200b.evil.io", "Acme folded:acme|Acme folded:acme|Acme folded:acme",
			"dots that are dots to a browser, and what is not seen"},
		{"http://evil.io/acme.com?u=acme.com", "Acme alias:acme.com|Acme alias:acme.com", "in a path or a query: it is named"},
		{"acme.com: 5@7, acme.com:8080/x@y acme.com - ok", "Acme alias:acme.com|Acme alias:acme.com|Acme alias:acme.com",
			"no user's name"},
		{"acmе.com аcme-air.co.uk асме.com",
			"Acme misspelled(1):acmе.com|Acme misspelled(1):аcme-air.co.uk|Acme misspelled(1):асме.com",
			"a look-alike host is a misspelling, though no edit is allowed"},
		{"acmе.com.evil.io notаcme.com", "Acme look_alike:acmе", "but a host all the same"},
		{"acrne.com", "", "edits are, where they are allowed"},
		{"bo0king.com boking.com bookimg.com www.b00king.com/x", "Booking.com misspelled(1):bo0king.com|" +
			"Booking.com misspelled(1):boking.com|Booking.com misspelled(1):bookimg.com|Booking.com misspelled(2):b00king.com", "as here"},
		{"booking.com.evil.io boking.com.evil.io bo0king.com@evil.io", "", "at the same borders"},
		{"Booking.com's, Booking com", "Booking.com exact:Booking.com|Booking.com folded:Booking com", "a name all the same"},
		{"shop.acme.com/x, acme.com/xy https://www.acme.de/shop/1 not-acme.de/shop acme.de/shopping", "Acme alias:acme.com|Acme alias:acme.com|" +
			"Acme alias:acme.de/shop|Acme folded:acme|Acme folded:acme", "a host with a path"},
		{"acme.de/shop.html acme.de/shop-sale", "Acme alias:acme.de/shop|Acme alias:acme.de/shop", "which goes on"},
		{"xn--cme-5cd.com https://www.xn--cme-5cd.com/x?y", "Acme misspelled(1):xn--cme-5cd.com|Acme misspelled(1):xn--cme-5cd.com",
			"a look-alike host as browsers write it"},
		{"xn--80akut.com xn--acm-dma.com", "Acme misspelled(1):xn--80akut.com", "all of it Cyrillic; an accent makes another host"},
		{"xn--cme-5cd.com.evil.io xn--99999999.com xn--.com xn--a-\xff.com xn--", "", "another host, and what is none"},
		{"xn--mnchen-3ya.de www.xn--mnchen-3ya.de, münchen.de, xn--bcher-kva.example, Bücher.example",
			"münchen.de folded:xn--mnchen-3ya.de|münchen.de folded:xn--mnchen-3ya.de|münchen.de exact:münchen.de|" +
				"xn--bcher-kva.example exact:xn--bcher-kva.example|xn--bcher-kva.example folded:Bücher.example", "two ways to write a host"},
		{"xn--mnchn-kva.de xn--mnhen-jva.xn--mnchen-3ya.de", "münchen.de folded:xn--mnchen-3ya.de", "in a subdomain"},
		{"St.Pauli-Fans", "St.Pauli exact:St.Pauli", "a name with a dot is no host"},
		{"acme-air.co.uk acmeair.co.uk", "Acme alias:acme-air.co.uk", "a host is written in one way"},
	} {
		assert.Equal(t, c.want, spelled(c.text, m.Match(nil, c.text)), "%q: %s", c.text, c.reason)
	}
}

// TestLooksOfAuthors has handles and names that look like ours by letters of other scripts.
func TestLooksOfAuthors(t *testing.T) {
	m := compile(t, mention.Watchlist{
		Subjects: []mention.Subject{
			{Name: "Acme Air", Kind: mention.Brand, Aliases: []string{"@AcmeAir", "Acme"}},
			{Name: "Oca", Kind: mention.Brand}, {Name: "Apple", Kind: mention.Brand}, {Name: "Нива", Kind: mention.Brand},
			{Name: "Nike", Kind: mention.Brand}, {Name: "Sumit", Kind: mention.Brand},
		},
		Ours: mention.Ours{Accounts: []mention.Account{{Channel: "chirp", Handle: "@AcmeAir"}}},
	})
	for _, c := range []struct{ handle, name, want, reason string }{
		{"аcmeair", "", "Acme Air", "a handle with a Cyrillic letter"},
		{"jo", "Асme Аir", "Acme Air", "a display name"},
		{"jo", "Асme Аir Suррort", "Acme Air", "with a title, masked as well"},
		{"jo", "Ｎіke", "Nike", "full width and Cyrillic"},
		{"jo", "ΝIKE", "Nike", "the second of the letters that one looks like"},
		{"jo", "аррӏе", "Apple", "five letters wholly of another script"},
		{"jo", "Оса", "", "a short name wholly of another script is one of its words"},
		{"jo", "Оcа", "Oca", "but not with a Latin letter"},
		{"нива_help", "", "Нива", "a Cyrillic name is itself"},
		{"jo", "Анна Иванова", "", "somebody"},
		{"acmeаirr", "", "Acme Air", "an edit besides"},
		{"jo", "@cme A!r", "Acme Air", "signs for letters"},
		{"jo", "$um!t", "Sumit", "several"},
		{"jo", "Nike! $ale", "", "signs behind a name, and another word"},
	} {
		men := mention.Mention{Ref: mention.Ref{Channel: "chirp"}, Text: "hi",
			Author: mention.Author{ID: "9", Handle: c.handle, Name: c.name}}
		got := ""
		for _, h := range m.MatchMention(nil, &men) {
			require.Equal(t, mention.Impostor, h.Spelling)
			got += h.Subject
		}
		assert.Equal(t, c.want, got, "%s %s: %s", c.handle, c.name, c.reason)
	}
}

// TestIgnoreAccentsEverywhere has accents in each place where a name may stand.
func TestIgnoreAccentsEverywhere(t *testing.T) {
	list := mention.Watchlist{
		IgnoreAccents: true,
		Subjects: []mention.Subject{
			{Name: "Café Luna", Kind: mention.Brand, Aliases: []string{"@CafeLuna", "#lunático", "lunä.com"}, Misspellings: 1,
				Ignore: []string{"Café Luna Nueva"}},
			{Name: "Matas", Kind: mention.Brand, Misspellings: 1},
			{Name: "Mata", Kind: mention.Brand, Near: []string{"café"}},
		},
		Ours: mention.Ours{Accounts: []mention.Account{{Channel: "chirp", Handle: "CafeLuna"}}},
	}
	m := compile(t, list)
	for _, c := range []struct{ text, want, reason string }{
		{"cafe lúna, CAFÉ LUNA", "Café Luna folded:cafe lúna|Café Luna folded:CAFÉ LUNA", "a name"},
		{"@CaféLuna #lunatico", "Café Luna folded:@CaféLuna|Café Luna folded:#lunatico", "a handle and a hashtag"},
		{"#CafeLúnaFail #CaféLunaFail", "Café Luna folded:CafeLúna|Café Luna folded:CaféLuna", "inside a hashtag"},
		{"cáfe lnua", "Café Luna misspelled(1):cáfe lnua", "a misspelled name: accents are no edits"},
		{"www.luna.com lúna.com.evil.io", "Café Luna folded:luna.com", "a host"},
		{"Cafe Lunas", "Café Luna folded:Cafe Lunas", "a plural"},
		{"cafe luna nuéva", "", "a phrase to ignore"},
		{"máta at the CAFE", "Mata folded:máta", "a word of Near"},
		{"más, además, otro día", "", "everyday words, with their accents"},
		{"Саfe Lúna", "Café Luna look_alike:Саfe Lúna", "and look-alikes"},
	} {
		assert.Equal(t, c.want, spelled(c.text, m.Match(nil, c.text)), "%q: %s", c.text, c.reason)
	}
	men := mention.Mention{Ref: mention.Ref{Channel: "chirp"}, Account: "@CaféLuna", Text: "hi",
		Author: mention.Author{Handle: "CaféLúna_help"}}
	assert.Equal(t, "Café Luna alias:|Café Luna impostor:", spelled("hi", m.MatchMention(nil, &men)), "accounts and authors")

	list.IgnoreAccents, list.Subjects[0].Misspellings = false, 0
	m = compile(t, list)
	assert.Empty(t, m.Match(nil, "café luña sín #lunatico"), "not unless it is asked for")
}

// TestEachCompileProblem has one problem each, so that none hides behind another.
func TestEachCompileProblem(t *testing.T) {
	brand := func(name string, aliases ...string) mention.Subject {
		return mention.Subject{Name: name, Kind: mention.Brand, Aliases: aliases}
	}
	misspelled := func(s mention.Subject, edits int) mention.Subject { s.Misspellings = edits; return s }
	near := func(s mention.Subject, phrases ...string) mention.Subject { s.Near = phrases; return s }
	ignoring := func(s mention.Subject, phrases ...string) mention.Subject { s.Ignore = phrases; return s }
	for _, c := range []struct {
		reason   string
		subjects []mention.Subject
		accents  bool
		want     string
	}{
		{"nothing wrong", []mention.Subject{brand("Acme", "@acme", "AcmeAir"), brand("Acme Sky")}, false, ""},
		{"a subject twice", []mention.Subject{brand("Acme"), brand("Acme")}, false,
			`subjects[1].name: subject "Acme" stands here a second time, the first is subjects[0]`},
		{"an alias twice", []mention.Subject{brand("Acme", "Zorvex",
			"Zorvex")}, false, `subjects[0].aliases[1]: "Zorvex" stands here a second time`},
		{"the name as alias", []mention.Subject{brand("Acme",
			"Acme")}, false, `subjects[0].aliases[0]: "Acme" stands here a second time`},
		{"a name of two", []mention.Subject{brand("Acme"), brand("ACME")}, false, `subjects[1].name: "ACME" cannot be told from subjects[0].name`},
		{"an alias of two", []mention.Subject{brand("Acme", "@ac"), brand("Zorvex", "@AC")}, false,
			`subjects[1].aliases[0]: "@AC" cannot be told from subjects[0].aliases[0]`},
		{"a way of writing of two", []mention.Subject{brand("JetBlue"), brand("Jet-Blue")}, false,
			`subjects[1].name: "Jet-Blue" cannot be told from subjects[0].name`},
		{"the same, in the other order", []mention.Subject{brand("Jet Blue"), brand("JetBlue")}, false,
			`subjects[1].name: "JetBlue" cannot be told from subjects[0].name`},
		{"accents", []mention.Subject{brand("Nestlé"), brand("Nestle")}, true, `subjects[1].name: "Nestle" cannot be told from subjects[0].name`},
		{"accents that count", []mention.Subject{brand("Nestlé"), brand("Nestle")}, false, ""},
		{"a host that is a site, too", []mention.Subject{{Name: "acme.com", Kind: mention.Site}, brand("Acme",
			"ACME.com")}, false,
			`subjects[1].aliases[0]: "ACME.com" cannot be told from subjects[0].name`},
		{"a site that is none", []mention.Subject{{Name: "https://acme.com/x", Kind: mention.Site}}, false,
			`subjects[0].name: "https://acme.com/x" is no host: write it as acme.com, without what stands before and behind it`},
		{"an empty name", []mention.Subject{brand("")}, false, `subjects[0].name: is empty`},
		{"an alias that cannot be seen", []mention.Subject{brand("Acme", "\u200b")}, false,
			`subjects[0].aliases[0]: "\u200b" has no visible character to look for`},
		{"an everyday alias", []mention.Subject{brand("Acme",
			"target")}, false, `subjects[0].aliases[0]: "target" is an everyday word: ` +
			`say in near which words stand near it when the subject is meant, or watch for @target or #target`},
		{"an everyday alias with Near", []mention.Subject{near(brand("Acme", "target"), "shop")}, false, ""},
		{"too short", []mention.Subject{misspelled(brand("Acme"), 1)}, false,
			`subjects[0].misspellings: 1 needs a spelling of 5 letters, the longest has 4`},
		{"too short for two", []mention.Subject{misspelled(brand("NorthJet"), 2)}, false,
			`subjects[0].misspellings: 2 needs a spelling of 9 letters, the longest has 8`},
		{"long enough by an alias", []mention.Subject{misspelled(brand("Acme", "Acme Airways"), 2)}, false, ""},
		{"too long", []mention.Subject{misspelled(brand(strings.Repeat("x", 49)), 1)}, false,
			`subjects[0].misspellings: 1 needs a spelling of 5 to 48 letters, the longest has 49`},
		{"too many", []mention.Subject{misspelled(brand("Acme Airways"), 3)}, false, `subjects[0].misspellings: is 3: 0, 1 or 2`},
		{"Ignore without the name", []mention.Subject{ignoring(brand("Delta"), "the Nile")}, false,
			`subjects[0].ignore[0]: never matters: "the Nile" does not hold a spelling of the subject`},
		{"Ignore with a misspelled name", []mention.Subject{ignoring(misspelled(brand("Zorvex"), 1), "zorvix street")}, false, ""},
		{"Ignore that swallows the name", []mention.Subject{ignoring(brand("Jet Blue"), "jetblue")}, false,
			`subjects[0].ignore[0]: "jetblue" is a spelling of the subject, which would never be found`},
		{"Ignore in Ignore", []mention.Subject{ignoring(brand("Delta"), "Nile Delta", "the Nile Delta", "Delta of the Nile Delta")}, false,
			`subjects[0].ignore[1]: never matters: where "the Nile Delta" stands, a shorter phrase of ignore does`},
		{"Ignore twice", []mention.Subject{ignoring(brand("Delta"), "Nile Delta", "nile  delta")}, false,
			`subjects[0].ignore[1]: "nile  delta" stands here a second time`},
		{"Near that holds the name", []mention.Subject{near(brand("Delta"), "Delta gate", "gate")}, false,
			`subjects[0].near[0]: "Delta gate" holds a spelling of the subject, and nothing stands near itself: make it an alias`},
		{"Near of handles", []mention.Subject{near(brand("@gap", "#gap"), "shop")}, false,
			`subjects[0].near: never matters: a spelling with @ or # counts wherever it stands`},
		{"an empty phrase", []mention.Subject{near(ignoring(brand("Delta"), " "), "")}, false,
			"subjects[0].ignore[0]: is empty\nsubjects[0].near[0]: is empty"},
		{"Digits of a site", []mention.Subject{{Name: "acme.com", Kind: mention.Site, Digits: true}}, false,
			`subjects[0].digits: never matters: in a site, digits for letters are a misspelling`},
	} {
		_, err := mention.Watchlist{Subjects: c.subjects, IgnoreAccents: c.accents}.Compile()
		if c.want == "" {
			assert.NoError(t, err, c.reason)
			continue
		}
		var p spec.Problems
		if assert.ErrorAs(t, err, &p, c.reason) {
			assert.Equal(t, c.want, p.Error(), c.reason)
		}
	}
}
