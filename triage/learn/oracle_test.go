package learn_test

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/triage/learn"
)

// An oracle judges texts slowly, from the bytes of a model file and the description of its features alone.
type oracle struct {
	Labels []string
	Bits   int
	Unit   int
	Slope  float64
	Bias   []float64
	rows   []byte
}

func newOracle(t testing.TB, file []byte) *oracle {
	size := int(binary.LittleEndian.Uint32(file[10:]))
	o := &oracle{rows: file[14+size:]}
	require.NoError(t, json.Unmarshal(file[14:14+size], o))
	return o
}

func (o *oracle) weight(feature uint32, label int) float64 {
	at := 2 * (int(feature>>(32-o.Bits))*len(o.Labels) + label)
	return float64(int16(binary.LittleEndian.Uint16(o.rows[at:])))
}

// probabilities are those of all labels, nil for a text without a token.
func (o *oracle) probabilities(text string) []float64 {
	features := featuresOf(text)
	if len(features) == 0 {
		return nil
	}
	p, all := make([]float64, len(o.Labels)), 0.0
	for c := range p {
		sum := 0.0
		for _, f := range features {
			sum += o.weight(f, c)
		}
		z := sum/math.Sqrt(float64(len(features)))/math.Pow(2, float64(o.Unit))*o.Slope/(1<<20) + o.Bias[c]/(1<<20)
		p[c] = math.Exp(z)
		all += p[c]
	}
	for c := range p {
		p[c] /= all
	}
	return p
}

// isLetter says what makes up words.
func isLetter(r rune) bool {
	return !alone(r) && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || r > 127 && unicode.IsMark(r))
}

func alone(r rune) bool {
	return r > 127 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Myanmar, unicode.Khmer, unicode.Hiragana,
		unicode.Katakana, unicode.Han)
}

func isBlank(r rune) bool { return r <= ' ' || r == 127 }

// tokensOf cuts the folded text. An address is the token "\x00".
func tokensOf(text string) (tokens []string, caps int) {
	var runes []rune
	var starts []int
	for walk := (lexis.Folding{}).Folder(text); ; {
		r, start, _, ok := walk.Next()
		if !ok {
			break
		}
		runes, starts = append(runes, r), append(starts, start)
	}
	is := func(i int, f func(rune) bool) bool { return i < len(runes) && f(runes[i]) }
	for i := 0; i < len(runes); {
		r, j := runes[i], i+1
		switch {
		case isBlank(r):
			i++
			continue
		case alone(r):
		case isLetter(r), (r == '@' || r == '#') && is(i+1, isLetter):
			first := i
			if !isLetter(r) {
				first++
			}
			upper, lower := 0, 0
			for j = first; j < i+64; j++ {
				if is(j, isLetter) {
					switch written, _ := utf8.DecodeRuneInString(text[starts[j]:]); {
					case unicode.IsUpper(written):
						upper++
					case written > 127 || unicode.IsLower(written):
						lower++
					}
				} else if !(is(j, func(r rune) bool { return r == '\'' }) && is(j+1, isLetter)) {
					break
				}
			}
			if upper > 1 && lower == 0 {
				caps++
			}
			word := string(runes[i:j])
			if (word == "http" || word == "https") && strings.HasPrefix(string(runes[j:]), ":/") {
				for j < len(runes) && !isBlank(runes[j]) {
					j++
				}
				tokens = append(tokens, "\x00")
				i = j
				continue
			}
		default:
			for j < len(runes) && runes[j] == r {
				j++
			}
			tokens = append(tokens, strings.Repeat(string(r), min(3, j-i)))
			i = j
			continue
		}
		token := ""
		for _, r := range runes[i:j] {
			if unicode.IsDigit(r) {
				r = '0'
			}
			token += string(r)
		}
		tokens = append(tokens, token)
		i = j
	}
	return tokens, caps
}

func mixed(h uint64) uint32 { return uint32((h ^ h>>32) * 0x9E3779B97F4A7C15 >> 32) }

func hashed(seed uint64, s string) uint64 {
	for _, r := range s {
		seed = (seed ^ uint64(r)) * 0x100000001B3
	}
	return seed
}

