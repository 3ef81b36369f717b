package guideline

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/spec"
)

// A hit is one place that a rule found, with its own why where the rule's is too general.
type hit struct {
	start, end int
	why        string
}

// A finder is what a kind of rule does.
type finder func(*reading, *Scene) []hit

// compile makes the finder of a rule.
func (r *rule) compile(path string, v *voice, problems *spec.Problems) {
	var err error
	kind, number, _ := strings.Cut(cmp.Or(r.Kind, "absent"), ":")
	if number != "" && kind != "max" {
		kind = r.Kind
	}
	switch kind {
	case "absent":
		r.find, err = absent(r.Pattern, r.Unless)
	case "require":
		r.wants = true
		r.find, err = require(r.Pattern)
	case "max":
		most, bad := strconv.Atoi(number)
		if bad != nil || most < 1 {
			problems.Add(spec.Join(path, "kind"), "%q: the number behind max: is 1 or more", r.Kind)
		}
		r.find, err = atMost(most, r.Pattern)
	case "near":
		r.find, err = near(r.Pattern)
	case "conditional":
		r.find, err = conditional(r.Pattern)
	case "pii":
		r.find = privateData
	case "overlap":
		r.wants, r.find = true, overlap(v)
	case "similar":
		r.find = similar
	case "number":
		r.find = promised(v)
	case "facts":
		r.find = unverified(v)
	default:
		problems.Add(spec.Join(path, "kind"),
			"%q is none of absent, require, max:N, near, conditional, pii, overlap, similar, number, facts", r.Kind)
	}
	if err != nil {
		problems.Add(spec.Join(path, "pattern"), "%v", err)
	}
	if r.Unless != "" && kind != "absent" {
		problems.Add(spec.Join(path, "unless"), "only a rule of kind absent has exceptions")
	}
}

// mostHits is how many places of one pattern are told: nobody reads more.
const mostHits = 1000

// marked is the name of the group that a finding marks, where a pattern also matches what stands around it.
const marked = "it"

// far is how many bytes before a match an exception may stand, and behind it the second part of a conditional.
const far = 40

// longestGiven is how many bytes more are looked at for the second part of a conditional, before and behind.
const longestGiven = 40

// absent finds what must not be there.
func absent(pattern, unless string) (finder, error) {
	re, need, err := compilePattern(pattern)
	if err != nil {
		return nil, err
	}
	except := func(string) bool { return false }
	if unless != "" {
		exception, _, err := compilePattern(unless)
		if err != nil {
			return nil, fmt.Errorf("unless: %w", err)
		}
		except = exception.MatchString
	}
	return func(x *reading, _ *Scene) []hit {
		if !need.in(x) {
			return nil
		}
		var out []hit
		for _, m := range places(re, x.text, mostHits) {
			if !except(before(x.text, m[0])) {
				out = append(out, hit{start: m[0], end: m[1]})
			}
		}
		return out
	}, nil
}

// before is what an exception is looked for in: the same sentence, and no more than far bytes of it.
func before(text string, at int) string {
	near := text[max(0, at-far):at]
	return near[strings.LastIndexAny(near, ".!?\n")+1:]
}

// places are where a pattern matches: of each match the marked group, where there is one and it took part. The search
// goes on behind what is marked, so that two matches may share the sign between them.
func places(re *regexp.Regexp, text string, most int) (out [][]int) {
	group := 2 * re.SubexpIndex(marked)
	if group < 0 {
		for _, m := range re.FindAllStringIndex(text, most) {
			if m[0] < m[1] {
				out = append(out, m)
			}
		}
		return out
	}
	for at := 0; at < len(text) && len(out) < most; {
		m := re.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		start, end := m[group], m[group+1]
		if start < 0 {
			start, end = m[0], m[1]
		}
		if start < end {
			out = append(out, []int{at + start, at + end})
		}
		_, size := utf8.DecodeRuneInString(text[at+m[0]:])
		at += max(end, m[0]+size)
	}
	return out
}

