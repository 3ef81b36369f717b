package signal_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/triage/signal"
)

// TestScenes holds that a danger is read from who, where and what together, and from neither alone.
func TestScenes(t *testing.T) {
	for _, x := range []struct {
		reason, text, lang, name string
		real                     bool
	}{
		{"a weapon and somebody", "he put his gun on our cashier", "en", signal.LifeThreat, true},
		{"a weapon alone", "do you sell a gun safe", "en", signal.LifeThreat, false},
		{"what is meant, and done", "next time I will strangle that guy", "en", signal.LifeThreat, true},
		{"politics", "Democrats want gun control, he said he would take a gun from people", "en", signal.LifeThreat, false},
		{"a hostage of a fee", "they hold my money hostage", "en", signal.LifeThreat, false},
		{"a hostage", "they took us hostage in the bank, call the police", "en", signal.LifeThreat, true},
		{"smoke where people are", "thick smoke on the escalator", "en", signal.LifeDanger, true},
		{"a smell of cigarettes", "the room smells like smoke", "en", signal.LifeDanger, false},
		{"who suffers what", "my grandmother collapsed at the counter", "en", signal.LifeDanger, true},
		{"in another sentence", "My grandmother says hello. I collapsed on the sofa", "en", signal.LifeDanger, false},
		{"who needs what, and it is gone", "my insulin is in the suitcase", "en", signal.LifeDanger, true},
		{"in an airport", "trapped in Denver for two days", "en", signal.LifeDanger, false},
		{"in a lift", "trapped in the lift for two hours", "en", signal.LifeDanger, true},
		{"what steers fails", "the brakes on your rental just failed", "en", signal.LifeDanger, true},
		{"what fails does not steer", "the failed delivery of my brakes", "en", signal.LifeDanger, false},
		{"who cannot help himself, and what must not be", "my grandmother is not responding", "en", signal.LifeDanger, true},
		{"a desk that does not respond", "your staff is not responding", "en", signal.LifeDanger, false},
		{"a child in a seat", "you make my 7 year old sit alone", "en", signal.LifeDanger, false},
		{"a body", "the lid sliced my finger", "en", signal.LifeInjury, true},
		{"a thing", "the lid sliced my bread", "en", signal.LifeInjury, false},
		{"what came of it", "after eating your soup the whole table was vomiting", "en", signal.LifeInjury, true},
		{"a life", "I am tired of being alive", "en", signal.LifeSelfHarm, true},
		{"a stronger phrase behind a weaker", "standing on the edge of the platform", "en", signal.LifeSelfHarm, true},
		{"an idiom", "career suicide for the brand", "en", signal.LifeSelfHarm, false},
		{"Spanish", "un hombre con un cuchillo en la tienda", "es", signal.LifeThreat, true},
		{"Spanish, an airport", "atrapado en el aeropuerto de nuevo", "es", signal.LifeDanger, false},
		{"German", "meine Mutter ist bewusstlos in eurer Filiale", "de", signal.LifeDanger, true},
		{"German, a bag", "ihr haltet mein Gepäck als Geisel", "de", signal.LifeThreat, false},
	} {
		id, _ := signal.Lookup(x.name)
		v := read(t, x.text, x.lang).Value(id, -1)
		assert.Equal(t, x.real, v.PerMille >= 500, "%s: %q is %s of %d", x.reason, x.text, x.name, v.PerMille)
		assert.Equal(t, v.PerMille > 0, len(v.Spans) > 0, "%s: %q shows its words", x.reason, x.text)
		for i, s := range v.Spans {
			assert.True(t, i == 0 || v.Spans[i-1].End <= s.Start, "%s: spans stand apart", x.reason)
		}
	}
}

func TestHashtagsInOneRun(t *testing.T) {
	for _, x := range []struct {
		reason, text string
		low, high    int
	}{
		{"a word of the lists before it", "#airlinesucks", -1000, -250},
		{"a name before it", "#nimbusfail", -1000, -250},
		{"the bad word first", "#worstairline", -1000, -250},
		{"a meal, and nothing fast", "#breakfast", 0, 0},
		{"a shell", "#seashell", 0, 0},
		{"a profession", "#therapist", 0, 0},
		{"no hashtag", "airlinesucks", 0, 0},
	} {
		v := read(t, x.text, "en").Sentiment()
		assert.True(t, x.low <= v.PerMille && v.PerMille <= x.high, "%s: %q feels %d", x.reason, x.text, v.PerMille)
	}
}

func TestStretchedAndMasked(t *testing.T) {
	insult, _ := signal.Lookup(signal.AbuseInsult)
	for _, text := range []string{"you iiiid*ot", "bbbb!tch", "you a**hooole", "idddi*t"} {
		assert.GreaterOrEqual(t, read(t, text, "en").Value(insult, -1).PerMille, 500, text)
	}
	for _, text := range []string{"cooool*", "2*3 = 6", "yesss*ss", "Scunthorpe*"} {
		assert.Zero(t, read(t, text, "en").Value(insult, -1).PerMille, text)
	}
}

func TestGibberishWithoutALanguage(t *testing.T) {
	id, _ := signal.Lookup(signal.Gibberish)
	for _, x := range []struct {
		reason, text, lang string
		absent             bool
		least              int
	}{
		{"keys struck at random", "sdfkjhsdf kjhsdfkjh qwertz", "", false, 900},
		{"the language is said to be unknown", "sdfkjhsdf kjhsdfkjh qwertz", "und", false, 900},
		{"Polish is none", "Wszystko w porządku, dziękuję za pomoc", "", false, 0},
		{"another script cannot be told", "привет как дела сегодня", "", true, 0},
		{"a language is named that has no lists", "sdfkjhsdf kjhsdfkjh qwertz", "fr", true, 0},
		{"too short", "sdfkj", "", true, 0},
	} {
		v := read(t, x.text, x.lang).Value(id, -1)
		assert.Equal(t, x.absent, v.Absent, "%s: %q", x.reason, x.text)
		assert.GreaterOrEqual(t, v.PerMille, x.least, "%s: %q", x.reason, x.text)
		assert.True(t, x.least > 0 || v.PerMille == 0, "%s: %q", x.reason, x.text)
	}
}