// featuresOf are the features of a text in any order.
func featuresOf(text string) (features []uint32) {
	const link = uint64(0x3C6EF372FE94F82B)
	tokens, caps := tokensOf(text)
	if len(tokens) == 0 {
		return nil
	}
	before := link
	for _, token := range tokens {
		h := uint64(0x510E527FADE682D1)
		if token != "\x00" {
			h = hashed(0xCBF29CE484222325, token)
			padded := []rune(" " + token + " ")
			for n := 3; n <= 5; n++ {
				for i := 0; i+n <= len(padded); i++ {
					features = append(features, mixed(hashed(0x9AE16A3B2F90404F, string(padded[i:i+n]))))
				}
			}
		}
		features = append(features, mixed(h), mixed((h^link)*0x100000001B3+before))
		before = h * 0x9E3779B97F4A7C15
	}
	return append(features, mixed(0x1F83D9ABFB41BD6B+uint64(min(4, caps))*0x9E3779B97F4A7C15),
		mixed(0x5BE0CD19137E2179+uint64(min(10, len(tokens)/5))*0x9E3779B97F4A7C15))
}

// texts are hard to cut.
var texts = []string{
	"", " ", "\x00\t\n", "a", "!", "!!!!!!", "@", "@@me", "#", "# tag", "#tag", "@nimbus: hi", "don't 'quote' o''clock it's'",
	"http://x.y/z next", "https:/x", "http:x", "HTTPS://A.B", "http", "xhttp://a", "#http://a b", "@https://a",
	"MY BAG IS LOST", "MY BAG Is lost", "ÄRGER ÜBER ALLES", "A1 B2 C3", "١٢٣ abc ٤", "half ½ ㎏ ﬁne",
	"日本語のテキスト and 中文", "ไทย", "😀😀😀😀 👍🏽", "e\u0301tude é", "ß STRASSE", "İstanbul",
	"bad \xff\xfe\xc3 bytes \xf0\x9f", "a\u200bb\u00adc", "_under_score_", "ＦＵＬＬ ｗｉｄｔｈ", "...", "a.b.c", "1,000.00",
	strings.Repeat("x", 63), strings.Repeat("x", 64), strings.Repeat("x", 65), "@" + strings.Repeat("y", 200),
	strings.Repeat("don't", 40), strings.Repeat("'", 70), "http" + strings.Repeat("s", 64) + "://",
	strings.Repeat("word ", 60), "ﷺ ﷺ", "Z½000", "़ा", "\u0301\u0301",
}

func agrees(t *testing.T, m *learn.Model, o *oracle, text string) {
	t.Helper()
	want := o.probabilities(text)
	got := m.Append(nil, text)
	require.Len(t, got, len(want), "%q", text)
	label, probability, ok := m.Choose(text)
	require.Equal(t, len(want) > 0, ok)
	if !ok {
		return
	}
	require.Contains(t, m.Labels(), label)
	require.Contains(t, got, probability)
	sum := 0
	for c, p := range want {
		require.InDelta(t, 1000*p, got[c], 0.51, "%q, label %s: %v", text, m.Labels()[c], want)
		sum += got[c]
	}
	require.InDelta(t, 1000, sum, float64(len(got))/2)
}

func TestModelAgreesWithTheOracle(t *testing.T) {
	m := trained(t, learn.Options{Balance: 300})
	o := newOracle(t, saved(t, m))
	for _, text := range texts {
		agrees(t, m, o, text)
	}
	for _, e := range letters(200) {
		agrees(t, m, o, e.Text)
	}
}

func FuzzModel(f *testing.F) {
	m, err := learn.Train(stream(letters(60)), learn.Options{Bits: 10, Passes: 2})
	require.NoError(f, err)
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			return // the oracle is slow
		}
		agrees(t, m, newOracle(t, saved(t, m)), text)
		for _, r := range m.Score(nil, text, "") {
			for _, s := range r.Spans {
				require.True(t, 0 <= s.Start && s.Start < s.End && s.End <= len(text), "%v of %q", s, text)
			}
		}
	})
}
