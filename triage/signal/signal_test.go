package signal_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/signal"
)

// builtin are the lists of the package, made once: making them costs some milliseconds.
var builtin = sync.OnceValues(signal.New)

func read(t testing.TB, text, lang string) *signal.Text {
	lists, err := builtin()
	require.NoError(t, err)
	var x signal.Text
	lists.Read(&x, text, lang)
	return &x
}

func TestSentiment(t *testing.T) {
	for _, x := range []struct {
		reason, text, lang string
		low, high          int
	}{
		{"a good word", "a wonderful place", "en", 250, 1000},
		{"a bad word", "a horrible place", "en", -1000, -250},
		{"no feeling at all", "the table is brown", "en", 0, 0},
		{"a negation turns it round", "the food is not good", "en", -1000, -150},
		{"within three words", "I never had a good meal", "en", -1000, -1},
		{"not across a clause", "no, it is wonderful", "en", 250, 1000},
		{"a phrase is more than its words", "not bad at all", "en", 250, 1000},
		{"the same in capitals is not lost", "WONDERFUL", "en", 250, 1000},
		{"lengthened words are known", "looooove it", "en", 250, 1000},
		{"a hashtag is cut at its capitals", "#TheWorstServiceEver", "en", -1000, -250},
		{"an apostrophe of either kind", "I don’t care, can't get through", "en", -1000, -250},
		{"a customer's bad words", "still waiting for my refund, three hours on hold", "en", -1000, -400},
		{"emoji alone", "😡😡", "en", -1000, -400},
		{"a face", "ok :-)", "en", 250, 1000},
		{"handles and addresses say nothing", "seen @awful http://horrible.example/terrible", "en", 0, 0},
		{"Spanish", "un servicio excelente, muchas gracias", "es", 400, 1000},
		{"Spanish without its accents", "pesimo servicio, una verguenza", "es-MX", -1000, -400},
		{"Spanish negated", "no es bueno", "es", -1000, -100},
		{"German", "großartiger Service, vielen Dank", "de", 400, 1000},
		{"German in Swiss spelling", "grossartiger Service", "de-CH", 250, 1000},
		{"German negated", "das ist nicht gut", "de", -1000, -100},
		{"German bad words", "seit drei Stunden in der Warteschleife, eine Frechheit", "de", -1000, -400},
		{"English guessed", "this is the best service ever", "", 250, 1000},
		{"Spanish guessed", "el servicio es horrible y no contestan", "", -1000, -250},
		{"German guessed", "der Service ist schrecklich und keiner meldet sich", "", -1000, -250},
	} {
		v := read(t, x.text, x.lang).Sentiment()
		assert.False(t, v.Absent, x.reason)
		assert.GreaterOrEqual(t, v.PerMille, x.low, "%s: %s", x.reason, x.text)
		assert.LessOrEqual(t, v.PerMille, x.high, "%s: %s", x.reason, x.text)
	}
}

func TestSentimentOrder(t *testing.T) {
	for _, x := range []struct{ reason, weaker, stronger string }{
		{"a booster", "the food was nice", "the food was very nice"},
		{"a damper", "the food was slightly nice", "the food was nice"},
		{"exclamation marks", "the food was nice", "the food was nice!!!"},
		{"capitals among small letters", "the food was nice", "the food was NICE"},
		{"lengthening", "the food was nice", "the food was niiiice"},
		{"what stands before but counts less", "the food was nice but the room", "the food was nice and the room"},
		{"the negative says more after but", "it was slow but nice", "it was nice"},
		{"bad words beside it", "nice room, dirty floor", "nice room, clean floor"},
	} {
		weaker, stronger := read(t, x.weaker, "en").Sentiment().PerMille, read(t, x.stronger, "en").Sentiment().PerMille
		assert.Less(t, weaker, stronger, "%s: %q before %q", x.reason, x.weaker, x.stronger)
	}
}

