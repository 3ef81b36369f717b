package guideline

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/currency"

	"github.com/reputekit/reputation/escalation"
)

// An amount is a number beside a sign or a code of a currency, in either order.
const (
	number = `(\d{1,3}(?:[ \x{a0}\x{2009}\x{202f}]\d{3})+(?:[.,]\d{1,2})?\b|\d(?:[\d.,'’]*\d)?)(k\b)?(?:[.,][-–—])?`
	signs  = `€|\$|£|¥|₹|₺|₽|₩|₪|zł`
	codes  = `eur|usd|gbp|chf|cad|aud|nzd|jpy|cny|inr|mxn|brl|sek|nok|dkk|pln|czk|huf|try|zar|sgd|hkd|aed|ars|cop|clp`
	units  = `euros?|dollars?|bucks|pounds?|quid|pesos?|rupees?|d[oó]lares|libras|pfund|franken|kronor|kroner`
)

var amount = regexp.MustCompile(`(?i)(?:(` + signs + `|\b(?:` + codes + `))\s?` + number +
	`|\b` + number + `\s?(` + signs + `|(?:` + codes + `|` + units + `)\b))`)

var amountNeeds = needs(amount.String())

// currencies are what signs and words may stand for.
var currencies = map[string][]string{
	"€": {"EUR"}, "euro": {"EUR"}, "euros": {"EUR"}, "£": {"GBP"}, "pound": {"GBP"}, "pounds": {"GBP"}, "pfund": {"GBP"},
	"libras": {"GBP"}, "¥": {"JPY", "CNY"}, "$": {"USD", "CAD", "AUD", "NZD", "MXN"}, "dollar": {"USD", "CAD", "AUD", "NZD"},
	"dollars": {"USD", "CAD", "AUD", "NZD"}, "dolares": {"USD"}, "dólares": {"USD"}, "peso": {"MXN"}, "pesos": {"MXN"},
	"franken": {"CHF"}, "bucks": {"USD", "CAD", "AUD", "NZD"}, "quid": {"GBP"}, "₹": {"INR"}, "rupee": {"INR"}, "rupees": {"INR"},
	"₺": {"TRY"}, "₽": {"RUB"}, "₩": {"KRW"}, "₪": {"ILS"}, "zł": {"PLN"}, "kronor": {"SEK"}, "kroner": {"NOK", "DKK"},
}

// promised finds sums that a text promises and that are more than whoever speaks may promise.
func promised(v *voice) finder {
	return func(x *reading, sc *Scene) []hit {
		if v == nil || !v.offerNeeds.in(x) || !amountNeeds.in(x) || !strings.ContainsAny(x.text, "0123456789") {
			return nil
		}
		var out []hit
		for _, s := range x.sentences() {
			text := x.text[s.start:s.end]
			if !v.offer.MatchString(text) || v.noOffer.MatchString(text) && !v.promises(text) {
				continue
			}
			for _, m := range amount.FindAllStringSubmatchIndex(text, mostHits) {
				sign, sum := group(text, m, 1, 6), group(text, m, 2, 4)
				if m[6] >= 0 || m[10] >= 0 { // 1.2k
					sum = thousandfold(sum)
				}
				if why := beyond(sc.Limit, sign, sum); why != "" {
					out = append(out, hit{start: s.start + m[0], end: s.start + m[1], why: why})
				}
			}
		}
		return out[:min(len(out), mostHits)]
	}
}

// promises reports whether a sentence that also speaks of what was or was not promises outright: we will refund. A word
// such as not right before or behind turns it round.
func (v *voice) promises(text string) bool {
	for _, m := range places(v.promise, text, mostHits) {
		before, behind := wordsIn(text[:m[0]]), wordsIn(text[m[1]:])
		if len(before) > 0 && v.noOffer.MatchString(before[len(before)-1].is) ||
			len(behind) > 0 && v.noOffer.MatchString(behind[0].is) {
			continue
		}
		return true
	}
	return false
}

// thousandfold writes out what 1.2k stands for.
func thousandfold(sum string) string {
	one, rest, _ := strings.Cut(strings.ReplaceAll(sum, ",", "."), ".")
	if len(rest) > 3 {
		rest = rest[:3]
	}
	return one + rest + strings.Repeat("0", 3-len(rest))
}

// group gives the one of two groups that matched.
func group(text string, m []int, a, b int) string {
	if m[2*a] < 0 {
		a = b
	}
	return text[m[2*a]:m[2*a+1]]
}

// beyond says why a sum is more than the limit, or nothing.
func beyond(limit escalation.Money, sign, sum string) string {
	if limit.Minor <= 0 {
		return "no sum may be promised here"
	}
	known, ok := currencies[strings.ToLower(sign)]
	if !ok {
		known = []string{strings.ToUpper(sign)}
	}
	if !slices.Contains(known, limit.Currency) {
		return "the limit is in " + limit.Currency
	}
	unit, err := currency.ParseISO(limit.Currency)
	if err != nil {
		return "the limit is in no currency"
	}
	scale, _ := currency.Standard.Rounding(unit)
	minor, ok := minorUnits(sum, scale)
	if !ok || minor > limit.Minor {
		return fmt.Sprintf("the limit is %s", limit)
	}
	return ""
}

// minorUnits reads a number as it is written: of its separators the last one parts the decimals when no more than scale
// digits, or two, stand behind it; all others part thousands.
func minorUnits(s string, scale int) (int64, bool) {
	decimals := ""
	if at := strings.LastIndexAny(s, ".,"); at >= 0 && len(s)-at-1 <= max(scale, 2) && len(s)-at-1 != 3 {
		s, decimals = s[:at], s[at+1:]
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	for len(decimals) < scale {
		decimals += "0"
	}
	n, err := strconv.ParseInt(digits+decimals[:scale], 10, 64)
	return n, err == nil
}
