package guideline

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention/sensitive"
)

// overlap finds an answer that shares no word with what the customer said, and one that repeats what it must not: an
// insult, or an injury or a crime that no fact confirms.
func overlap(v *voice) finder {
	return func(x *reading, sc *Scene) []hit {
		if v == nil || sc.Said == "" {
			return nil
		}
		said, never := v.matter(sc.Said, sc.Facts)
		var out []hit
		shares := len(said) == 0
		for _, w := range wordsIn(x.text) {
			if why := never[w.is]; why != "" {
				out = append(out, hit{start: w.start, end: w.end, why: why})
			}
			shares = shares || said[stem(w.is)]
		}
		if !shares {
			out = append(out, hit{start: len(x.text), end: len(x.text)})
		}
		return out[:min(len(out), mostHits)]
	}
}

// matter gives the stems of the words that say what somebody is unhappy about, and the words that must not be repeated,
// each with the reason.
func (v *voice) matter(said string, facts []Fact) (stems map[string]bool, never map[string]string) {
	stems, never = map[string]bool{}, map[string]string{}
	private := sensitive.Find(nil, said)
	for _, w := range wordsIn(said) {
		for len(private) > 0 && private[0].End <= w.start {
			private = private[1:]
		}
		switch {
		case len(private) > 0 && private[0].Start < w.end:
		case w.start > 0 && (said[w.start-1] == '@' || said[w.start-1] == '/'):
		case v.insult[w.is]:
			never[w.is] = "it repeats an insult"
		case v.harm[w.is]:
			if !slices.ContainsFunc(facts, func(f Fact) bool { return !f.Expired && !f.Retracted && hasStem(f.Says, stem(w.is)) }) {
				never[w.is] = "it repeats an injury or a crime that nobody has confirmed"
			}
		case v.idle[w.is], len(w.is) < 4:
		default:
			stems[stem(w.is)] = true
		}
	}
	return stems, never
}

func hasStem(text, want string) bool {
	return slices.ContainsFunc(wordsIn(text), func(w word) bool { return stem(w.is) == want })
}

// alike is the share of three words in a row, in per cent of both texts', from which two answers are one and the same,
// and leastWords how many words an answer has at least before that says anything.
const (
	alike      = 60
	leastWords = 6
)

// similar finds an answer that was given before.
func similar(x *reading, sc *Scene) []hit {
	if len(sc.Earlier) == 0 {
		return nil
	}
	own := threes(x.text)
	for _, earlier := range sc.Earlier {
		others, shared := threes(earlier), 0
		for t := range own {
			if others[t] {
				shared++
			}
		}
		if all := len(own) + len(others) - shared; all > 0 && shared*100 >= alike*all {
			return []hit{{start: 0, end: len(x.text)}}
		}
	}
	return nil
}

// threes are the runs of three words of a text, of a short one the text as a whole.
func threes(text string) map[string]bool {
	words := wordsIn(text)
	out := map[string]bool{}
	if len(words) < leastWords {
		var b strings.Builder
		for _, w := range words {
			b.WriteString(w.is + " ")
		}
		if len(words) > 0 {
			out[b.String()] = true
		}
		return out
	}
	for i := 2; i < len(words); i++ {
		out[words[i-2].is+" "+words[i-1].is+" "+words[i].is] = true
	}
	return out
}

// unverified finds what is claimed of the past without a fact: a sentence with a word such as delivered or refunded, and
// what slots for facts were filled with.
func unverified(v *voice) finder {
	return func(x *reading, sc *Scene) []hit {
		var out []hit
		for _, value := range sc.Claims {
			if at := strings.Index(x.text, value); value != "" && at >= 0 {
				if why, ok := supported(sc.Facts, func(says string) bool { return strings.Contains(fold(says), fold(value)) }); !ok {
					out = append(out, hit{at, at + len(value), why})
				}
			}
		}
		if v == nil {
			return out
		}
		if v.claimNeeds.in(x) {
			out = append(out, v.unsupported(v.claim, x, sc)...)
		}
		if sc.Statement && v.publicNeeds.in(x) {
			out = append(out, v.unsupported(v.claimPublic, x, sc)...)
		}
		return out[:min(len(out), mostHits)]
	}
}

