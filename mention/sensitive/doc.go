// Package sensitive finds private data in text, so that it is kept out of public replies and out of sight.
//
//	spans = sensitive.Find(spans[:0], text) // what, and where in the text
//	for _, s := range spans {
//		fmt.Println(s.Class, text[s.Start:s.End])
//	}
//	safe := sensitive.MaskSpans(text, spans) // or sensitive.Mask(text) at once
//
// A span is found by its shape and a check where its kind has one (a card number's issuer and check digit), or by a cue
// word before it where it has none (an order number). What has neither shape nor cue is not found: Find is a net, not a
// proof that a text is free of private data.
package sensitive
