package guideline

import (
	"regexp"
	"strings"
	"unicode"
)

// A voice is what the rules that look at what was said know of a language.
type voice struct {
	idle   map[string]bool // words that say nothing of the matter
	insult map[string]bool
	harm   map[string]bool // injury and crime
	mail   map[string]bool // what is received without claiming anything
	after  map[string]bool // a word of claim behind one of these claims nothing: the lost bag

	arrives map[string]bool // the words of claim that are also said of mail

	claim, noClaim *regexp.Regexp
	claimPublic    *regexp.Regexp // what is claimed besides in a word to everybody: that it is repaired, that nothing is stolen
	joins          *regexp.Regexp // what parts a sentence into statements of their own
	offer, noOffer *regexp.Regexp
	promise        *regexp.Regexp // an offer whatever else the sentence says

	claimNeeds, publicNeeds, offerNeeds needed
}

// readVoices gives the voices by base language. A text in another language is not held to the rules that need one.
func readVoices() map[string]*voice {
	out := map[string]*voice{}
	data, _ := builtin.ReadFile("rules/voices.tsv")
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		f := strings.SplitN(line, "\t", 3)
		v := out[f[0]]
		if v == nil {
			v = &voice{}
			out[f[0]] = v
		}
		switch what, data := f[1], f[2]; what {
		case "idle":
			v.idle = wordSet(data)
		case "insult":
			v.insult = wordSet(data)
		case "harm":
			v.harm = wordSet(data)
		case "mail":
			v.mail = wordSet(data)
		case "arrives":
			v.arrives = wordSet(data)
		case "not_after":
			v.after = wordSet(data)
		case "claim":
			v.claim, v.claimNeeds = regexp.MustCompile(data), needs(data)
		case "claim_public":
			v.claimPublic, v.publicNeeds = regexp.MustCompile(data), needs(data)
		case "no_claim":
			v.noClaim = regexp.MustCompile(data)
		case "joins":
			v.joins = regexp.MustCompile(data)
		case "promise":
			v.promise = regexp.MustCompile(data)
		case "offer":
			v.offer, v.offerNeeds = regexp.MustCompile(data), needs(data)
		case "no_offer":
			v.noOffer = regexp.MustCompile(data)
		}
	}
	return out
}

func wordSet(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// A word is a run of letters of a text, with apostrophes in it, in small letters.
type word struct {
	start, end int
	is         string
}

func wordsIn(text string) (out []word) {
	start := -1
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsMark(r)
		if start >= 0 && (r == '\'' || r == '’' || r == '-') && i+1 < len(text) && isLetterAt(text[i:], r) {
			continue
		}
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			out = append(out, newWord(text, start, i))
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, newWord(text, start, len(text)))
	}
	return out
}

func newWord(text string, start, end int) word {
	return word{start, end, strings.ReplaceAll(strings.ToLower(text[start:end]), "’", "'")}
}

// isLetterAt reports whether a letter stands behind the rune that s begins with.
func isLetterAt(s string, r rune) bool {
	for _, next := range s[len(string(r)):] {
		return unicode.IsLetter(next)
	}
	return false
}

// stem is what is compared of a word: five letters tell most words apart and leave their endings out.
func stem(w string) string {
	n := 0
	for i := range w {
		if n == 5 {
			return w[:i]
		}
		n++
	}
	return w
}

// A sentence is text[start:end].
type sentence struct {
	start, end int
	asks       bool // it ends with a question mark
}

// shortenings end in a full stop that ends no sentence.
var shortenings = wordSet("approx ca aprox max máx mind incl inkl bzw nr núm mr mrs ms dr sr sra")

// shortened reports whether the last word of s is such a one.
func shortened(s string) bool {
	return shortenings[strings.ToLower(s[strings.LastIndexAny(s, " \n(")+1:])]
}

// longSentence is how many bytes a sentence has before it is cut at the next space: whoever writes a megabyte without a full
// stop must not make everybody wait.
const longSentence = 1000

// sentences cuts the text where a sentence ends.
func (x *reading) sentences() []sentence {
	if x.parts != nil {
		return x.parts
	}
	start := 0
	add := func(end int, asks bool) {
		if strings.TrimSpace(x.text[start:end]) != "" {
			x.parts = append(x.parts, sentence{start, end, asks})
		}
		start = end
	}
	for i, r := range x.text {
		if long := i - start; long >= longSentence && (r == ' ' || long >= 2*longSentence) {
			add(i, false)
		}
		switch r {
		case '\n':
			if !strings.HasSuffix(strings.TrimRight(x.text[start:i], " \t\r"), ":") { // "We refund:" goes on below
				add(i, false)
			}
		case '!', '?', '.', '…', '。', '！', '？':
			next := i + len(string(r))
			if r != '.' || next == len(x.text) || (x.text[next] == ' ' || x.text[next] == '\n') && !shortened(x.text[start:i]) {
				add(next, r == '?' || r == '？')
			}
		}
	}
	add(len(x.text), false)
	return x.parts
}