// unsupported are the places where a sentence claims what no fact says.
func (v *voice) unsupported(claim *regexp.Regexp, x *reading, sc *Scene) (out []hit) {
	for _, s := range x.sentences() {
		text := x.text[s.start:s.end]
		if s.asks {
			continue
		}
		for _, m := range claim.FindAllStringSubmatchIndex(text, mostHits) {
			start, end := claimed(m)
			if !v.claims(text, start, end) || v.noClaim.MatchString(v.statement(text, start, end)) {
				continue
			}
			if why, ok := supported(sc.Facts, func(says string) bool { return v.says(says, text, text[start:end]) }); !ok {
				out = append(out, hit{s.start + start, s.start + end, why})
			}
		}
	}
	return out
}

// Rests returns what the facts say that a text rests on: those of the scene without which it claims more than is verified,
// or would if they were the only ones.
func (l *Linter) Rests(text string, sc Scene) (says []string) {
	facts := sc.Facts
	sc.Facts = nil
	bare := l.unverified(text, &sc)
	if bare == 0 {
		return nil
	}
	for _, f := range facts {
		sc.Facts = []Fact{f}
		if !f.Expired && !f.Retracted && !slices.Contains(says, f.Says) && l.unverified(text, &sc) < bare {
			says = append(says, f.Says)
		}
	}
	return says
}

// unverified counts what a text claims and no fact says.
func (l *Linter) unverified(text string, sc *Scene) (n int) {
	x, base := newReading(text), baseLanguage(sc.Lang)
	for _, id := range l.ids {
		rows := l.rows[id]
		own := slices.ContainsFunc(rows, func(r *rule) bool { return r.Lang == base })
		for _, r := range rows {
			if r.Kind == "facts" && r.speaks(base, own) && r.applies(sc) {
				n += len(r.find(x, sc))
			}
		}
	}
	return n
}

// claimed is the word of claim in a match: its first group that took part.
func claimed(m []int) (start, end int) {
	for i := 2; i < len(m); i += 2 {
		if m[i] >= 0 {
			return m[i], m[i+1]
		}
	}
	return m[0], m[1]
}

// statement is the part of a sentence that a word stands in: what is asked or hoped for in the next one takes nothing
// back.
func (v *voice) statement(text string, start, end int) string {
	from, to := 0, len(text)
	for _, m := range v.joins.FindAllStringIndex(text, mostHits) {
		switch {
		case m[1] <= start:
			from = m[1]
		case m[0] >= end:
			to = min(to, m[0])
		}
	}
	return text[from:to]
}

// nearby is how many bytes before and behind a word of claim are looked at for the words beside it.
const nearby = 160

// claims reports whether the word of claim at text[start:end] claims something: not at the beginning ("Received!"), not
// behind an article, and not that we received a message.
func (v *voice) claims(text string, start, end int) bool {
	before := wordsIn(text[max(0, start-nearby):start])
	n := len(before)
	if n == 0 || v.after[before[n-1].is] {
		return false
	}
	if !slices.ContainsFunc(wordsIn(text[start:end]), func(w word) bool { return v.arrives[w.is] }) {
		return true
	}
	isMail := func(w word) bool { return v.mail[w.is] }
	behind := wordsIn(text[end:min(len(text), end+nearby)])
	if slices.ContainsFunc(behind[:min(len(behind), 6)], isMail) {
		return false
	}
	return n == 1 || !slices.ContainsFunc(before[max(0, n-3):], isMail) // a language that puts its verb last
}

// says reports whether a fact says what a sentence claims: its word of claim, and one word of the matter.
func (v *voice) says(fact, text, claim string) bool {
	want := stem(strings.ToLower(claim))
	if !hasStem(fact, want) {
		return false
	}
	return slices.ContainsFunc(wordsIn(text), func(w word) bool {
		return len(w.is) >= 4 && !v.idle[w.is] && stem(w.is) != want && hasStem(fact, stem(w.is))
	})
}

// supported reports whether a fact that still holds says it, and why not where one did.
func supported(facts []Fact, says func(string) bool) (why string, ok bool) {
	for _, f := range facts {
		if says(f.Says) {
			switch {
			case f.Retracted:
				why = "the fact was retracted"
			case f.Expired:
				why = "the fact has expired"
			default:
				return "", true
			}
		}
	}
	return why, false
}
