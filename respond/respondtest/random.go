package respondtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// Random makes a story that nobody wrote, for the laws: what usually happens, and everything else that can, in any order
// and at any time. Customers use the words that the policy looks for. The same rules and seed give the same story.
func Random(r *respond.Rules, seed uint64) string {
	g := &generator{rng: rand.New(rand.NewPCG(seed, 7)), kinds: event.Kinds(), members: []string{"nobody"}}
	s := r.Specs()
	for _, m := range s.Hierarchy.Members {
		g.members = append(g.members, m.ID, m.ID)
		if slices.ContainsFunc(m.Authority, func(a escalation.Authority) bool { return a.Act == "declare" }) {
			g.leads = append(g.leads, m.ID)
		}
	}
	for _, c := range s.Policy.Categories {
		if c.Crisis {
			g.crises = append(g.crises, c.Name)
		}
	}
	g.texts = texts(s)
	g.begin()
	for range 5 + g.rng.IntN(8) {
		g.pick(happenings)(g)
	}
	return g.b.String()
}

// texts are what customers write: the words that the policy looks for, each with the name of a subject, and the rest.
func texts(s respond.Specs) []string {
	out := []string{"ok", "why?", "", "thank you, wonderful crew", "my card is 4111 1111 1111 1111", "\x00 ünd \u202e", "still broken"}
	name := "you"
	if len(s.Watchlist.Subjects) > 0 {
		name = s.Watchlist.Subjects[0].Name
	}
	data, _ := json.Marshal(s.Policy.Rules)
	var rules any
	if json.Unmarshal(data, &rules) == nil {
		for _, w := range spoken(rules, nil) {
			out = append(out, name+" "+strings.ReplaceAll(w, "*", "")+" again")
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// spoken are the words under every "any" and "words" of a policy's JSON.
func spoken(v any, out []string) []string {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range []string{"all", "any", "not", "words", "when", "near"} {
			out = spoken(v[name], out)
		}
	case []any:
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
				continue
			}
			out = spoken(x, out)
		}
	}
	return out
}

// A generator writes a story.
type generator struct {
	rng     *rand.Rand
	b       strings.Builder
	kinds   []string
	members []string
	leads   []string // who may declare
	crises  []string
	texts   []string
}

// A happening is what can happen, and how often.
type happening struct {
	weight int
	does   func(*generator)
}

// happenings are what a story is made of. It is never written to.
var happenings = []happening{
	{6, (*generator).message}, {6, (*generator).answer}, {3, (*generator).silence}, {3, (*generator).means},
	{2, (*generator).remedy}, {2, (*generator).verifies}, {3, (*generator).crisis}, {1, (*generator).twins}, {1, (*generator).family},
	{1, (*generator).forgotten}, {2, (*generator).world}, {8, (*generator).anything},
}

func (g *generator) pick(from []happening) func(*generator) {
	all := 0
	for _, h := range from {
		all += h.weight
	}
	n := g.rng.IntN(all)
	for _, h := range from {
		if n -= h.weight; n < 0 {
			return h.does
		}
	}
	return from[0].does
}

func one[T any](g *generator, of []T) T { return of[g.rng.IntN(len(of))] }

func (g *generator) member() string { return one(g, g.members) }

// line writes a step that may be refused.
func (g *generator) line(format string, args ...any) {
	step := time.Duration(g.rng.ExpFloat64() * float64(3*time.Hour)).Round(time.Minute)
	switch g.rng.IntN(12) {
	case 0:
		step = -time.Hour // the clock goes back
	case 1, 2, 3, 4:
		step = 0 // much happens at once
	case 5:
		step *= 20 // days pass
	}
	when := "+" + spec.Of(step).String()
	if step < 0 {
		when = spec.Of(step).String()
	}
	fmt.Fprintf(&g.b, "at %s ? "+format+"\n", append([]any{when}, args...)...)
}

func (g *generator) begin() {
	if g.rng.IntN(3) == 0 {
		fmt.Fprintf(&g.b, "world send %s\n", one(g, behaviours))
	}
	g.message()
}

