package guideline

import (
	"slices"

	"github.com/reputekit/reputation/mention/lexis"
)

// A Linter is compiled Guidelines. It never changes and may be used from many goroutines.
type Linter struct {
	ids  []string
	rows map[string][]*rule // by id, those of each language
}

// Lint holds a text to the guidelines and gives what it finds, by place and then by rule. An Error means that the text
// must not go out so. It is quick enough to run at each key press.
func (l *Linter) Lint(text string, sc Scene) []Finding { return inOrder(l.lint(text, &sc)) }

func (l *Linter) lint(text string, sc *Scene) []Finding {
	var dst []Finding
	x := newReading(text)
	base := baseLanguage(sc.Lang)
	for _, id := range l.ids {
		rows := l.rows[id]
		own := slices.ContainsFunc(rows, func(r *rule) bool { return r.Lang == base })
		first := len(dst)
		if base == "" && rows[0].wants {
			dst = missing(dst, rows, x, sc)
			continue
		}
		for _, r := range rows {
			if !r.speaks(base, own) || !r.applies(sc) {
				continue
			}
			for _, h := range r.find(x, sc) {
				dst = append(dst, r.finding(h, sc))
			}
		}
		dst = dst[:first+len(longest(dst[first:]))]
	}
	return dst
}

// speaks reports whether a row is for texts of a language: its own rows if it has any, else those for every language,
// and the English ones too where they say what must not stand there. An unknown language is every language, but for
// conditionals: what one language wants behind a time no other has.
func (r *rule) speaks(base string, own bool) bool {
	usual := r.Lang == "" || r.Lang == "en" && !r.wants
	if base == "" {
		return usual || r.Kind != "conditional"
	}
	return r.Lang == base || !own && usual
}

// missing finds, in a text of an unknown language, what it lacks in each.
func missing(dst []Finding, rows []*rule, x *reading, sc *Scene) []Finding {
	var found []Finding
	for _, r := range rows {
		if !r.applies(sc) {
			continue
		}
		hits := r.find(x, sc)
		if len(hits) == 0 {
			return dst
		}
		if found == nil {
			for _, h := range hits {
				found = append(found, r.finding(h, sc))
			}
		}
	}
	return append(dst, found...)
}

// baseLanguage is empty where the language is not known.
func baseLanguage(tag string) string {
	if base := lexis.Base(tag); base != "und" {
		return base
	}
	return ""
}

func (r *rule) finding(h hit, sc *Scene) Finding {
	f := Finding{Rule: r.ID, Name: r.Name, Level: Warning, Start: h.start, End: h.end, Why: r.Why, Suggest: r.Suggest}
	if r.isError(sc) {
		f.Level = Error
	}
	if h.why != "" {
		f.Why = h.why + ": " + r.Why
	}
	return f
}
