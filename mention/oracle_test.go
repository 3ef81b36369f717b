package mention_test

import (
	"cmp"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/rows"
)

// A naive matcher tries every spelling, in every way to write it, at every place of a text. It knows all options but
// misspellings, which slowNears has, and neither plurals nor names inside hashtags.
type naive struct {
	folding  lexis.Folding
	subjects []mention.Subject
	table    map[[2]rune]string // the kind of a look-alike, by it and its letter
	writings []writing
}

// A writing is one way to write a spelling, or a phrase that decides about others.
type writing struct {
	runes    []rune
	written  string // as in the watchlist, empty for other ways to write it
	subject  int
	spelling mention.Spelling // as it stands; empty for a phrase
	near     bool
	host     bool
	whole    bool // words wholly of other scripts count
}

func newNaive(t testing.TB, w mention.Watchlist) *naive {
	n := &naive{folding: lexis.Folding{StripAccents: w.IgnoreAccents}, subjects: w.Subjects, table: map[[2]rune]string{}}
	b, err := os.ReadFile("lexis/words/alike.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(b)) {
		fields := strings.Fields(line)
		for _, f := range fields[2:] {
			n.table[[2]rune{[]rune(f)[0], []rune(fields[1])[0]}] = fields[0]
		}
	}
	for i, s := range w.Subjects {
		n.add(i, s.Name, mention.Exact)
		for _, a := range s.Aliases {
			n.add(i, a, mention.Alias)
		}
		for _, p := range s.Ignore {
			n.add(i, p, "")
			n.phrase(writing{written: string(lettersOf(n.folding, p)), subject: i})
		}
		for _, p := range s.Near {
			n.phrase(writing{written: p, subject: i, near: true})
		}
	}
	return n
}

func (n *naive) phrase(x writing) {
	x.runes = []rune(strings.TrimSpace(n.folding.Fold(x.written)))
	x.whole = x.host || len(lettersOf(lexis.Folding{}, x.written)) >= 8
	n.writings = append(n.writings, x)
}

// add adds a spelling with the ways to write it: its words apart, together, or with a hyphen or underscore between, and
// without the signs around it. The watchlists here have no spelling whose words together are an everyday word.
func (n *naive) add(subject int, spelling string, as mention.Spelling) {
	host := strings.HasSuffix(spelling, ".com")
	n.phrase(writing{written: spelling, subject: subject, spelling: as, host: host})
	if host || strings.ContainsAny(spelling[:1], "@#") {
		return
	}
	other := mention.Folded
	if as == "" {
		other = "" // a phrase to ignore is one, however it is written
	}
	bare := strings.TrimFunc(spelling, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	var spaced strings.Builder
	before := ' '
	for _, r := range bare {
		if unicode.IsLower(before) && unicode.IsUpper(r) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(r)
		before = r
	}
	words := strings.FieldsFunc(spaced.String(), func(r rune) bool { return r == ' ' || r == '-' || r == '_' })
	for _, gap := range []string{" ", "-", "_", ""} {
		n.phrase(writing{written: strings.Join(words, gap), subject: subject, spelling: other, host: host})
	}
}

func lettersOf(f lexis.Folding, s string) (out []rune) {
	for _, r := range f.Fold(s) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			out = append(out, r)
		}
	}
	return out
}

// like reports whether runes are a writing, but for look-alikes, and whether it takes any.
func (n *naive) like(x *writing, runes []rune, text string, start int) (alike, ok bool) {
	if len(runes) != len(x.runes) {
		return false, false
	}
	inWord := func(i int) bool {
		return 0 <= i && i < len(runes) && !lexis.Border("x"+string(runes[i]), 1) && runes[i] != '_'
	}
	digits := n.subjects[x.subject].Digits && !x.host
	used, own, script := false, false, false
	for i, want := range x.runes {
		kind := n.table[[2]rune{runes[i], want}]
		switch {
		case runes[i] == want:
			own = own || unicode.IsLetter(want)
		case kind == "" || x.near, (kind == "digit" || kind == "sign") && !digits,
			kind == "sign" && !(inWord(i+1) && (inWord(i-1) || runes[i] == '$' && (i > 0 || lexis.Border(text[:start]+"x", start)))):
			return false, false
		default:
			used, own, script = true, own || kind == "latin", script || kind == "script"
		}
		if i+1 == len(runes) || runes[i] == want && !inWord(i) {
			if used && !own && !(script && x.whole) {
				return false, false
			}
			alike = alike || used
			used, own, script = false, false, false
		}
	}
	return alike, true
}

