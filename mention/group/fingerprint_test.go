package group_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/group"
)

const complaint = "@AcmeAir I sat 3 hours at gate B12 in Cork & nobody told us why http://acme.example/a?b=c"

// alikes are also the seeds of the fuzzer.
var alikes = []struct {
	reason string
	a, b   string
	want   bool
}{
	{"the same", complaint, complaint, true},
	{"case", complaint, strings.ToUpper(complaint), true},
	{"punctuation", "Don't fly with Acme: my bag was lost, then found, then lost!",
		"dont fly with acme my bag was lost then found - then lost", true},
	{"width and accents", "Perdí la maleta y nadie de la compañía me contesta desde ayer",
		"ＰＥＲＤＩ la maleta y nadie de la compania me contesta desde ayer", true},
	{"another handle and number", complaint, "@Nadir I sat 12 hours at gate A7 in Cork & nobody told us why", true},
	{"another link, without a scheme", "Read why nobody flies with Acme Air any more pic.example.com/1",
		"Read why nobody flies with Acme Air any more www.nadir.example (nadir.example/x)", true},
	{"an address is no words", "Ask pat.lee@acme.example why nobody flies with Acme Air any more",
		"Ask why nobody flies with Acme Air any more", true},
	{"a handle in full width, glued on", "（＠acme）sat three hours at the gate and nobody told us why",
		"sat three hours at the gate and nobody told us why", true},
	{"forwarded", complaint, "RT @someone: " + complaint, true},
	{"forwarded with the mark behind", complaint, complaint + " (via @someone) RT", true},
	{"mark-up", complaint, strings.ReplaceAll(complaint, "&", "&amp;"), true},
	{"a word put in", complaint, strings.Replace(complaint, "nobody", "really nobody", 1), true},
	{"a place replaced", "We sat three hours at the gate in Cork and nobody told us why",
		"We sat three hours at the gate in Riga and nobody told us why", true},
	{"without spaces", "航空公司取消了我的航班而且三个小时没有人告诉我们原因", "航空公司取消了我的航班而且五个小时没有人告诉我们原因。", true},

	{"eight words are enough", "one two three four five six seven eight", "one two three four five six seven eight", true},
	{"seven are not", "one two three four five six seven 8", "one two three four five six seven 8", false},
	{"eleven words with seven different pairs", "a b c d e f g f g f g", "a b c d e f g f g f g", true},
	{"ten words with six different pairs", "a b c d e f a b c d", "a b c d e f a b c d", false},
	{"sixteen letters without spaces are enough", "航空公司取消了我的航班而且三个小", "航空公司取消了我的航班而且三个小", true},
	{"fifteen are not", "航空公司取消了我的航班而且三个", "航空公司取消了我的航班而且三个", false},
	{"too short", "thanks!", "thanks!", false},
	{"still too short", "worst customer service ever, never again", "worst customer service ever, never again", false},
	{"too few different words", strings.Repeat("no ", 40), strings.Repeat("no ", 40), false},
	{"nothing but names and numbers", strings.Repeat("@acme 12 http://a.example/b ", 20), strings.Repeat("@acme 12 ", 20), false},
	{"short without spaces", "谢谢你们的帮助", "谢谢你们的帮助", false},
	{"no words", "😡😡😡😡😡😡😡😡😡", "😡😡😡😡😡😡😡😡😡", false},
	{"empty", "", "", false},
	{"a shared phrase", "Worst customer service ever, you lost my bag in Oslo and hung up on me",
		"Two hours on hold and then the agent laughed. Worst customer service ever!", false},
	{"a shared beginning", "You cancelled my flight and now I miss my sister's wedding in Leeds",
		"You cancelled my flight and your app still wants me to check in", false},
	{"the same words in another order", "your crew was kind but the seat and the food were a joke",
		"the food and the crew were your joke but a kind seat was", false},
	{"a comment much longer than what it forwards", "Our new fleet is here and we are so happy about it",
		"You fire forty people at the hangar, you close the lounge in Bremen, and then you send us this: RT @acme " +
			"Our new fleet is here and we are so happy about it", false},
}

func TestAlike(t *testing.T) {
	for _, x := range alikes {
		assert.Equal(t, x.want, group.Of(x.a).Alike(group.Of(x.b)), "%s: %q and %q", x.reason, x.a, x.b)
		assert.Equal(t, x.want, group.Of(x.b).Alike(group.Of(x.a)), "%s, the other way round", x.reason)
	}
}

