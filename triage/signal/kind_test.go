package signal_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/signal"
)

func TestNames(t *testing.T) {
	names := signal.Names()
	assert.True(t, slices.IsSorted(names), "sorted, so that readings are")
	assert.Equal(t, slices.Compact(slices.Clone(names)), names, "each once")
	require.Len(t, signal.IDs(), len(names))
	for i, id := range signal.IDs() {
		assert.Equal(t, names[i], id.String())
		again, ok := signal.Lookup(names[i])
		assert.True(t, ok && again == id, "%s is found by its name", names[i])
		assert.Equal(t, names[i] == signal.Sentiment, id.Least() < 0, "%s: only feelings go below 0", names[i])
	}
	_, ok := signal.Lookup("weather")
	assert.False(t, ok)
	var none signal.ID
	assert.Empty(t, none.String())
	assert.True(t, new(signal.Text).Value(none, -1).Absent, "no signal says nothing")
	assert.True(t, new(signal.Text).Value(200, -1).Absent)
	spam, _ := signal.Lookup(signal.Spam)
	anger, _ := signal.Lookup(signal.Anger)
	assert.True(t, anger.Feels() && !spam.Feels(), "feelings say nothing about who is genuine, traits of spam do")
}

// TestEverySignalInEveryLanguage is the proof that the lists of a language are enough for all signals.
func TestEverySignalInEveryLanguage(t *testing.T) {
	said := map[string][3]string{ // English, Spanish, German
		signal.AbuseInsult:   {"you are an idiot", "eres un imbécil", "du bist ein Arschloch"},
		signal.AbuseSexual:   {"send nudes", "enséñame las tetas", "zeig mir deine Titten"},
		signal.AbuseSlur:     {"go back to your country", "vuelve a tu país", "Ausländer raus"},
		signal.AbuseThreat:   {"I will kill you", "te voy a matar", "ich bringe dich um"},
		signal.Anger:         {"I am furious with you", "estoy furioso con vosotros", "ich bin stinksauer"},
		signal.Churn:         {"please close my account", "me doy de baja", "ich kündige meinen Vertrag"},
		signal.Complaint:     {"it does not work, I want a refund", "no funciona", "funktioniert nicht, Geld zurück"},
		signal.Gibberish:     {"asdfgh lkjhgf qwertz", "asdfgh lkjhgf la qwerty", "asdfgh lkjhgf und qwertz"},
		signal.Lead:          {"I want to buy two", "quiero comprar dos", "ich möchte das neue Modell kaufen"},
		signal.LifeDanger:    {"I smell gas in the hall", "huele a gas en casa", "es riecht nach Gas"},
		signal.LifeInjury:    {"the battery exploded in my hand", "la batería explotó", "der Akku ist explodiert"},
		signal.LifeSelfHarm:  {"I want to kill myself", "me quiero morir", "ich will nicht mehr leben"},
		signal.LifeThreat:    {"there is a bomb in the store", "hay una bomba en la tienda", "eine Bombe im Laden"},
		signal.Occasion:      {"my wedding is tomorrow", "mi boda es mañana", "meine Hochzeit ist morgen"},
		signal.Praise:        {"thank you so much, great job", "muchas gracias, excelente", "vielen Dank, großartig"},
		signal.Question:      {"how do I reset it?", "¿cómo puedo cambiarlo?", "wie kann ich das ändern?"},
		signal.ReplyAccepts:  {"yes please", "sí, por favor", "ja, bitte"},
		signal.ReplyDeclines: {"no thanks", "no, gracias", "nein danke"},
		signal.ReplyGives:    {"my order number is 4471", "mi número de pedido es 4471", "meine Bestellnummer ist 4471"},
		signal.ReplyOver:     {"it works now", "ya funciona", "hat sich erledigt"},
		signal.ReplyRefuses:  {"I am not giving you my number", "no os voy a dar mi número", "gebe ich euch nicht"},
		signal.ReplyThanks:   {"thanks", "gracias", "danke"},
		signal.ReplyLaw:      {"you will hear from my lawyer", "voy a denunciar", "ihr hört von meinem Anwalt"},
		signal.Sentiment:     {"a wonderful place", "un sitio maravilloso", "ein wunderbarer Ort"},
		signal.Spam:          {"WINNER! click here", "premio, haz clic", "Gewinner! Klicken Sie hier"},
		signal.Urgency:       {"I need this now, it is urgent", "es urgente, cuanto antes", "dringend, bitte sofort"},
	}
	for _, id := range signal.IDs() {
		for i, lang := range []string{"en", "es", "de"} {
			text := said[id.String()][i]
			require.NotEmpty(t, text, "%s has its sentence", id)
			v := read(t, text, lang).Value(id, -1)
			assert.False(t, v.Absent, "%s in %s: %q", id, lang, text)
			assert.GreaterOrEqual(t, v.PerMille, 400, "%s in %s: %q", id, lang, text)
			assert.NotEmpty(t, v.Spans, "%s in %s shows its words: %q", id, lang, text)
		}
		for _, text := range []string{"le colis est en retard depuis hier", "", "@nimbus https://nimbus.example", "🗿"} {
			assert.True(t, read(t, text, "fr").Value(id, -1).Absent, "%s of %q in a language without lists", id, text)
		}
	}
}

