package mention

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// variants gives the other ways in which people write a name that has several words: "Acme Air" as Acme-Air, AcmeAir and
// acme_air; "JetBlue" as Jet Blue. What would be an everyday word is left out. A spelling with @ or # has none.
func variants(spelling string) []string {
	if sigiled(spelling) {
		return nil
	}
	return spaced(bare(strings.TrimSpace(spelling)))
}

// bare is a spelling without the signs around it.
func bare(s string) string { return strings.TrimFunc(s, func(r rune) bool { return !isLetter(r) }) }

// spaced gives a name with each of the gaps that may stand between its words.
func spaced(name string) (out []string) {
	parts := strings.FieldsFunc(name, between)
	if len(parts) == 1 {
		parts = humps(name)
	}
	if len(parts) < 2 {
		return nil
	}
	for _, gap := range [...]string{" ", "-", "_", ""} {
		v := strings.Join(parts, gap)
		if gap != "" || !isCommon(v) {
			out = append(out, v)
		}
	}
	return out
}

func isCommon(word string) bool { return lexis.Common(lexis.Folding{}.Fold(word)) }

// loose gives the ways in which people write a name that has signs: "Yahoo!" as Yahoo, "Macy's" as Macys, "St. Pauli" as
// St Pauli, "J.Crew" as J Crew, "H&M" as H & M and, as some platforms give it out, H&amp;M; and where both words have two
// letters, "Marks & Spencer" as Marks and Spencer; and "Müller" as Mueller. What would be an everyday word, or has two
// letters, is left out.
func loose(spelling string) (out []string) {
	s := strings.TrimSpace(spelling)
	b := bare(s)
	if sigiled(s) || strings.IndexFunc(s, isSign) < 0 && !strings.ContainsAny(s, "äöüÄÖÜ") {
		return nil
	}
	if b != s {
		out = append(out, b)
	}
	for _, v := range []string{b, signless.Replace(b), parted.Replace(b), umlauts.Replace(b)} {
		if v != b {
			out = append(out, v)
			out = append(out, spaced(v)...)
		}
		for _, and := range ands(v) {
			out = append(out, and)
			out = append(out, spaced(and)...)
		}
	}
	return slices.DeleteFunc(out, func(v string) bool { return utf8.RuneCountInString(v) < 3 || isCommon(v) })
}

func isSign(r rune) bool { return !isLetter(r) && !between(r) }

// signless leaves signs out, parted puts spaces for dots, umlauts writes German letters without theirs.
var (
	signless = strings.NewReplacer(".", "", "'", "", "’", "", "`", "", "´", "", "\"", "", "“", "", "”", "",
		"! ", " ", "? ", " ", ", ", " ")
	parted  = strings.NewReplacer(". ", " ", ".", " ", "'", "", "’", "", "`", "", "´", "")
	umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue")
)

// ands gives the ways to write the & in a name.
func ands(name string) (out []string) {
	first, second, ok := strings.Cut(name, "&")
	if !ok || strings.Contains(second, "&") {
		return nil
	}
	first, second = strings.TrimSpace(first), strings.TrimSpace(second)
	signs := []string{"&", " & ", "&amp;", " &amp; "}
	if utf8.RuneCountInString(first) > 1 && utf8.RuneCountInString(second) > 1 {
		signs = append(signs, " and ", " und ", " y ")
	}
	for _, sign := range signs {
		out = append(out, first+sign+second)
	}
	return out
}

// A written spelling is one with its place in the list.
type written struct {
	at   spot
	form form
}

// variant adds another way to write a spelling.
func (c *compiler) variant(subject int, folded string, f form) {
	c.plural(folded)
	c.another(subject, form{spelled: folded, use: byVariant, sigil: f.sigil, korean: f.korean})
}

// another adds a pattern that nobody has written, if it can be looked for.
func (c *compiler) another(subject int, f form) {
	if f.spelled != "" && utf8.RuneCountInString(f.spelled) <= maxSpelling {
		c.pattern(subject, f)
	}
}

// unsigned adds the ways to write spellings without their signs that are no spelling of any subject: with Disney on the
// list, Disney is not Disney+. Nor are they what the subject ignores.
func (c *compiler) unsigned() {
	for _, x := range c.signed {
		for _, v := range loose(x.form.spelled) {
			v = c.fold(v)
			_, taken := c.owners[v]
			if taken || slices.ContainsFunc(c.m.subjects[x.at.subject].Ignore, func(p string) bool { return c.fold(p) == v }) {
				continue
			}
			c.owners[v] = x.at
			c.variant(x.at.subject, v, x.form)
			c.tagged(onlyLetters(v), c.m.subjects[x.at.subject].Digits)
		}
	}
}

// ignoreToo adds the other ways to write a phrase to ignore, but for what is no more than a spelling of the subject.
func (c *compiler) ignoreToo(subject int, phrase, folded string) {
	letters := onlyLetters(folded)
	c.tagged(letters, c.m.subjects[subject].Digits)
	ways := append(append(variants(phrase), loose(phrase)...), letters)
	for k, v := range ways {
		v = c.fold(v)
		ways[k] = v
		own, ok := c.owners[v]
		if v == folded || ok && own.subject == subject || slices.Index(ways, v) < k || c.unsignedSpelling(subject, v) {
			continue
		}
		c.another(subject, form{spelled: v, use: toIgnore})
	}
}

// unsignedSpelling reports whether a phrase is a spelling of the subject without its signs.
func (c *compiler) unsignedSpelling(subject int, folded string) bool {
	s := &c.m.subjects[subject]
	return slices.ContainsFunc(append([]string{s.Name}, s.Aliases...), func(spelling string) bool {
		return slices.ContainsFunc(loose(spelling), func(v string) bool { return c.fold(v) == folded })
	})
}

// between reports whether r may stand between the words of one name or be left out.
func between(r rune) bool {
	return r == ' ' || r == '-' || r == '_' || unicode.IsSpace(r) || unicode.Is(unicode.Pd, r)
}

// humps cuts a name before its inner capitals, JetBlue and USAirways in two. No part is shorter than two letters: "e
// Bay" and "i Phone" are not how people write.
func humps(s string) []string {
	runes := []rune(s)
	var parts []string
	from := 0
	for i := 1; i < len(runes); i++ {
		if !unicode.IsUpper(runes[i]) {
			continue
		}
		afterSmall := unicode.IsLower(runes[i-1])
		lastOfCapitals := unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1])
		if !afterSmall && !lastOfCapitals {
			continue
		}
		if i-from < 2 || len(runes)-i < 2 {
			return []string{s}
		}
		parts = append(parts, string(runes[from:i]))
		from = i
	}
	return append(parts, string(runes[from:]))
}

// onlyLetters is what misspellings of a spelling are counted in: its letters and digits, folded.
func onlyLetters(folded string) string {
	return strings.Map(func(r rune) rune {
		if isLetter(r) {
			return r
		}
		return -1
	}, folded)
}

// sigil is the @ or # that a spelling begins with, or 0.
func sigil(s string) byte {
	if len(s) > 1 && (s[0] == '@' || s[0] == '#') {
		return s[0]
	}
	return 0
}
