package guideline

import (
	"errors"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/sensitive"
)

// A Linter is compiled Guidelines. It never changes and may be used from many goroutines.
type Linter struct {
	ids  []string
	rows map[string][]*rule // by id, one for each language
}

// Lint holds a text to the guidelines and gives what it finds, by place and then by rule. An Error means that the text
// must not go out so. It is quick enough to run at each key press.
func (l *Linter) Lint(text string, sc Scene) []Finding { return inOrder(l.lint(text, &sc)) }

// A hit is one place that a rule found, with its own why where the rule's is too general.
type hit struct {
	start, end int
	why        string
}

// A finder is what a kind of rule does. It is given the text and its folded form.
type finder func(text, folded string, sc *Scene) []hit

func (l *Linter) lint(text string, sc *Scene) []Finding {
	var dst []Finding
	folded := fold(text)
	base := baseLanguage(sc.Lang)
	for _, id := range l.ids {
		rows := l.rows[id]
		own := slices.ContainsFunc(rows, func(r *rule) bool { return r.Lang == base })
		first := len(dst)
		for _, r := range rows {
			if !r.speaks(base, own) || !r.applies(sc) {
				continue
			}
			for _, h := range r.find(text, folded, sc) {
				dst = append(dst, r.finding(h, sc))
			}
		}
		dst = dst[:first+len(longest(dst[first:]))]
	}
	return dst
}

// speaks reports whether a row is for texts of a language: its own rows if it has any, else the English ones and those
// for every language. An unknown language is every language, but for conditionals: what one language wants behind a
// time no other has.
func (r *rule) speaks(base string, own bool) bool {
	usual := r.Lang == "" || r.Lang == "en"
	if base == "" {
		return usual || r.Kind != "conditional"
	}
	return r.Lang == base || !own && usual
}

func baseLanguage(tag string) string {
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	if tag = strings.ToLower(tag); tag == "und" {
		return ""
	}
	return tag
}

func (r *rule) finding(h hit, sc *Scene) Finding {
	f := Finding{Rule: r.ID, Name: r.Name, Level: r.Level, Start: h.start, End: h.end, Why: r.Why, Suggest: r.Suggest}
	if r.crisisOnly && !sc.Crisis {
		f.Level = Warning
	}
	if h.why != "" {
		f.Why = h.why + ": " + r.Why
	}
	return f
}

// mostHits is how many places of one pattern are told: nobody reads more.
const mostHits = 1000

// marked is the name of the group that a finding marks, where a pattern also matches what stands around it.
const marked = "it"

// absent finds what must not be there.
func absent(pattern string) (finder, error) {
	re, need, err := compilePattern(pattern)
	if err != nil {
		return nil, err
	}
	group := 2 * max(0, re.SubexpIndex(marked))
	return func(text, folded string, _ *Scene) []hit {
		if !need.in(folded) {
			return nil
		}
		var out []hit
		if group == 0 {
			for _, m := range re.FindAllStringIndex(text, mostHits) {
				out = append(out, hit{start: m[0], end: m[1]})
			}
			return out
		}
		for _, m := range re.FindAllStringSubmatchIndex(text, mostHits) {
			if m[group] < m[group+1] {
				out = append(out, hit{start: m[group], end: m[group+1]})
			}
		}
		return out
	}, nil
}

// far is how many bytes behind a match the second part of a conditional may begin.
const far = 40