func TestTheFormInJSON(t *testing.T) {
	for _, x := range alikes {
		for _, f := range []group.Fingerprint{group.Of(x.a), group.Of(strings.Repeat(x.a+x.b, 20))} {
			encoded, err := json.Marshal(f)
			require.NoError(t, err)
			assert.LessOrEqual(t, len(encoded), 24*8+2, x.reason)
			var back group.Fingerprint
			require.NoError(t, json.Unmarshal(encoded, &back))
			assert.True(t, f == back, "%s: what was read is what was written", x.reason)
		}
	}
	for _, x := range []struct{ reason, text string }{
		{"not hexadecimal", "0000000g"},
		{"half a hash", "00000001000"},
		{"out of order", "0000000200000001"},
		{"a hash twice", "0000000200000002"},
		{"too many", strings.Repeat("00000001", 25)},
	} {
		f := group.Of(complaint)
		err := f.UnmarshalText([]byte(x.text))
		var form *group.FormError
		assert.True(t, errors.As(err, &form), x.reason)
		assert.Equal(t, group.Of(complaint), f, "%s: nothing has changed", x.reason)
	}
	golden, err := json.Marshal(group.Of("one two three four five six seven eight"))
	require.NoError(t, err)
	assert.Equal(t, `"5c7d302094f21411ba0ecd80d8230e4ff248aa46f4d2beaffa076e2e"`, string(golden),
		"rows that are stored hold such hashes: when they change, no copy of a stored post is found any more")
}

// jaccard is the definition: the share of the pairs of neighbours of two texts that are in both.
func jaccard(a, b []string) float64 {
	pairs := map[[2]string]int{}
	for bit, words := range [][]string{a, b} {
		for i := 1; i < len(words); i++ {
			pairs[[2]string{words[i-1], words[i]}] |= 1 << bit
		}
	}
	both := 0
	for _, in := range pairs {
		if in == 3 {
			both++
		}
	}
	return float64(both) / float64(len(pairs))
}

// speak makes a text of n words of a language of few, so that pairs come back.
func speak(r *rand.Rand, n int) []string {
	words := strings.Fields("gate bag flight crew seat hour wait call phone lost late never again why help agent desk")
	out := make([]string, n)
	for i := range out {
		out[i] = words[r.IntN(len(words))]
	}
	return out
}

// damage replaces every nth word or so.
func damage(r *rand.Rand, words []string, n int) []string {
	out := append([]string(nil), words...)
	for i := range out {
		if r.IntN(n) == 0 {
			out[i] = speak(r, 1)[0]
		}
	}
	return out
}

func TestAlikeIsWhatItIsDefinedAs(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	alike := 0
	for range 5000 {
		a := speak(r, 10+r.IntN(15))
		b := damage(r, a, 2+r.IntN(20))
		f, g := group.Of(strings.Join(a, " ")), group.Of(strings.Join(b, " "))
		if f.IsZero() || g.IsZero() {
			continue
		}
		want := jaccard(a, b) >= .6
		if want {
			alike++
		}
		require.Equal(t, want, f.Alike(g), "up to 24 pairs it is exact: %q %q", a, b)
	}
	assert.Greater(t, alike, 500, "both answers occur")
}

func TestLongTextsAreSampled(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 2))
	vocabulary := make([]string, 3000)
	for i := range vocabulary {
		vocabulary[i] = "w" + strings.Repeat("ab", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
	}
	wrong, shorter := 0, 0
	for range 400 {
		a := make([]string, 50+r.IntN(2000))
		for i := range a {
			a[i] = vocabulary[r.IntN(len(vocabulary))]
		}
		b := append([]string(nil), a...)
		for i := range b {
			if r.IntN(40) == 0 {
				b[i] = "other"
			}
		}
		if !group.Of(strings.Join(a, " ")).Alike(group.Of(strings.Join(b, " "))) {
			wrong++
		}
		if group.Of(strings.Join(a, " ")).Alike(group.Of(strings.Join(a[:len(a)*4/5], " "))) {
			shorter++
		}
		c := append(append([]string(nil), a[:len(a)/3]...), speak(r, len(a)*2/3)...)
		if group.Of(strings.Join(a, " ")).Alike(group.Of(strings.Join(c, " "))) {
			wrong++
		}
	}
	assert.LessOrEqual(t, wrong, 4, "of 800: a fortieth replaced is a copy, a third in common is none")
	assert.Greater(t, shorter, 360, "of 400: torn off by a fifth, the whole one is sampled more thinly")
}

func TestHugeTextsCostTheirLength(t *testing.T) {
	const million = 1 << 20
	for _, x := range []string{"@", "@a", "://", "a.b/", "www.", "＠", "a@b.c:", "\xff", "a", "a ", "好", "\u0301", "/", "://@"} {
		group.Of(strings.Repeat(x, million)) // would take hours if each one walked over all the others
	}
	assert.False(t, group.Of(strings.Repeat("the gate was shut and nobody told us why ", million/8)).IsZero())
}

func FuzzOf(f *testing.F) {
	for _, x := range alikes {
		f.Add(x.a, x.b)
	}
	f.Add("a\x00b \xff\xfe @", "http:// @ ＠ ://://")
	f.Add(strings.Repeat("@", 300)+"://"+strings.Repeat("/.", 300), strings.Repeat("a b c ", 3000))
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := group.Of(a), group.Of(b)
		require.Equal(t, x.Alike(y), y.Alike(x), "it is mutual")
		require.Equal(t, !x.IsZero(), x.Alike(x), "everything long enough is like itself")
		require.Equal(t, x, group.Of("RT @someone: "+a+" https://a.example/b"), "what is put around does not count")
		encoded, err := json.Marshal(x)
		require.NoError(t, err)
		var back group.Fingerprint
		require.NoError(t, json.Unmarshal(encoded, &back))
		require.Equal(t, x, back)
	})
}