func TestFiguresOfSpeech(t *testing.T) {
	for _, x := range []struct{ reason, text, name string }{
		{"a queue kills nobody", "this queue is killing me", signal.LifeSelfHarm},
		{"nor does laughter", "I almost died laughing, lol", signal.LifeSelfHarm},
		{"a good thing", "you guys are the bomb", signal.LifeThreat},
		{"to be dismissed", "fire your manager", signal.LifeDanger},
		{"a menu of a telephone", "trapped in your phone menu for an hour", signal.LifeDanger},
		{"a figure", "to add insult to injury", signal.LifeInjury},
		{"an honest no", "not an idiot at all", signal.AbuseInsult},
		{"a book", "Moby Dick and Dick Van Dyke", signal.AbuseSexual},
		{"a coat", "flame retardant sofa", signal.AbuseSlur},
		{"an idiom", "it would not kill you to answer", signal.AbuseThreat},
	} {
		id, _ := signal.Lookup(x.name)
		assert.Less(t, read(t, x.text, "en").Value(id, -1).PerMille, 500, "%s: %q", x.reason, x.text)
	}
	id, _ := signal.Lookup(signal.LifeSelfHarm)
	v := read(t, "waiting here is killing me", "en").Value(id, -1)
	assert.Positive(t, v.PerMille, "it stays evidence, of little value")
	assert.NotEmpty(t, v.Spans)
}

func TestMasks(t *testing.T) {
	insult, _ := signal.Lookup(signal.AbuseInsult)
	sexual, _ := signal.Lookup(signal.AbuseSexual)
	for _, x := range []struct{ reason, text, shown string }{
		{"a star", "what an *sshole, id*ot", "id*ot"},
		{"stars", "you a**hole", "you a**hole"},
		{"a digit", "b1tch", "b1tch"},
		{"a digit first", "4sshole", "4sshole"},
		{"a sign at the end of a sentence", "b!tch!!", "b!tch"},
		{"what looks like a handle", "@sshole of a driver", "@sshole"},
		{"spaces", "i d i o t here", "i d i o t"},
		{"stops", "p.r.i.c.k", "p.r.i.c.k"},
		{"a hyphen", "what a pr-ick", "pr-ick"},
		{"stretched", "iiiidiot", "iiiidiot"},
		{"a Cyrillic letter", "bаstard", "bаstard"},
		{"a Greek letter", "mοron", "mοron"},
		{"wide letters", "ｉｄｉｏｔ", "ｉｄｉｏｔ"},
		{"accents", "ïdïôt", "ïdïôt"},
	} {
		v := read(t, x.text, "en").Value(insult, -1)
		assert.GreaterOrEqual(t, v.PerMille, 500, "%s: %q", x.reason, x.text)
		if assert.NotEmpty(t, v.Spans, x.reason) {
			last := v.Spans[len(v.Spans)-1]
			assert.Equal(t, x.shown, x.text[last.Start:last.End], x.reason)
		}
	}
	for _, text := range []string{
		"Scunthorpe", "Penistone and Essex", "classic cocktail assessment", "SKU SH1-T20", "a.s.a.p.", "u.s. mail",
		"f1 race, b2b, 4th, mp3", "my 5 star rating***", "$500 and 50%", "3.5 a-b-c", "check-in at 7-eleven", "s i x packs",
		"it costs 2*3", "C++ and C#", "R2D2",
	} {
		for _, id := range []signal.ID{insult, sexual} {
			assert.Less(t, read(t, text, "en").Value(id, -1).PerMille, 300, "%s of innocent words: %q", id, text)
		}
	}
}

