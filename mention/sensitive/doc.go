// Package sensitive finds private data in text, so that it is kept out of public replies and out of sight.
//
//	spans = sensitive.Find(spans[:0], text) // what, and where in the text
//	for _, s := range spans {
//		if !ours(text[s.Start:s.End]) { // your own hotline, your own address
//			fmt.Println(s.Class, s.Start, s.End)
//		}
//	}
//	safe := sensitive.Mask(text) // or sensitive.MaskSpans(text, those)
//
// # How it is found
//
//   - By its form and a check: cards, IBANs, social security numbers, e-mail addresses, API tokens, and the national
//     numbers of Poland, Germany, France, Italy, Spain, Norway, Sweden, Finland and Brazil.
//   - By its form behind its own name, where one in ten numbers passes the check: the national numbers of Britain, the
//     Netherlands and Canada, and routing numbers of US banks.
//   - By a cue word before it, in English, Spanish and German, where it has no form: passwords and codes (with a sign
//     between, "password: ..."), order numbers, dates of birth, addresses, telephone numbers as they are dialled at home,
//     illnesses that are said of a person.
//
// What has neither form nor cue is not found, and what may as well be something else is not either, since replies are held
// back and posts are hidden because of what is found. Find is a net, not a proof that a text is free of private data.
//
// It is not found out whose it is. A shop's telephone number looks like a person's: leave out what is yours. Numbers
// that are free of charge to call, or charged by the minute, are nobody's own and not found.
//
// # What it costs
//
// One walk over the bytes sees whether there are digits, an @ or the first letters of a cue, and only the searches that
// can find something are made. Nothing is allocated in a buffer that is used again.
package sensitive