// A place is where a writing stands.
type place struct {
	start, end, subject int
	spelling            mention.Spelling
	near                bool
}

func (n *naive) places(text string) (out []place) {
	for i := range len(text) {
		if !lexis.Border(text, i) {
			continue
		}
		for j := i + 1; j <= min(len(text), i+80); j++ {
			if !lexis.Border(text, j) || trimmed(text[i:j]) != text[i:j] {
				continue
			}
			part := text[i:j]
			runes := []rune(n.folding.Fold(part))
			for k := range n.writings {
				x := &n.writings[k]
				alike, ok := n.like(x, runes, text, i)
				if !ok || strings.ContainsRune("@#", x.runes[0]) && !lexis.Border(text[:i]+"x", i) || x.host && !hostEnds(text, i, j) {
					continue
				}
				p := place{i, j, x.subject, x.spelling, x.near}
				switch {
				case x.spelling == "":
				case alike && x.host:
					p.spelling = mention.Misspelled
				case alike:
					p.spelling = mention.LookAlike
				case part != x.written:
					p.spelling = mention.Folded
				}
				out = append(out, p)
			}
		}
	}
	return out
}

// hostEnds reports whether no label stands behind a host, nor the @ of another, and no hyphen before it.
func hostEnds(text string, start, end int) bool {
	if r, _ := utf8.DecodeLastRuneInString(text[:start]); unicode.Is(unicode.Pd, r) {
		return false
	}
	label := func(r rune) bool { return r == '-' || r == '_' || unicode.In(r, unicode.L, unicode.N, unicode.M) }
	var rest []rune
	for _, r := range text[end:] {
		if !unicode.Is(unicode.Cf, r) {
			rest = append(rest, r)
		}
	}
	if len(rest) > 1 && (strings.ContainsRune(".。．｡@", rest[0]) || unicode.Is(unicode.Pd, rest[0])) {
		return !label(rest[1])
	}
	if len(rest) > 0 && rest[0] == ':' {
		user := slices.IndexFunc(rest, func(r rune) bool { return r == '@' || strings.ContainsRune("/?#", r) || unicode.IsSpace(r) })
		return user < 2 || rest[user] != '@' || user+1 == len(rest) || !label(rest[user+1])
	}
	return true
}

// match gives the hits as the text of "subject start-end spelling".
func (n *naive) match(text string) (out []string) {
	all := n.places(text)
	var names []place
	for _, p := range all {
		s := &n.subjects[p.subject]
		if p.spelling == "" || slices.ContainsFunc(all, func(x place) bool {
			return x.spelling == "" && !x.near && x.subject == p.subject && x.start <= p.start && p.end <= x.end
		}) {
			continue
		}
		tagged := strings.ContainsAny(text[p.start:p.start+1], "@#") && p.end > p.start+1 ||
			p.start > 0 && strings.ContainsAny(text[p.start-1:p.start], "@#")
		if len(s.Near) > 0 && !tagged && !slices.ContainsFunc(all, func(x place) bool {
			between := ""
			switch {
			case !x.near || x.subject != p.subject:
				return false
			case x.end <= p.start:
				between = text[x.end:p.start]
			case p.end <= x.start:
				between = text[p.end:x.start]
			default:
				return false
			}
			return wordsIn(between) <= mention.NearWords
		}) {
			continue
		}
		names = append(names, p)
	}
	order := []mention.Spelling{mention.Exact, mention.Alias, mention.Folded, mention.LookAlike, mention.Misspelled}
	slices.SortFunc(names, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end),
			cmp.Compare(slices.Index(order, a.spelling), slices.Index(order, b.spelling)),
			cmp.Compare(n.subjects[a.subject].Name, n.subjects[b.subject].Name))
	})
	last := 0
	for _, p := range names {
		if p.start >= last {
			out = append(out, fmt.Sprintf("%s %d-%d %s", n.subjects[p.subject].Name, p.start, p.end, p.spelling))
			last = p.end
		}
	}
	return out
}

// plainly gives the hits of a matcher that the naive one knows. ok is false where one that it does not know stands.
func (n *naive) plainly(text string, hits []mention.Hit) (out []string, ok bool) {
	if len(hits) == 0 {
		return nil, true
	}
	all := n.places(text)
	for _, h := range hits {
		inside := !lexis.Border(text, h.Start) || !lexis.Border(text, h.End)
		plural := !slices.ContainsFunc(all, func(p place) bool { return p.start == h.Start && p.end == h.End })
		if inside || plural {
			return nil, false
		}
		out = append(out, fmt.Sprintf("%s %d-%d %s", h.Subject, h.Start, h.End, h.Spelling))
	}
	return out, true
}