func TestSentimentShowsWhatFeels(t *testing.T) {
	for _, x := range []struct {
		reason, text string
		want         []string
	}{
		{"words that say little are no evidence", "Good morning, I need a horrible thing now", []string{"horrible"}},
		{"only what feels as the whole does", "lovely room, but horrible, disgusting food", []string{"horrible", "disgusting"}},
		{"the negation that turned it round", "this is not good at all", []string{"not good"}},
		{"nothing where nothing feels", "the table is brown", nil},
		{"nothing of an even text", "good morning", nil},
	} {
		var got []string
		for _, s := range read(t, x.text, "en").Sentiment().Spans {
			got = append(got, x.text[s.Start:s.End])
		}
		if x.want == nil {
			assert.NotContains(t, got, "morning", x.reason)
			continue
		}
		assert.Equal(t, x.want, got, "%s: %q", x.reason, x.text)
	}
}

func TestAim(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{"it does not work and nobody answers, I want a refund", "complaint"},
		{"thank you so much, great job", "praise"},
		{"what time do you open on sundays?", "question"},
		{"I want to buy two of these", "lead"},
		{"the table is brown", "nothing"},
		{"", ""},
	} {
		aim, v := read(t, x.text, "en").Aim(-1)
		assert.Equal(t, x.want, aim, x.text)
		assert.Equal(t, x.want == "", v.Absent, x.text)
	}
	aim, _ := read(t, "ça ne marche pas", "fr").Aim(-1)
	assert.Empty(t, aim, "nobody knows what is wanted in a language without lists")
}

