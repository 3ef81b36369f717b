// Package lexis finds words in text as people write it: in any case and width, with typographic quotes, invisible
// characters and broken bytes, and says where they stand in the text as it was.
//
// To find many words or phrases at once:
//
//	a, err := lexis.Compile([]lexis.Pattern{
//		{ID: 1, Text: "refund"},
//		{ID: 2, Text: "cancel", Stem: true}, // cancelled, cancellation ...
//	}, lexis.Folding{})                      // once; safe for concurrent use
//
//	matches = a.Append(matches[:0], text) // as often as you like, nothing is allocated
//	for _, m := range matches {
//		fmt.Println(m.ID, text[m.Start:m.End])
//	}
//
// To walk the words of a text, folded:
//
//	words := lexis.Words(text)
//	for words.Next() {
//		score += lexicon[string(words.Folded())]
//	}
//
// # Folding
//
// Text and patterns are compared folded. Folding is a walk, not a copy: [Folder] gives each folded rune with the bytes
// of the original it stands for. It is NFKC (half and full width, ligatures, mathematical letters, composed and
// decomposed accents are the same) with these departures:
//
//   - Case is folded, ß to ss; all four of I, i, İ and ı to i, so that Turkish names are found in capitals.
//   - What cannot be seen is dropped: zero-width characters, soft hyphens, variation selectors, direction marks.
//   - Typographic apostrophes, quotes and dashes become ' " and -, also ´ and ` which stand for an apostrophe.
//   - White space of any kind and length becomes one space.
//   - Spacing accents and ™ stay as they are; NFKC would glue letters or marks to the word before.
//   - A byte that is no UTF-8 becomes one U+FFFD, one byte wide.
//   - On request ([Folding]) accents of Latin, Greek and Cyrillic letters are set aside.
//
// # Look-alikes
//
// A [Pattern] may allow that its letters are written with what looks like them ([Alike]): letters of other scripts,
// small capitals, digits, signs. Which look like which stands in words/alike.txt; [Match] says whether any was needed.
// So that no Russian or Greek word becomes a Latin name, each word of the match in which a look-alike stands must hold
// a letter of its own, or with AlikeWhole at least one letter: Аcme with one Cyrillic letter is Acme, асе is not ace.
// Small capitals and other odd Latin letters need no company, and what NFKC makes Latin letters of is none at all.
// [LooksLike] tells of one rune what it looks like.
//
// # Borders
//
// A pattern matches whole words: it must begin and end at a border ([Border]). Where a script writes words without
// spaces (Han, Kana, Thai, Lao, Khmer, Burmese) every place is one. Hangul has one against any other script, since
// particles follow a name directly.
//
// # Cost
//
// A walk looks at the words of plain ASCII text eight bytes at a time, and at one more closely only when it may begin a
// pattern by its hash, and the word after it too where the pattern has two. What is not ASCII is folded rune by rune. So
// the cost grows with the text and with what is found in it, hardly with the number of patterns. Patterns that begin
// with two signs or consist of one, and stems of one or two letters, have more places to be looked at.
package lexis
