package sensitive_test

import (
	"math/rand"
	"slices"
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
	{"4111  1111 1111 1111 4111.1111.1111.1111 4111_1111/1111 - 1111", "card:4111  1111 1111 1111|card:4111.1111.1111.1111|" +
		"card:4111_1111/1111 - 1111", "other signs in the groups of a card"},
	{"3782/822463/10005 3056.930902.5904", "card:3782/822463/10005|card:3056.930902.5904", "and in those of others"},
	{"4111 1111\n1111 1111", "card:4111 1111\n1111 1111", "over two lines"},
	{"4111\u200b1111\u200b1111\u200b1111", "card:4111\u200b1111\u200b1111\u200b1111", "with what cannot be seen"},
	{"4111,1111,1111,1111 2012/2013/2014/2015 411.111.111.111.1111", "", "a list, years, other groups"},
	{"4111\n1111\n1111\n1111", "", "one below the other"},
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
	{"AA FF# 94LXA62, request # 16866853", "order:94LXA62|order:16866853", "a frequent flyer's number, a request's"},
	{"my ORDER #123, order no. 4410, order number is: 99812", "order:123|order:4410|order:99812", "with a marker a short one will do"},
	{"confirmation code: ABCDEF", "order:ABCDEF", "six capitals behind a marker"},
	{"tracking number 1Z 999 AA1 01 2345 6784 please", "order:1Z 999 AA1 01 2345 6784", "groups"},
	{"Ref: AB-2291, case no 88123", "order:AB-2291|order:88123", "weak cues with a marker"},
	{"pedido n.º 20931, n.º de pedido 20932, pedido nro. 20933, orden de compra 20934, orden #20935",
		"order:20931|order:20932|order:20933|order:20934|order:20935", "Spanish words for number"},
	{"Best.-Nr. 20931, Kd.-Nr.: 20932, Auftrags-Nr 20933", "order:20931|order:20932|order:20933", "German ones, shortened"},
	{"an order of 12345 people, a booking of 20000 seats", "order:20000", "how many, where it is known of what"},
	{"pedido nº 20931, localizador X7PQ9Z, número de reserva: 55123", "order:20931|order:X7PQ9Z|order:55123", "Spanish"},
	{"Bestellnummer 4711-0815, Buchung ABC12D, Auftrags-Nr. 1", "order:4711-0815|order:ABC12D", "German"},
	{"order 2 pizzas, in order to, order 2024, booking for 12/05/2025", "", "small numbers, years, dates"},
	{"case 12345 of them, ticket costs 20000", "", "a weak cue alone"},
	{"ticket: 1200 €, order total: 15000USD", "", "prices"},
	{"order iphone15 order A320", "", "things"},
	{"the order was late", "", "no number"},
	{"order 4111111111111111", "card:4111111111111111", "what is more certain wins"},
	{"GB82WEST12345698765432, gb82 west 1234 5698 7654 32", "iban:GB82WEST12345698765432|iban:gb82 west 1234 5698 7654 32", "an account"},
	{"GB82.WEST.1234.5698.7654.32 DE89 3704 0044\n0532 0130 00 DE89\u200b370400440532013000",
		"iban:GB82.WEST.1234.5698.7654.32|iban:DE89 3704 0044\n0532 0130 00|iban:DE89\u200b370400440532013000", "other seams"},
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
	{"my card number is 36168002586008, my number is 13812345678", "phone:13812345678", "the number of something else"},
	{"call415-555-0132, call me415-555-0132", "phone:415-555-0132|phone:415-555-0132", "the space forgotten"},
	{"SKU415-555-0132 4415-555-0132 x.com/ab415-555-0132", "", "a part number, a longer number, a page"},
	{"1-800-555-0132, +1 (888) 555-0132, call 0800 1234567, call 09061234567", "", "free of charge or charged: nobody's own"},
	{"+999 1234 5678, +1 415 555 013, +100000000 points", "", "no such country, too short, no area"},
	{"+44 20 7123 4567 2024 2025", "phone:+44 20 7123 4567", "numbers behind it"},
	{"911-555-0132, 415-911-0132", "", "no area, no exchange"},
	{"call 4155550132, text 415 5550132, call 12345678", "phone:4155550132|phone:415 5550132", "behind call nine digits are asked for"},
	{"phone 12/05/2025, mobile 2015-02-24, phone 1234567 times", "", "dates, a number of times"},
	{"DPCI 030-02-8711, zip 30614-1234, order 112-345678", "order:112-345678", "the name of another number stands before"},
	{"SSN: 078-051121, my ssn is 078-05-1123", "ssn:078-051121|ssn:078-05-1123", "its own name"},
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

func TestFind(t *testing.T) { check(t, rows) }

func check(t *testing.T, rows []row) {
	t.Helper()
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
		"+1", "(", "tel", "tel. ", "GB82", "GB82 WEST ", "078-05-", "078 05 1123 ", "tel 1234567 ", "a@b.cc ", "(415) 555-0132 ",
		"password=", "password: ", "password: a ", "pin: 1234 ", "ghp_", "eyJ", "eyJa.", "to 1 ", "to A ", "address 1 Elm ",
		"born 1/1/", "my cancer ", "diagnosed ", "NHS ", "12.345.", "1 85 05 2A "} {
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

var allRows = slices.Concat(rows, nationalRows, secretRows, personRows)

func FuzzFind(f *testing.F) {
	for _, r := range allRows {
		f.Add(r.text)
	}
	f.Fuzz(checkLaws)
}

// TestLaws tries the laws on the rows, cut and glued: what stands side by side there, nobody thought of.
func TestLaws(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	for range 5000 {
		var b strings.Builder
		for range 1 + r.Intn(4) {
			text := allRows[r.Intn(len(allRows))].text
			if r.Intn(2) == 0 && text != "" {
				text = text[r.Intn(len(text)):]
			}
			b.WriteString(text)
			b.WriteString([]string{"", " ", "-", "\n", ", "}[r.Intn(5)])
		}
		checkLaws(t, b.String())
	}
}

// everything makes Find look for all there is.
const everything = "\n\n@ Ж 1234567890123456 ABCDEFGH"

func checkLaws(t *testing.T, text string) {
	last := 0
	borders := map[int]bool{len(text): true} // a byte that is no UTF-8 stands for itself
	for i := range text {
		borders[i] = true
	}
	spans := sensitive.Find(nil, text)
	for _, s := range spans {
		require.True(t, last <= s.Start && s.Start < s.End && s.End <= len(text), "%q: in order and apart", text)
		require.True(t, borders[s.Start] && borders[s.End], "%q: %v at the borders of runes", text, s)
		require.Contains(t, sensitive.Classes(), s.Class)
		last = s.End
	}

	all := sensitive.Find(nil, text+everything)
	for i, s := range all {
		if s.Start >= len(text) {
			all = all[:i]
			break
		}
	}
	require.Equal(t, len(spans), len(all), "%q: leaving searches out changes nothing: %v %v", text, spans, all)
	for i := range spans {
		require.Equal(t, spans[i], all[i], "%q", text)
	}

	masked := sensitive.Mask(text)
	require.Empty(t, sensitive.Find(nil, masked), "%q masked is %q", text, masked)
	require.Equal(t, masked, sensitive.Mask(masked), "masking twice changes nothing")
	if len(spans) == 0 {
		require.Equal(t, text, masked)
	}
}

func BenchmarkFind(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"plain", "@acme I have been waiting at the gate for two hours and nobody tells us anything. This is really not acceptable !"},
		{"digit", "@acme I have been waiting at the gate for 2 hours and nobody tells us anything. This is really not an option, sir"},
		{"cue", "@acme my booking was on flight 2490 and nobody answers the phone. Waited 45 minutes. This is really not acceptable"},
		{"private", "Order 44-1092 never came. My card is 4111 1111 1111 1111, write to jo@example.com or call me on +44 20 7123 4567!"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			spans := sensitive.Find(nil, c.text)
			for b.Loop() {
				spans = sensitive.Find(spans[:0], c.text)
			}
		})
	}
}
