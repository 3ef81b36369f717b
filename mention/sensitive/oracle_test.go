package sensitive_test

import (
	"fmt"
	"math/big"
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/sensitive"
)

// The oracle reads the four classes that the specification wants figures for with regular expressions and the checks
// as their standards put them: slow, and with nothing in common with Find.
var (
	plainCard    = regexp.MustCompile(`\b(?:[0-9]{13,16}|[0-9]{4}([ -])[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}|[0-9]{4}[ -][0-9]{6}[ -][0-9]{5})\b`)
	plainIBAN    = regexp.MustCompile(`\b(?:GB[0-9]{2} ?[A-Z]{4}(?: ?[0-9]{4}){3} ?[0-9]{2}|DE[0-9]{2}(?: ?[0-9]{4}){4} ?[0-9]{2}|NL[0-9]{2} ?[A-Z]{4}(?: ?[0-9]{4}){2} ?[0-9]{2})\b`)
	plainSSN     = regexp.MustCompile(`\b(?:[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{3} [0-9]{2} [0-9]{4}|[0-9]{3}\.[0-9]{2}\.[0-9]{4})\b`)
	plainEmail   = regexp.MustCompile(`\b[a-z0-9]+(?:\.[a-z0-9]+)*@[a-z0-9]+(?:\.[a-z]{2,})+\b`)
	notDigits    = regexp.MustCompile(`[^0-9]`)
	plainAccount = regexp.MustCompile(`\b[A-Z]{2}[0-9]{2} $`)
	plainRange   = regexp.MustCompile(`^(?:4[0-9]{12}|4[0-9]{15}|5[1-5][0-9]{14}|3[47][0-9]{13}|6011[0-9]{12})$`)
)

func oracle(text string) (spans []sensitive.Span) {
	for class, shape := range map[sensitive.Class]*regexp.Regexp{
		sensitive.Card: plainCard, sensitive.IBAN: plainIBAN, sensitive.SSN: plainSSN, sensitive.Email: plainEmail,
	} {
		for _, at := range shape.FindAllStringIndex(text, -1) {
			if checked(class, strings.NewReplacer(" ", "", "-", "", ".", "").Replace(text[at[0]:at[1]])) {
				spans = append(spans, sensitive.Span{Class: class, Start: at[0], End: at[1]})
			}
		}
	}
	slices.SortFunc(spans, func(a, b sensitive.Span) int { return a.Start - b.Start })
	inside := func(i int) bool { // four groups of an account number may pass for a card
		return spans[i].Class == sensitive.Card && plainAccount.MatchString(text[:spans[i].Start])
	}
	for i := len(spans) - 1; i >= 0; i-- {
		if inside(i) || i > 0 && spans[i].Start < spans[i-1].End {
			spans = slices.Delete(spans, i, i+1)
		}
	}
	return spans
}