func TestLayers(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	value := func(lists *signal.Lists, name, text, lang string) signal.Value {
		var x signal.Text
		id, ok := signal.Lookup(name)
		require.True(t, ok)
		lists.Read(&x, text, lang)
		return x.Value(id, -1)
	}
	house := fstest.MapFS{
		"en/anger.txt":        file("# the house's own\n[900]\nflabbergasted\n[0]\nfurious\n[remove]\nlivid"),
		"en/churn.txt":        file("[replace]\n[800]\noff to Nimbus, in # moons"),
		"fi/urgency.txt":      file("[900]\nheti"),
		"en/abuse_slur.txt":   file("[900]\nzorgblat"),
		"any/anger.txt":       file("[700]\n🗿"),
		"en/reply_over.txt":   file("[700]\n^done and dusted"),
		"en/numbers.txt":      file("umpteen"),
		"en/soon.txt":         file("[1000]\nin # winks"),
		"fi/common.txt":       file("ja, ei"),
		"es/boosters.txt":     file("[300]\nrequete"),
		"de/reply_thanks.txt": file("[900]\nvergelts gott"),
	}
	lists, err := signal.Load(signal.Builtin(), house)
	require.NoError(t, err)
	assert.Equal(t, []string{"de", "en", "es", "fi"}, lists.Languages())
	assert.Equal(t, 900, value(lists, signal.Anger, "I am flabbergasted", "en").PerMille, "a word of the house's own")
	assert.Zero(t, value(lists, signal.Anger, "I am furious", "en").PerMille, "a weight of the house's own")
	assert.Zero(t, value(lists, signal.Anger, "I am livid", "en").PerMille, "a word taken out")
	assert.Positive(t, value(lists, signal.Anger, "I am enraged", "en").PerMille, "the others stay")
	assert.Equal(t, 700, value(lists, signal.Anger, "well 🗿", "de").PerMille, "an emoji in every language")
	assert.Equal(t, 800, value(lists, signal.Churn, "we are off to Nimbus", "en").PerMille)
	assert.Zero(t, value(lists, signal.Churn, "please close my account", "en").PerMille, "the file below is replaced")
	assert.Equal(t, 800, value(lists, signal.Churn, "gone in 7 moons", "en").PerMille, "# is any number in digits")
	assert.Equal(t, 800, value(lists, signal.Churn, "gone in umpteen moons", "en").PerMille, "and in words")
	assert.Equal(t, 700, value(lists, signal.ReplyOver, "Well. Done and dusted", "en").PerMille, "at the beginning of a sentence")
	assert.Zero(t, value(lists, signal.ReplyOver, "this was done and dusted", "en").PerMille, "and nowhere else")
	assert.Equal(t, 900, value(lists, signal.AbuseSlur, "you z0rgbl*t", "en").PerMille, "masks of its own words")
	assert.Equal(t, 900, value(lists, signal.Urgency, "heti", "fi").PerMille, "a language of its own")
	assert.True(t, value(lists, signal.Anger, "heti", "fi").Absent, "a list it has not is absent, never 0")

	var nothing signal.Lists
	assert.True(t, value(&nothing, signal.Sentiment, "horrible 😡", "en").Absent, "the zero Lists know nothing")
	for _, bad := range []string{"[replace]\nlots", "^", "[2000]\nx", "[100]\nx\n[remove]\nx"} {
		_, err := signal.Load(fstest.MapFS{"fi/anger.txt": file(bad)})
		assert.ErrorContains(t, err, "fi/anger.txt:", "%q", bad)
	}
}

func TestReadingAllocatesNothing(t *testing.T) {
	lists, err := signal.New()
	require.NoError(t, err)
	var x signal.Text
	ids := signal.IDs()
	texts := []string{
		"Great job Nimbus, third cancelled sync this week, nobody answers. WTF?! I'll sue, b!tch. My flight is in 2 hours :(",
		"sh1t, s h i t, don't @nimbus #FailAgain 😡 www.nimbus.example 12345678", "naïve café, ça va",
		"#airlinesucks fuuu*ck, my insulin is in the suitcase and he pulled a gun on our driver",
	}
	for range 3 {
		for _, text := range texts {
			lists.Read(&x, text, "en")
			for _, id := range ids {
				x.Value(id, -1)
			}
		}
	}
	for _, text := range texts {
		allocs := testing.AllocsPerRun(20, func() {
			lists.Read(&x, text, "en")
			for _, id := range ids {
				x.Value(id, -1)
			}
		})
		assert.Zero(t, allocs, "%q", text)
	}
}

// TestLongTexts holds that what is written to take long does not: without bounds these took minutes.
func TestLongTexts(t *testing.T) {
	for _, s := range []string{" a", "a.", "@ss ", "sh!t ", "f u c k ", "*", "#Ab", "а", "a***", "kill ", "a\u0301", "#airlinesucks ",
		"gun ", "my son ", "fuuu*ck "} {
		x := read(t, strings.Repeat(s, 100_000/len(s)), "en")
		for _, id := range signal.IDs() {
			assert.LessOrEqual(t, x.Value(id, -1).PerMille, 1000, s)
		}
	}
}