func TestPraise(t *testing.T) {
	for _, x := range []struct {
		reason, text, lang string
		rating             int
		praised            bool
	}{
		{"thanks", "Thank you so much, Ada was great", "en", -1, true},
		{"five stars", "Wonderful stay, lovely people", "en", 1000, true},
		{"something that went well", "No problems, fast response, great job", "en", -1, true},
		{"a count before what went wrong", "Great job, third cancelled flight", "en", -1, false},
		{"thanks for nothing", "Thanks for nothing", "en", -1, false},
		{"a wait", "Thanks, two hours on hold", "en", -1, false},
		{"something lost", "Awesome, you lost my parcel", "en", -1, false},
		{"a contrast", "Great food but the room", "en", -1, false},
		{"a negation anywhere", "Amazing. Nobody picks up.", "en", -1, false},
		{"a question", "Great, when does it open?", "en", -1, false},
		{"an angry emoji", "Well done 😡", "en", -1, false},
		{"a low rating", "Thank you so much, great job", "en", 0, false},
		{"half the stars", "Thank you so much, great job", "en", 500, false},
		{"no praise to begin with", "The table is brown", "en", 1000, false},
		{"Spanish", "Muchas gracias, un servicio excelente", "es", -1, true},
		{"Spanish, bitter", "Gracias por nada", "es", -1, false},
		{"Spanish, a count", "Genial, tercer vuelo cancelado", "es", -1, false},
		{"German", "Vielen Dank, großartiger Service", "de", -1, true},
		{"German, bitter", "Toll, der dritte Zug fällt aus, danke für nichts", "de", -1, false},
		{"German, a wait", "Super, zwei Stunden Verspätung", "de", -1, false},
	} {
		v := read(t, x.text, x.lang).Praise(x.rating)
		assert.False(t, v.Absent, x.reason)
		assert.Equal(t, x.praised, v.PerMille >= 600, "%s: %q is praise of %d", x.reason, x.text, v.PerMille)
	}
}

func TestPraiseShowsWhatVetoedIt(t *testing.T) {
	text := "Great job, third cancelled flight"
	v := read(t, text, "en").Praise(-1)
	require.NotEmpty(t, v.Spans)
	assert.Equal(t, "third cancelled", text[v.Spans[len(v.Spans)-1].Start:v.Spans[len(v.Spans)-1].End])
}

func TestQuestion(t *testing.T) {
	for _, x := range []struct {
		reason, text, lang string
		low, high          int
	}{
		{"an opening and a mark", "How do I reset it?", "en", 900, 1000},
		{"an opening without a mark", "was wondering if you open on sundays", "en", 500, 700},
		{"a mark alone", "On Sundays too?", "en", 400, 600},
		{"one that wants no answer", "Are you kidding me?", "en", 0, 300},
		{"none", "It works.", "en", 0, 0},
		{"Spanish", "¿Dónde está mi paquete?", "es", 900, 1000},
		{"German", "Wie lange dauert die Lieferung?", "de", 900, 1000},
		{"a mark is one in any language", "Où est mon colis?", "fr", 400, 600},
	} {
		v := read(t, x.text, x.lang).Question()
		assert.False(t, v.Absent, x.reason)
		assert.True(t, x.low <= v.PerMille && v.PerMille <= x.high, "%s: %q is a question of %d", x.reason, x.text, v.PerMille)
	}
}

func TestAbsent(t *testing.T) {
	for _, x := range []struct{ reason, text, lang string }{
		{"a language without lists", "le vol est en retard", "fr"},
		{"nothing said", "", "en"},
		{"only a handle and an address", "@nimbus https://nimbus.example", ""},
		{"a language that nobody knows", "matkani peruttiin taas kolmannen kerran tänään", ""},
		{"an emoji that no list has, and no word", "🗿", ""},
	} {
		v := read(t, x.text, x.lang).Sentiment()
		assert.True(t, v.Absent, "%s: %q", x.reason, x.text)
		assert.True(t, read(t, x.text, x.lang).Praise(-1).Absent, "%s: %q", x.reason, x.text)
	}
	assert.False(t, read(t, "😡", "fr").Sentiment().Absent, "an emoji is read in any language")
}

func TestNegated(t *testing.T) {
	for _, x := range []struct {
		reason, text, word, lang string
		want                     bool
	}{
		{"right before", "not broken", "broken", "en", true},
		{"three words before", "not at all really broken", "broken", "en", false},
		{"within three words", "never been that broken", "broken", "en", true},
		{"another clause", "no, broken", "broken", "en", false},
		{"another sentence", "I did not. Broken", "Broken", "en", false},
		{"behind a but", "not nice but broken", "broken", "en", false},
		{"after the word", "broken, not", "broken", "en", false},
		{"only looks like one", "not only broken", "broken", "en", false},
		{"a short form", "it isn't broken", "broken", "en", true},
		{"Spanish", "no está roto", "roto", "es", true},
		{"German", "es ist nicht kaputt", "kaputt", "de", true},
		{"nobody knows the language", "ei rikki", "rikki", "fi", false},
	} {
		text := read(t, x.text, x.lang)
		assert.Equal(t, x.want, text.Negated(strings.Index(x.text, x.word)), "%s: %q", x.reason, x.text)
	}
	assert.False(t, read(t, "not", "en").Negated(99), "behind the text is nothing")
}

func TestATextIsReadAgain(t *testing.T) {
	lists, err := signal.New()
	require.NoError(t, err)
	var text signal.Text
	lists.Read(&text, "HORRIBLE!!! 😡 why? #Fail", "en")
	lists.Read(&text, "a wonderful place", "en")
	assert.Equal(t, read(t, "a wonderful place", "en").Sentiment(), text.Sentiment(), "nothing is left of the text before")
	assert.Equal(t, 3, text.Words())
	assert.Equal(t, "en", text.Lang())
}