func (g *generator) message() {
	who := one(g, []string{"dana", "dana", "dana", "nils"})
	more := one(g, []string{"", "", " private", " private", " stars=1", " backfill", " posted=-5d", " posted=+2h", " re=ours-1"})
	by := one(g, []string{"", "", "", " by=" + g.member()})
	g.line("received from=%s%s%s text=%q", who, more, by, one(g, g.texts))
}

func (g *generator) answer() {
	by := g.member()
	more := one(g, []string{"", "", " asks=order", " asks=order", " proposes", " settles", " private", " asks=order private"})
	g.line("drafted by=%s%s text=\"We are sorry about this, case %d. Write to us by direct message.\"", by, more, g.rng.IntN(99))
	g.line("approved by=%s", g.member())
	if g.rng.IntN(3) == 0 {
		g.line("%s send", one(g, []string{"delivered", "undelivered", "uncertain"}))
	}
}

func (g *generator) silence() {
	g.line("elapsed")
	fmt.Fprintf(&g.b, "at +%dd ? elapsed\n", 1+g.rng.IntN(40))
}

// forgotten is who is asked for something, and never writes again.
func (g *generator) forgotten() {
	by := g.member()
	g.line("drafted by=%s asks=order private text=\"Which booking is it?\"", by)
	g.line("approved by=%s", by)
	for _, days := range []int{3, 4, 8, 9, 40, 90} {
		fmt.Fprintf(&g.b, "at +%dd ? elapsed\n", days)
	}
}

func (g *generator) means() {
	said := []event.Meaning{event.Thanks, event.Over, event.Over, event.Accepts, event.Accepts, event.Declines,
		event.GivesDetails, event.StillBroken, event.Ends, event.RefusesDetails, event.ThreatensLaw}
	g.line("meant %s by=%s", one(g, said), g.member())
}

// remedy is proposed, accepted and carried out.
func (g *generator) remedy() {
	by := g.member()
	g.line("drafted by=%s proposes text=\"We can offer you another seat.\"", by)
	g.line("approved by=%s", by)
	g.line("meant accepts by=%s", by)
	if g.rng.IntN(2) == 0 {
		g.line("fulfilled by=%s", by)
	}
}

// verifies is a fact that is claimed, and holds or does not; or whose fault it was.
func (g *generator) verifies() {
	by, refund := g.member(), "the fare was refunded on Monday"
	if g.rng.IntN(3) == 0 {
		g.line("assessed on=dana by=%s cluster=preventable verified whose=ours evidence=log", by)
		g.line("drafted by=%s text=\"We are sorry: the delay of your flight was our mistake.\"", g.member())
	} else {
		g.line("established by=%s name=fare says=%q evidence=log source=desk%s", by, refund, one(g, []string{"", " until=+2h", " until=+2d"}))
		g.line("drafted by=%s text=\"We are sorry about this. We have refunded the fare.\"", g.member())
	}
	g.line("approved by=%s", g.member())
	if g.rng.IntN(2) == 0 {
		g.line("%s", one(g, []string{"retracted fare by=" + by + " why=bank", "assessed on=dana by=" + by, "elapsed"}))
		g.line("drafted corrects by=%s text=\"We are sorry: it is not so.\"", by)
		g.line("approved by=%s", by)
	}
}

func (g *generator) crisis() {
	if len(g.crises) == 0 {
		return
	}
	on, lead := one(g, g.crises), ""
	if g.rng.IntN(2) == 0 && len(g.leads) > 0 {
		lead = one(g, g.leads)
		g.line("surged category=%s seen=90 expected=4", on)
	}
	for _, step := range []string{
		"taken by=%s on=" + on, "declared by=%s", `stated by=%s text="We are at it. News here every 30 minutes." every=30m`,
		"approved by=%s on=" + on, "established by=%s on=" + on + ` name=site says="the website was restored" evidence=log source=desk`,
		`stated by=%s text="The website is restored. News here every 30 minutes." every=30m`, "approved by=%s on=" + on,
		"contained by=%s", "retracted by=%s on=" + on + " fact=site why=rain", "dismissed by=%s", "examined by=%s cause=cable",
	} {
		if g.rng.IntN(8) > 0 {
			g.line(step, cmp.Or(lead, g.member()))
		}
	}
}

