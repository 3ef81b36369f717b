// Package mention says what was said, and which of the subjects on a watchlist it names.
//
// A program that listens does this:
//
//	list := mention.Watchlist{Subjects: []mention.Subject{
//		{Name: "Acme Air", Kind: mention.Brand, Aliases: []string{"@AcmeAir"}, Misspellings: 1},
//	}}
//	matcher, err := list.Compile() // 1. once; the error lists all that is wrong (spec.Problems)
//
//	for row, err := range rows.Read(file, rows.Fields{}) { // 2. or take them from a connector
//		if err != nil { // 3. a *RowError is one bad row; any other error is the last
//			continue
//		}
//		m := row.Mention                              // 4. canonical: Canonical does it for those from elsewhere
//		hits = matcher.MatchMention(hits[:0], &m)     // 5. as often as you like, from as many goroutines as you like
//		for _, h := range hits {
//			fmt.Println(h.Subject, h.Spelling, h.Text(m.Text))
//		}
//	}
//
// # Text and offsets
//
// Offsets are bytes into [Mention.Text] as it is stored, that is after [Mention.Canonical], and cut at the borders of
// runes. Keep the raw bytes elsewhere if you need them.
//
// # What counts as a name
//
// A subject's name and aliases are looked for as whole words, without regard to case, width, invisible characters and
// the form of quotes and accents (package lexis has the details), with the words of a name written apart, together, or
// with a hyphen or underscore between. An alias with @ or # in front is looked for as a handle or hashtag only; one
// without is found in those too.
//
//   - Signs in a name may be left out, or written as people do: McDonalds, TJ Maxx for T.J. Maxx, H & M, Marks and
//     Spencer, Mueller for Müller; but not where that is an everyday word, or the spelling of another subject. So it is
//     in phrases of Ignore; a spelling without its signs that stands there is none.
//   - A possessive 's may follow, a plural's s or es (behind three letters, the last one Latin), and a Korean particle
//     after a Korean letter.
//   - In a hashtag a name may be one of several words. The words are told by capitals, digits and underscores:
//     #ByeAcmeAir2. In a tag that has none of them a name counts at its beginning, if it has five letters and is no
//     everyday word: #acmeairfail. Such names need their Near, and what is to be ignored is ignored there, too.
//   - Letters that only look like a name's own may stand for them: those of Cyrillic, Greek and Armenian, small capitals
//     and others (package lexis has the table). The hit says so ([LookAlike]). A word of the text must keep a Latin letter,
//     so that a Russian word is no Latin name that is spelled alike: Оса is no Oca, but Оcа is. From eight letters on
//     that is not asked for. Digits and signs may stand for letters only where [Subject.Digits] says so: 4cme, v!rgin.
//   - [Subject.Misspellings] allows edits. What is an everyday word of English, Spanish or German, or a regular form of
//     one, is not taken for a misspelled name, unless it is written like one, with a capital inside a sentence, or stands
//     right beside a word of Near.
//   - A site, and any spelling written as a host, such as acme.com, is found as a host and in its subdomains: in
//     https://www.acme.com/x and jo@acme.com, not in notacme.com, acme.com.evil.io and acme.com@evil.io. A host that has
//     letters of other scripts for its own is a misspelling of it, in Punycode, too (xn--cme-5cd.com); with Misspellings
//     so are hosts that look like it otherwise: acrne.com is acme.com misspelled, acme-support.com is another host. With a
//     path behind it, as in acme.com/shop, it is found where an address begins so.
//   - [Matcher.MatchMention] also tells who only looks like us, and [Matcher.Addressed] whom a mention speaks to.
//
// # Purity
//
// The package reads no clock and no file but the reader it is given. A Matcher never changes; the same text gives the
// same hits on every machine.
package mention
