package sensitive_test

import (
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/sensitive"
)

type row struct {
	text   string
	want   string // class:value, separated by |
	reason string
}

var rows = []row{
	{"4111111111111111", "card:4111111111111111", "Visa"},
	{"378282246310005", "card:378282246310005", "American Express, 15 digits"},
	{"5555555555554444, 2223000048400011", "card:5555555555554444|card:2223000048400011", "both ranges of Mastercard"},
	{"30569309025904 6759649826438453", "card:30569309025904|card:6759649826438453", "Diners with 14, Maestro"},
	{"122000000000003", "card:122000000000003", "UATP"},
	{"4111 1111 1111 1111", "card:4111 1111 1111 1111", "spaces"},
	{"4111-1111-1111-1111.", "card:4111-1111-1111-1111", "dashes, and a full stop behind"},
	{"3782 822463 10005", "card:3782 822463 10005", "groups as on the card"},
	{"4111\u00a01111\u20131111\u20111111", "card:4111\u00a01111\u20131111\u20111111", "spaces and dashes of print"},
	{"４１１１１１１１１１１１１１１１", "card:４１１１１１１１１１１１１１１１", "full width"},
	{"4012888888881881 4012-8888-8888-1881 4012 8888 8888 1881",
		"card:4012888888881881|card:4012-8888-8888-1881|card:4012 8888 8888 1881", "the space between two is like that inside one"},
	{"12 4111111111111111 99", "card:4111111111111111", "numbers around"},
	{"カード4111111111111111です", "card:4111111111111111", "no spaces in Japanese"},
	{"4111111111111112", "", "wrong check digit"},
	{"0000000000000000", "", "all equal"},
	{"1748503543012", "", "a time in milliseconds that passes the check"},
	{"490154203237518", "", "an IMEI that passes the check"},
	{"4012-8888-8888-1882", "", "wrong check digit in groups"},
	{"x4111111111111111", "", "part of a word"},
	{"41111111111111110000000", "", "part of a longer number"},
	{"0.4111111111111111", "", "a decimal"},
	{"+4111111111111111", "", "a phone number"},
	{"41 11 11 11 11 11 11 11", "", "a list of small numbers"},
	{"4111  1111 1111 1111", "", "two spaces are no separator"},
	{"4111\n1111\n1111\n1111", "", "nor are line breaks"},
	{"9111111111111111", "", "nobody issues cards that begin so"},

	{"write to jo.bloggs+air@mail.example.co.uk.", "email:jo.bloggs+air@mail.example.co.uk", "the full stop is not part of it"},
	{"(me@example.com), <you@example.org>", "email:me@example.com|email:you@example.org", "in brackets"},
	{"mailto:me@example.com?subject=x", "email:me@example.com", "in a link"},
	{"jürgen@müller.de x@xn--mller-kva.xn--p1ai", "email:jürgen@müller.de|email:x@xn--mller-kva.xn--p1ai", "letters of any script"},
	{"me@acme, @acme me@ 5@5.5 a..b@c.de a.@c.de", "", "no domain, no local part, a number, dots in the wrong place"},
	{"@joe@social.example", "", "a handle with its server is public"},
	{"a@b.c", "", "no such top level"},

	{"order 44-1092 is late", "order:44-1092", "an order number"},
	{"booking reference FJ7K2Q", "order:FJ7K2Q", "a record locator"},
	{"my ORDER #123, order no. 4410, order number is: 99812", "order:123|order:4410|order:99812", "with a marker a short one will do"},
	{"confirmation code: ABCDEF", "order:ABCDEF", "six capitals behind a marker"},
	{"tracking number 1Z 999 AA1 01 2345 6784 please", "order:1Z 999 AA1 01 2345 6784", "groups"},
	{"Ref: AB-2291, case no 88123", "order:AB-2291|order:88123", "weak cues with a marker"},
	{"pedido nº 20931, localizador X7PQ9Z, número de reserva: 55123", "order:20931|order:X7PQ9Z|order:55123", "Spanish"},
	{"Bestellnummer 4711-0815, Buchung ABC12D, Auftrags-Nr. 1", "order:4711-0815|order:ABC12D", "German"},
	{"order 2 pizzas, in order to, order 2024, booking for 12/05/2025", "", "small numbers, years, dates"},
	{"case 12345 of them, ticket costs 20000", "", "a weak cue alone"},
	{"ticket: 1200 €, order total: 15000USD", "", "prices"},
	{"order iphone15 order A320", "", "things"},
	{"the order was late", "", "no number"},
	{"order 4111111111111111", "card:4111111111111111", "what is more certain wins"},
	{"GB82WEST12345698765432, gb82 west 1234 5698 7654 32", "iban:GB82WEST12345698765432|iban:gb82 west 1234 5698 7654 32", "an account"},
	{"DE89-3704-0044-0532-0130-00 please", "iban:DE89-3704-0044-0532-0130-00", "with dashes"},
	{"GB82WEST12345698765433", "", "wrong check digits"},
	{"GB82WEST1234569876543", "", "too short for its country"},
	{"ZZ82WEST12345698765432 xGB82WEST12345698765432", "", "no such country, part of a word"},

	{"078-05-1123, 078 05 1123, 078.05.1123", "ssn:078-05-1123|ssn:078 05 1123|ssn:078.05.1123", "one kind of delimiter"},
	{"078-051121 07805-1121", "ssn:078-051121|ssn:07805-1121", "one delimiter left out"},
	{"078-05-1120 000-12-3456 666-12-3456 900-12-3456 078-00-1123 078-05-0000", "", "numbers that are never given"},
	{"693-09.4444 078051123 0780511201 078-05-11234", "", "mixed, without, too long"},
	{"San Francisco, CA 94105-1234", "", "a ZIP code"},

	{"+44 20 7123 4567, +1 (415) 555-0132, +4915112345678", "phone:+44 20 7123 4567|phone:+1 (415) 555-0132|phone:+4915112345678",
		"with a country code"},
	{"(415) 555-0132 415-555-0132 415.555.0132", "phone:(415) 555-0132|phone:415-555-0132|phone:415.555.0132", "North American"},
	{"call me on 020 7123 4567, Handy: 0151/12345678, tel. 09-7625400", "phone:020 7123 4567|phone:0151/12345678|phone:09-7625400",
		"behind a cue word"},
	{"+1 +12 +1000 115-555-0132 415-155-0132 020 7123 4567", "", "too short, no area code, no cue"},
	{"our phone is 15 years old", "", "a number behind a cue word that is none"},
	{"", "", "nothing"},
	{"\xff\xfe 4111111111111111\xff", "card:4111111111111111", "broken bytes around"},
}

