package when_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
	"github.com/reputekit/reputation/triage/when"
)

var rows = []struct {
	reason string
	given  triage.Condition
	json   string
}{
	{"all", when.All(when.Public(), when.About("Nimbus")), `{"all":[{"public":true},{"about":"Nimbus"}]}`},
	{"any", when.Any(when.InPrivate()), `{"any":[{"public":false}]}`},
	{"not", when.Not(when.Public()), `{"not":{"public":true}}`},
	{"the world can read it", when.Public(), `{"public":true}`},
	{"n of several", when.AtLeast(1, when.Public()), `{"at_least":{"n":1,"of":[{"public":true}]}}`},
	{"a kind of subject", when.AboutKind(mention.Competitor), `{"about":"kind:competitor"}`},
	{"one of the words", when.Words("down", "cancel*"), `{"words":{"any":["down","cancel*"]}}`},
	{"every word", when.AllWords("not", "loading"), `{"words":{"all":["not","loading"]}}`},
	{"negated words too", when.WordsEvenNegated("refund"), `{"words":{"any":["refund"],"negated":true}}`},
	{"a signal from a value up", when.Signal("praise", when.Min(600)), `{"signal":{"name":"praise","min":600}}`},
	{"a bound of 0 is a bound", when.Signal("sentiment", when.Max(0)), `{"signal":{"name":"sentiment","max":0}}`},
	{"stars", when.Rating(when.Between(0, 250)), `{"rating":{"min":0,"max":250}}`},
	{"followers", when.Followers(when.Min(10000)), `{"followers":{"min":10000}}`},
	{"age of the account", when.AuthorDays(when.Max(7)), `{"author_days":{"max":7}}`},
	{"earlier mentions", when.Contacts(when.Min(2)), `{"contacts":{"min":2}}`},
	{"words in order with gaps", when.Phrase(2, "charged", "twice"), `{"phrase":{"words":["charged","twice"],"within":2}}`},
	{"words near each other", when.Near(5, "refund", "late"), `{"near":{"words":["refund","late"],"within":5}}`},
	{"an expression", when.Pattern(`\b[A-Z]{2}\d+`), `{"pattern":"\\b[A-Z]{2}\\d+"}`},
	{"feeling", when.Sentiment(when.Max(-300)), `{"sentiment":{"max":-300}}`},
	{"aim", when.Aim(triage.Complaint), `{"aim":["complaint"]}`},
	{"verified", when.Verified(), `{"verified":true}`},
	{"audience", when.Audience(when.Min(5000)), `{"audience":{"min":5000}}`},
	{"open cases", when.OpenCases(when.Min(1)), `{"open_cases":{"min":1}}`},
	{"broken promises", when.BrokenPromises(when.Min(1)), `{"broken_promises":{"min":1}}`},
	{"we have answered", when.Answered(), `{"answered":true}`},
	{"the nth message", when.Message(when.Min(3)), `{"message":{"min":3}}`},
	{"waiting for", when.Waiting(tally.ForUs), `{"waiting":["us"]}`},
	{"copies", when.Duplicates(when.Min(5)), `{"duplicates":{"min":5}}`},
	{"a surge", when.Surge("any"), `{"surge":["any"]}`},
	{"hours", when.Hours("Europe/Madrid", "22:00", "06:00", "sat", "sun"),
		`{"hours":{"zone":"Europe/Madrid","days":["sat","sun"],"from":"22:00","to":"06:00"}}`},
	{"pictures", when.Media("image"), `{"media":["image"]}`},
	{"a place", when.Place("ES", "city:Berlin"), `{"place":["ES","city:Berlin"]}`},
	{"a customer", when.Customer(), `{"customer":true}`},
	{"no customer", when.NoCustomer(), `{"customer":false}`},
	{"a number the host knows", when.GivenNumber("orders", when.Min(1)), `{"given":{"key":"orders","min":1}}`},
	{"channel", when.Channel("chirp", "mail"), `{"channel":["chirp","mail"]}`},
	{"kind", when.Kind(mention.Review), `{"kind":["review"]}`},
	{"language", when.Lang("es"), `{"lang":["es"]}`},
	{"addressed", when.Addressed(mention.ToUs), `{"addressed":["us"]}`},
	{"standing", when.Standing(triage.Press), `{"standing":["press"]}`},
	{"legitimacy", when.Legitimacy(triage.Doubtful), `{"legitimacy":["doubtful"]}`},
	{"private data", when.Private(sensitive.Card), `{"private":"card"}`},
	{"what the host knows", when.Given("customer", "yes"), `{"given":{"key":"customer","is":["yes"]}}`},
	{"that the host knows it at all", when.Given("tier"), `{"given":{"key":"tier"}}`},
}

func TestGoAndJSONAreOneTree(t *testing.T) {
	for _, x := range rows {
		out, err := json.Marshal(x.given)
		require.NoError(t, err, x.reason)
		assert.JSONEq(t, x.json, string(out), x.reason)
		var back triage.Condition
		require.NoError(t, json.Unmarshal([]byte(x.json), &back), x.reason)
		assert.Equal(t, x.given, back, x.reason)
		var strict triage.Condition
		require.NoError(t, spec.Decode([]byte(x.json), &strict), x.reason)
		assert.Equal(t, x.given, strict, x.reason)
	}
}

func TestEveryFieldHasAConstructor(t *testing.T) {
	built := map[string]bool{}
	for _, x := range rows {
		built[strings.SplitN(x.json, `"`, 3)[1]] = true
	}
	for f := range reflect.TypeFor[triage.Condition]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		assert.True(t, built[name], "condition %s cannot be built in Go", name)
	}
}

func Example() {
	c := when.All(
		when.Words("refund", "money back"),
		when.Not(when.Signal("question", when.Min(800))),
	)
	out, err := json.Marshal(c)
	fmt.Println(string(out), err)
	// Output:
	// {"all":[{"words":{"any":["refund","money back"]}},{"not":{"signal":{"name":"question","min":800}}}]} <nil>
}