// require finds that something is missing, at the end of the text.
func require(pattern string) (finder, error) {
	re, need, err := compilePattern(pattern)
	if err != nil {
		return nil, err
	}
	return func(x *reading, _ *Scene) []hit {
		if need.in(x) && re.MatchString(x.text) {
			return nil
		}
		return []hit{{start: len(x.text), end: len(x.text)}}
	}, nil
}

// atMost finds what stands there too often: from the first that is too many.
func atMost(most int, pattern string) (finder, error) {
	re, need, err := compilePattern(pattern)
	if err != nil {
		return nil, err
	}
	return func(x *reading, _ *Scene) []hit {
		if !need.in(x) {
			return nil
		}
		all := places(re, x.text, mostHits+most)
		var out []hit
		for i := most; i < len(all); i++ {
			out = append(out, hit{start: all[i][0], end: all[i][1]})
		}
		return out
	}, nil
}

// between parts the two patterns of kind near, and the number of bytes between them.
var between = regexp.MustCompile(`~(\d{1,3})~`)

// near finds two things that must not stand near each other, in either order.
func near(pattern string) (finder, error) {
	at := between.FindStringSubmatchIndex(pattern)
	if at == nil {
		return nil, errors.New("a rule of kind near needs two patterns with ~80~ between, the number of bytes")
	}
	reach, _ := strconv.Atoi(pattern[at[2]:at[3]])
	first, need, err := compilePattern(pattern[:at[0]])
	if err != nil {
		return nil, err
	}
	second, needSecond, err := compilePattern(pattern[at[1]:])
	if err != nil {
		return nil, err
	}
	return func(x *reading, _ *Scene) []hit {
		if !need.in(x) || !needSecond.in(x) {
			return nil
		}
		ones, others := places(first, x.text, mostHits), places(second, x.text, mostHits)
		var out []hit
		for _, a := range ones {
			i := sort.Search(len(others), func(i int) bool { return others[i][1]+reach >= a[0] })
			if i < len(others) && others[i][0] <= a[1]+reach {
				out = append(out, hit{start: min(a[0], others[i][0]), end: max(a[1], others[i][1])})
			}
		}
		return out
	}, nil
}

// conditional finds what matches the part before => without the part behind it near.
func conditional(pattern string) (finder, error) {
	one, other, ok := strings.Cut(pattern, "=>")
	if !ok {
		return nil, errors.New("a conditional needs two patterns with => between")
	}
	first, need, err := compilePattern(one)
	if err != nil {
		return nil, err
	}
	second, _, err := compilePattern(other)
	if err != nil {
		return nil, err
	}
	return func(x *reading, _ *Scene) []hit {
		if !need.in(x) {
			return nil
		}
		text := x.text
		times := places(first, text, mostHits)
		if len(times) == 0 {
			return nil
		}
		var out []hit
		for _, m := range times {
			if !givenNear(second, text, m) {
				out = append(out, hit{start: m[0], end: m[0] + len(strings.TrimRight(text[m[0]:m[1]], " \t"))})
			}
		}
		return out
	}, nil
}

// givenNear reports whether a pattern matches on the line of the place m, ends behind its beginning, and begins within far
// bytes of its end.
func givenNear(pattern *regexp.Regexp, text string, m []int) bool {
	from := max(0, m[0]-longestGiven)
	from += strings.LastIndexByte(text[from:m[0]], '\n') + 1
	line, _, _ := strings.Cut(text[from:min(len(text), m[1]+far+longestGiven)], "\n")
	for _, given := range pattern.FindAllStringIndex(line, -1) {
		if from+given[1] > m[0] {
			return from+given[0] <= m[1]+far
		}
	}
	return false
}

func compilePattern(pattern string) (*regexp.Regexp, needed, error) {
	re, err := regexp.Compile(pattern)
	switch {
	case err != nil:
		return nil, nil, err
	case pattern == "" || re.MatchString(""):
		return nil, nil, errors.New("the pattern matches nothing at all, so it would match everywhere")
	}
	return re, needs(pattern), nil
}
