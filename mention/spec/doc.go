// Package spec reads specifications: plain data that a person writes, is told all that is wrong with at once, and
// compiles.
//
// A package that has a specification does this:
//
//	type Watchlist struct {
//		Subjects []Subject `json:"subjects"`
//	}
//
//	// Compile checks the list as a whole. The error is spec.Problems.
//	func (w Watchlist) Compile() (*Matcher, error) {
//		var p spec.Problems
//		for i, s := range w.Subjects {
//			path := spec.Index("subjects", i)
//			if s.Name == "" {
//				p.Add(spec.Join(path, "name"), "a subject needs a name")
//			}
//			p.Merge(path, s.check()) // problems of a part, under its path
//		}
//		if err := p.Err(); err != nil {
//			return nil, err
//		}
//		...
//	}
//
// Whoever reads it from a file uses [Decode], which is strict, and then Compile. Both give [Problems], so a person sees
// one list. What programs write for programs (rows, trails) goes through [Unmarshal] and [Marshal] instead, which keep
// members they do not know.
package spec