func TestLoad(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	lists, err := signal.Load(fstest.MapFS{
		"fi/sentiment.txt": file("# Finnish\n[400]\nhieno, todella hieno\n[-400]\nsurkea"),
		"fi/negators.txt":  file("ei"),
		"any/emoji.txt":    file("[300]\n🗿"),
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"fi"}, lists.Languages())
	var text signal.Text
	lists.Read(&text, "todella hieno", "fi")
	assert.Positive(t, text.Sentiment().PerMille)
	lists.Read(&text, "ei hieno", "fi")
	assert.Negative(t, text.Sentiment().PerMille, "the negation turns it round")
	lists.Read(&text, "🗿", "fi")
	assert.Positive(t, text.Sentiment().PerMille, "an emoji of the house's own")

	_, err = signal.Load(fstest.MapFS{
		"fi/sentiment.txt": file("hieno\n[lots]\n[400]\nsurkea, !?\nSURKEA"),
		"fi/common.txt":    file("a b c d e f g"),
		"any/emoji.txt":    file("[1]\nxyzxyz"),
	})
	require.Error(t, err)
	for _, want := range []string{
		"fi/sentiment.txt:1: an entry before the first weight",
		"fi/sentiment.txt:2: [lots] is no weight from -1000 to 1000",
		`fi/sentiment.txt:4: "!?": an entry has one to 6 words`,
		`fi/sentiment.txt:5: "SURKEA" stands twice`,
		`fi/common.txt:1: "a b c d e f g": an entry has one to 6 words`,
		`any/emoji.txt:2: "xyzxyz" is neither one emoji nor a face of at most 3 signs`,
	} {
		assert.ErrorContains(t, err, want)
	}
}

func TestBuiltInLists(t *testing.T) {
	lists, err := signal.New()
	require.NoError(t, err, "a mistake in a list names its file and line")
	assert.Equal(t, []string{"de", "en", "es"}, lists.Languages())
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "not #GoodAtAll!!!", "😡 :-( <3 &amp; a.b", "\xff\xfe", "n\u0303o http:// www. @",
		"1.5 . ?! ’s 'd", "ＧＲＥＡＴ",
		"sh1t f*ck s h i t @sshole b!tch", "order AB1234 a@b.c in 2 hours tomorrow, my wedding", "asdfgh jkl qwerty"} {
		f.Add(s, "en")
		f.Add(s, "")
	}
	lists, err := signal.New()
	require.NoError(f, err)
	var used signal.Text
	f.Fuzz(func(t *testing.T, text, lang string) {
		var fresh signal.Text
		lists.Read(&fresh, text, lang)
		lists.Read(&used, text, lang)
		for _, id := range signal.IDs() {
			v, again := fresh.Value(id, -1), used.Value(id, -1)
			require.Equal(t, v, again, "a used text reads the same: %s", id)
			require.Equal(t, v, fresh.Value(id, -1), "and when it is asked again: %s", id)
			require.True(t, id.Least() <= v.PerMille && v.PerMille <= 1000, "%s is %d", id, v.PerMille)
			require.False(t, v.Absent && (v.PerMille != 0 || len(v.Spans) > 0), "what is absent says nothing: %s", id)
			last := 0
			for _, s := range v.Spans {
				require.True(t, last <= s.Start && s.Start <= s.End && s.End <= len(text), "a span is a place in the text: %s", id)
				last = s.Start
			}
		}
		for i := range len(text) {
			fresh.Negated(i)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	lists, err := signal.New()
	require.NoError(b, err)
	var t signal.Text
	const text = "Great job Nimbus, third cancelled sync this week and nobody answers the phone. " +
		"How do I get my files back before tomorrow??"
	b.ReportAllocs()
	for b.Loop() {
		lists.Read(&t, text, "en")
		t.Sentiment()
		t.Praise(-1)
		t.Question()
	}
}

func Example() {
	lists, err := signal.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	var t signal.Text
	for _, text := range []string{"Great job, the crew was lovely!", "Great job, third cancelled flight"} {
		lists.Read(&t, text, "en")
		fmt.Println(text)
		praise := t.Praise(-1)
		for _, s := range praise.Spans {
			fmt.Printf("  praise %d because of %q\n", praise.PerMille, text[s.Start:s.End])
		}
	}
	// Output:
	// Great job, the crew was lovely!
	//   praise 965 because of "Great job"
	//   praise 965 because of "lovely"
	// Great job, third cancelled flight
	//   praise 0 because of "third cancelled"
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		_, err := signal.New()
		require.NoError(b, err)
	}
}