func (g *generator) world() {
	if g.rng.IntN(6) == 0 {
		fmt.Fprintf(&g.b, "clock %s\n", one(g, []string{"stopped", "runs", "runs"}))
		return
	}
	what := one(g, []string{"send", "tell", "tell:" + g.member(), "approve", "moderate", "publish", "join", "hold", "grant", "survey"})
	fmt.Fprintf(&g.b, "world %s %s\n", what, one(g, append([]string{"works", "works"}, behaviours...)))
}

// anything is an event of any kind, with members of any kind.
func (g *generator) anything() {
	kind := one(g, g.kinds)
	var e event.Event
	data, _ := json.Marshal(map[string]any{"id": "x", "kind": kind, "body": struct{}{}})
	if json.Unmarshal(data, &e) != nil {
		return
	}
	if kind == "merged" || kind == "split" {
		g.line("%s from=%s by=%s on=%s", kind, one(g, g.people()), g.member(), one(g, g.people()))
		return
	}
	words := []string{kind}
	v := reflect.ValueOf(e.Body)
	for i := range v.NumField() {
		name := jsonName(v.Type().Field(i))
		if value, ok := g.value(name, v.Field(i)); ok {
			words = append(words, name+"="+value)
		}
	}
	if _, isMention := member(v, "mention"); isMention && kind == "received" {
		g.message()
		return
	}
	if g.rng.IntN(4) > 0 {
		words = append(words, "by="+g.member())
	}
	g.line("%s", strings.Join(words, " "))
}

// value is a value for a member; not always there is one.
func (g *generator) value(name string, v reflect.Value) (string, bool) {
	switch v.Interface().(type) {
	case mention.Mention:
		return "", false
	case mention.Ref:
		return one(g, []string{"dana-1", "dana-2", "ours-1", "nils-1", "nowhere"}), g.rng.IntN(3) > 0
	case time.Time:
		return one(g, []string{"+1h", "+2d", "-1h"}), g.rng.IntN(2) == 0
	}
	if words, ok := vocabulary[name]; ok {
		return one(g, words), g.rng.IntN(5) > 0
	}
	switch v.Kind() {
	case reflect.Bool:
		return "true", g.rng.IntN(3) == 0
	case reflect.String:
		return strconv.Quote(one(g, []string{"x", "order", "because", "Wir sind dran."})), g.rng.IntN(5) > 0
	case reflect.Int, reflect.Int64:
		return strconv.Itoa(g.rng.IntN(12)), g.rng.IntN(3) > 0
	}
	return "", false
}

// vocabulary is what members of these names can say. It is never written to.
var vocabulary = map[string][]string{
	"key": {"send", "tell", "approve", "moderate", "publish", "join", "grant", "survey", "hold", "observe", "lookup"},
	"said": {"thanks", "over", "accepts", "declines", "ends", "gives_details", "still_broken",
		"refuses_details", "threatens_law"},
	"legitimacy": {"genuine", "fake", "perhaps"},
	"reason":     {"failed", "changed", "gone", "answered", "too_late"},
	"text":       {`"We are sorry."`, `"We look into it and answer tomorrow."`, `""`},
	"visibility": {"public", "private"},
	"code":       {"spam", "duplicate"},
	"scale":      {"nps", "csat"},
	"severity":   {"routine", "serious", "crisis"},
	"category":   {"outage", "praise", "nothing"},
	"draft":      {"draft#1", "draft#2"},
	"signals":    {`[{"name":"fury","value":900}]`, `[{"name":"fury","value":-900}]`},
	"absent":     {"fury", "picture"},
	"given":      {`{"order":"7","tier":"gold"}`, `{"do_not_contact":"yes"}`, `{"under_age":"yes"}`},
	"standing":   {"press", "employee", "litigant"},
	"cluster":    {"accidental", "rumour"},
	"classes":    {"text", "author,media", "trail"},
	"series":     {"outage", "crowd"},
	"to":         {"ana", "cleo", "nobody"},
	"fact":       {"fare", "seat"},
	"name":       {"fare", "seat"},
	"owner":      {"ana", "cleo", "nobody"},
	"from":       {"contact", "engage"},
	"as":         {"harm", "safety", "under_age", "related", "legal"},
}