// conditional finds what matches the part before => without the part behind it near.
func conditional(pattern string) (finder, error) {
	before, behind, ok := strings.Cut(pattern, "=>")
	if !ok {
		return nil, errors.New("a conditional needs two patterns with => between")
	}
	first, need, err := compilePattern(before)
	if err != nil {
		return nil, err
	}
	second, _, err := compilePattern(behind)
	if err != nil {
		return nil, err
	}
	return func(text, folded string, _ *Scene) []hit {
		if !need.in(folded) {
			return nil
		}
		places := first.FindAllStringIndex(text, mostHits)
		if len(places) == 0 {
			return nil
		}
		givens := second.FindAllStringIndex(text, -1)
		var out []hit
		for _, m := range places {
			next := sort.Search(len(givens), func(i int) bool { return givens[i][1] > m[0] })
			if next == len(givens) || givens[next][0] > m[1]+far ||
				strings.Contains(text[m[0]:max(m[0], givens[next][0])], "\n") {
				out = append(out, hit{start: m[0], end: m[0] + len(strings.TrimRight(text[m[0]:m[1]], " \t"))})
			}
		}
		return out
	}, nil
}

func compilePattern(pattern string) (*regexp.Regexp, needed, error) {
	re, err := regexp.Compile(pattern)
	switch {
	case err != nil:
		return nil, needed{}, err
	case pattern == "" || re.MatchString(""):
		return nil, needed{}, errors.New("the pattern matches nothing at all, so it would match everywhere")
	}
	return re, needs(pattern), nil
}

// privateData finds private data by its shape, and what the scene says is private, but for what is ours.
func privateData(text, _ string, sc *Scene) []hit {
	var out []hit
	for _, s := range sensitive.Find(nil, text) {
		if !ours(text[s.Start:s.End], sc.Ours) {
			out = append(out, hit{start: s.Start, end: s.End, why: string(s.Class)})
		}
	}
	for _, value := range sc.Private {
		letters := reduced(value)
		if len(letters) < shortest || ours(value, sc.Ours) {
			continue
		}
		out = findLetters(out, text, letters)
	}
	return out[:min(len(out), mostHits)]
}

// shortest is how many letters and digits a private value has at least; shorter ones stand in any text by chance.
const shortest = 3

// reduced are the letters and digits of s, folded.
func reduced(s string) []rune {
	var out []rune
	for _, r := range s {
		if isLetter(r) {
			out = append(out, foldRune(r))
		}
	}
	return out
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// findLetters finds letters in text however they are cased and separated: 44-1092 in "order 44 1092".
func findLetters(out []hit, text string, letters []rune) []hit {
	border := true
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if border && isLetter(r) && foldRune(r) == letters[0] {
			if end := runOf(text[i:], letters); end > 0 {
				out = append(out, hit{start: i, end: i + end, why: "known to be private"})
				i += end
				border = false
				continue
			}
		}
		border = !isLetter(r)
		i += size
	}
	return out
}

// runOf is the length of the text that begins with letters, at most two separators between any two of them, and ends at
// a border; 0 when it does not.
func runOf(text string, letters []rune) int {
	next, gap := 0, 0
	for i, r := range text {
		switch {
		case next == len(letters):
			if isLetter(r) {
				return 0
			}
			return lastLetter(text[:i])
		case isLetter(r) && foldRune(r) == letters[next]:
			next, gap = next+1, 0
		case !isLetter(r) && r != '\n' && gap < 2:
			gap++
		default:
			return 0
		}
	}
	if next < len(letters) {
		return 0
	}
	return lastLetter(text)
}

func lastLetter(text string) int {
	return len(strings.TrimRightFunc(text, func(r rune) bool { return !isLetter(r) }))
}

// ours reports whether a value is one that we publish ourselves. Telephone numbers are also compared without country
// code and leading zeros.
func ours(value string, published []string) bool {
	a := string(reduced(value))
	for _, p := range published {
		b := string(reduced(p))
		if a == b {
			return true
		}
		if short, long := phoneDigits(a), phoneDigits(b); len(short) >= 7 && len(long) >= 7 &&
			(strings.HasSuffix(long, short) || strings.HasSuffix(short, long)) {
			return true
		}
	}
	return false
}

// phoneDigits are the digits of what is nothing but digits, without leading zeros.
func phoneDigits(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
		return ""
	}
	return strings.TrimLeft(s, "0")
}