func found(text string) string {
	var out []string
	for _, s := range sensitive.Find(nil, text) {
		out = append(out, string(s.Class)+":"+text[s.Start:s.End])
	}
	return strings.Join(out, "|")
}

func TestFind(t *testing.T) {
	for _, r := range rows {
		assert.Equal(t, r.want, found(r.text), "%q: %s", r.text, r.reason)
	}
}

func TestFindAppends(t *testing.T) {
	before := sensitive.Span{Class: "mine", Start: 100, End: 200}
	got := sensitive.Find([]sensitive.Span{before}, "me@example.com 4111111111111111")
	require.Len(t, got, 3)
	assert.Equal(t, before, got[0], "what was there stays first")
	assert.Equal(t, sensitive.Email, got[1].Class, "the rest in the order of the text")
}

func TestFindDoesNotAllocate(t *testing.T) {
	text := "order 44-1092, me@example.com, 4111 1111 1111 1111, thanks for nothing"
	buf := sensitive.Find(nil, text)
	require.Len(t, buf, 3)
	assert.Zero(t, testing.AllocsPerRun(20, func() { buf = sensitive.Find(buf[:0], text) }))
}

// TestFindIsLinear has texts on which a search from every place to the end would take hours.
func TestFindIsLinear(t *testing.T) {
	for _, unit := range []string{"1", "1 ", "111 ", "4111-", "@", "a@", "a.", "a@b.", "order ", "order #", "_", "４", "+",
		"+1", "(", "tel", "tel. ", "GB82", "GB82 WEST ", "078-05-", "078 05 1123 ", "tel 1234567 ", "a@b.cc ", "(415) 555-0132 "} {
		text := strings.Repeat(unit, 300_000/len(unit))
		found := sensitive.Find(nil, text)
		assert.LessOrEqual(t, len(found), len(text)/len(unit), "%q again and again", unit)
	}
}

// slowCards looks at every part of the text.
func slowCards(text string) (n int) {
	for i := 0; i < len(text); i++ {
		for j := len(text); j > i+11; j-- {
			if !utf8.RuneStart(text[i]) {
				break
			}
			if found := sensitive.Find(nil, text[i:j]); len(found) == 1 && found[0].Class == sensitive.Card &&
				found[0].Start == 0 && found[0].End == j-i && !strings.ContainsAny(text[:i], "+") {
				n++
				i = j - 1
				break
			}
		}
	}
	return n
}

func TestCardsAmongNumbers(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	cards := []string{"4111111111111111", "4111 1111 1111 1111", "378282246310005", "3782-822463-10005", "5555 5555 5555 4444"}
	for range 500 {
		var parts []string
		for range 1 + r.Intn(4) {
			parts = append(parts, cards[r.Intn(len(cards))])
		}
		text := strings.Join(parts, "; ")
		require.Len(t, sensitive.Find(nil, text), len(parts), text)
		require.Equal(t, len(parts), slowCards(text), text)
	}
}

func FuzzFind(f *testing.F) {
	for _, r := range rows {
		f.Add(r.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, s := range sensitive.Find(nil, text) {
			require.True(t, last <= s.Start && s.Start < s.End && s.End <= len(text), "in order and apart")
			require.True(t, s.Start == 0 || utf8.RuneStart(text[s.Start]), "at the borders of runes")
			require.True(t, s.End == len(text) || utf8.RuneStart(text[s.End]) || !utf8.ValidString(text))
			last = s.End
		}
		masked := sensitive.Mask(text)
		for _, s := range sensitive.Find(nil, masked) {
			require.NotEqual(t, sensitive.Card, s.Class, "a masked card is none any more")
			require.NotEqual(t, sensitive.Email, s.Class, "nor is a masked address")
		}
	})
}