func checked(class sensitive.Class, s string) bool {
	switch class {
	case sensitive.Card:
		return plainRange.MatchString(s) && luhnOf(s) == 0 && strings.Trim(s, s[:1]) != ""
	case sensitive.IBAN:
		var digits strings.Builder
		for _, c := range s[4:] + s[:4] {
			digits.WriteString(new(big.Int).SetInt64(int64(strings.IndexRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", c))).String())
		}
		n, _ := new(big.Int).SetString(digits.String(), 10)
		return n.Mod(n, big.NewInt(97)).Int64() == 1
	case sensitive.SSN:
		return s[:3] != "000" && s[:3] != "666" && s[0] != '9' && s[3:5] != "00" && s[5:] != "0000" && s != "078051120" && s != "219099999"
	}
	return true
}

// luhnOf is what is left of the sum of the check.
func luhnOf(s string) (sum int) {
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		sum += [...]int{d, 2*d/10 + 2*d%10}[i%2]
	}
	return sum % 10
}

// TestFindAgreesWithTheOracle glues numbers that are right, nearly right and of no kind between words.
func TestFindAgreesWithTheOracle(t *testing.T) {
	r := rand.New(rand.NewSource(41))
	found := map[sensitive.Class]int{}
	for range 20_000 {
		var text strings.Builder
		for range 1 + r.Intn(5) {
			text.WriteString(piece(r))
			text.WriteString([]string{" and ", ", ", "\n", "; then ", ". So "}[r.Intn(5)])
		}
		want := oracle(text.String())
		var got []sensitive.Span
		for _, s := range sensitive.Find(nil, text.String()) {
			if slices.Contains([]sensitive.Class{sensitive.Card, sensitive.IBAN, sensitive.SSN, sensitive.Email}, s.Class) {
				got = append(got, s)
				found[s.Class]++
			}
		}
		got = slices.DeleteFunc(got, func(s sensitive.Span) bool { // the oracle knows few issuers and ways of grouping
			digits := notDigits.ReplaceAllString(text.String()[s.Start:s.End], "")
			return s.Class == sensitive.Card && !slices.Contains(want, s) && !plainRange.MatchString(digits) && luhnOf(digits) == 0
		})
		require.True(t, slices.Equal(want, got), "%v, got %v in %q", want, got, text.String())
	}
	t.Log("all as the oracle finds them:", found)
	require.Len(t, found, 4, "each class was there")
}

func piece(r *rand.Rand) string {
	switch r.Intn(6) {
	case 0:
		return grouped(r, cardOf(r), 4, 4, 4)
	case 1:
		iban := []string{"GB%02d WEST %04d %04d %04d %02d", "DE%02d %04d %04d %04d %04d %02d", "NL%02d ABNA %04d %04d %02d"}[r.Intn(3)]
		args := []any{r.Intn(100)}
		for range strings.Count(iban, "%04d") {
			args = append(args, r.Intn(10_000))
		}
		s := fmt.Sprintf(iban, append(args, r.Intn(100))...)
		for n := 2; n < 99 && r.Intn(90) > 0; n++ { // nearly always the right check digits
			if s = s[:2] + fmt.Sprintf("%02d", n) + s[4:]; checked(sensitive.IBAN, strings.ReplaceAll(s, " ", "")) {
				break
			}
		}
		if r.Intn(2) == 0 {
			s = strings.ReplaceAll(s, " ", "")
		}
		return s
	case 2:
		gap := []string{"-", " ", "."}[r.Intn(3)]
		return fmt.Sprintf("%03d%s%02d%s%04d", []int{r.Intn(1000), 0, 666}[r.Intn(3)], gap, r.Intn(100), gap, r.Intn(10_000)*r.Intn(2))
	case 3:
		return []string{"jo.bloggs", "jo", "a1"}[r.Intn(3)] + []string{"@", " at ", "@@"}[r.Intn(3)] +
			[]string{"example.com", "mail.example.co", "nowhere", "10.0.0.1"}[r.Intn(4)]
	}
	return []string{"nothing at all", "the gate", "late", "Ümläute 語", "no"}[r.Intn(5)]
}

func cardOf(r *rand.Rand) string {
	head := []string{"4", "51", "55", "34", "37", "6011", "9"}[r.Intn(7)]
	n := map[byte]int{'3': 15}[head[0]]
	if n == 0 {
		n = 16
	}
	for len(head) < n {
		head += string(rune('0' + r.Intn(10)))
	}
	if r.Intn(3) > 0 {
		for c := '0'; c <= '9' && luhnOf(head) != 0; c++ {
			head = head[:n-1] + string(c)
		}
	}
	return head
}

// grouped writes a number in groups, or as one.
func grouped(r *rand.Rand, s string, sizes ...int) string {
	if len(s) == 15 {
		sizes = []int{4, 6}
	}
	gap := []string{"", " ", "-"}[r.Intn(3)]
	var b strings.Builder
	for _, n := range sizes {
		b.WriteString(s[:n] + gap)
		s = s[n:]
	}
	return b.String() + s
}