// optioned has every option but misspellings.
func optioned(accents bool) mention.Watchlist {
	w := airlines()
	w.IgnoreAccents = accents
	for i := range w.Subjects {
		w.Subjects[i].Misspellings = 0
		w.Subjects[i].Digits = i%2 == 0
	}
	w.Subjects = append(w.Subjects,
		mention.Subject{Name: "B6", Kind: mention.Brand, Digits: true},
		mention.Subject{Name: "Boston Logan", Kind: mention.Location, Ignore: []string{"Boston Logan Express"}},
		mention.Subject{Name: "t.co", Kind: mention.Site, Aliases: []string{"jetblue.com"}},
		mention.Subject{Name: "Café-Crew", Kind: mention.Product, Aliases: []string{"acme.com", "!Olé!", "日本", "Ace"}},
		mention.Subject{Name: "Delta", Kind: mention.Competitor, Near: []string{"ca fe", "jet"}, Ignore: []string{"the-Delta"},
			Aliases: []string{"@delta", "#delta"}},
	)
	w.Subjects[8].Name, w.Subjects[8].Aliases = "united.com", []string{"jetblue.com"}
	return w
}

// disguise writes some letters of a text otherwise.
func (n *naive) disguise(r *rand.Rand, text string) string {
	out := []rune(text)
	pairs := slices.SortedFunc(func(yield func([2]rune) bool) {
		for p := range n.table {
			if !yield(p) {
				return
			}
		}
	}, func(a, b [2]rune) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for i, c := range out {
		if r.Intn(5) > 0 {
			continue
		}
		if some := slices.DeleteFunc(slices.Clone(pairs), func(p [2]rune) bool { return p[1] != unicode.ToLower(c) }); len(some) > 0 {
			out[i] = some[r.Intn(len(some))][0]
		}
	}
	return string(out)
}

// TestMatchAgreesOnPosts matches real posts, and some of them in disguise.
func TestMatchAgreesOnPosts(t *testing.T) {
	r := rand.New(rand.NewSource(8))
	posts, skipped, found, alike := 0, 0, 0, 0
	for _, accents := range []bool{false, true} {
		w := optioned(accents)
		m, n := compile(t, w), newNaive(t, w)
		line := 0
		for row, err := range rows.ReadLines(data(t, "airline-tweets.jsonl"), rows.Fields{Text: "text"}) {
			require.NoError(t, err)
			if line++; line%24 > 0 {
				continue // the naive matcher takes its time
			}
			text := row.Mention.Text
			if line%48 == 0 {
				text = n.disguise(r, text)
			}
			posts++
			hits := m.Match(nil, text)
			got, ok := n.plainly(text, hits)
			if !ok {
				skipped++
				continue
			}
			require.Equal(t, n.match(text), got, "%q", text)
			found += len(got)
			for _, h := range hits {
				if h.Spelling == mention.LookAlike {
					alike++
				}
			}
		}
	}
	t.Logf("%d posts, %d hits, %d of them look-alikes, as the naive matcher finds them; %d posts with others", posts, found, alike, skipped)
	require.Greater(t, found, 800)
	require.Greater(t, alike, 100)
	require.Less(t, skipped, posts/10)
}

func FuzzMatchAgrees(f *testing.F) {
	var matchers [2]*mention.Matcher
	var naives [2]*naive
	for i := range matchers {
		w := optioned(i == 1)
		m, err := w.Compile()
		require.NoError(f, err)
		matchers[i], naives[i] = m, newNaive(f, w)
	}
	for _, c := range append(matches, matches...) {
		f.Add(c.text, false)
	}
	for _, c := range looks {
		f.Add(c.text, true)
	}
	f.Add("un1ted.com www.united.com.x jetblue.com:a@b acme.com@x !ole! the delta jet Сafé Сrew", true)
	f.Fuzz(func(t *testing.T, text string, accents bool) {
		if len(text) > 100 {
			return
		}
		i := 0
		if accents {
			i = 1
		}
		if got, ok := naives[i].plainly(text, matchers[i].Match(nil, text)); ok {
			require.Equal(t, naives[i].match(text), got, "%q", text)
		}
	})
}
