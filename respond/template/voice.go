package template

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"github.com/reputekit/reputation/escalation"
)

// zones find the zones that a text names. Those that it spells out are looked up once, at Compile.
type zones struct {
	source func(string) (*time.Location, error)
	known  map[string]*time.Location
}

func zonesOf(source func(string) (*time.Location, error)) zones {
	if source == nil {
		source = escalation.Zone
	}
	return zones{source, map[string]*time.Location{}}
}

// load looks a zone up and keeps it. Only Compile calls it.
func (z zones) load(name string) error {
	loc, err := z.find(name)
	if err == nil {
		z.known[name] = loc
	}
	return err
}

// find asks the source for what is not known. The machine's own zone is none, whatever the source says of it.
func (z zones) find(name string) (*time.Location, error) {
	if loc := z.known[name]; loc != nil {
		return loc, nil
	}
	if name == "" || name == "Local" {
		return escalation.Zone(name) // which says why not
	}
	loc, err := z.source(name)
	if err == nil && loc == nil {
		err = fmt.Errorf("there is no zone %q", name)
	}
	return loc, err
}

// A voice says times, sums and numbers as one language does.
type voice struct {
	lang  language.Tag
	zones zones
}

func (v voice) at(t any, zone []string) (time.Time, error) {
	in, ok := t.(instant)
	switch {
	case !ok:
		return time.Time{}, fmt.Errorf("a %T is not a time", t)
	case len(zone) > 1:
		return time.Time{}, errors.New("one time has one zone")
	case len(zone) == 1:
		loc, err := v.zones.find(zone[0])
		if err != nil {
			return time.Time{}, err
		}
		return in.In(loc), nil
	case in.Location().String() == "Local":
		return time.Time{}, errors.New("the time is in the machine's zone: name one")
	}
	return in.Time, nil
}

// clock says the time of day with the zone that is valid then: 15:00 CET. A zone without a letter name is written by
// its offset. Without a zone it is the time's own.
func (v voice) clock(t any, zone ...string) (string, error) {
	at, err := v.at(t, zone)
	if err != nil {
		return "", err
	}
	name, _ := at.Zone()
	if name == "" || !unicode.IsLetter(rune(name[0])) {
		name = "UTC" + at.Format("-07:00")
	}
	return at.Format("15:04 ") + name, nil
}

// The names of days and months in the languages that day knows. Others get 2025-03-04, which nobody misreads.
var (
	dayNames = map[string][]string{
		"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		"es": {"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
		"de": {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
	}
	monthNames = map[string][]string{
		"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
			"November", "December"},
		"es": {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
			"noviembre", "diciembre"},
		"de": {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
			"November", "Dezember"},
	}
	dayForms = map[string]string{"en": "%s %d %s", "es": "%s %d de %s", "de": "%s, %d. %s"}
)

// day says the day: Tuesday 4 March. It is the day in that zone.
func (v voice) day(t any, zone ...string) (string, error) {
	at, err := v.at(t, zone)
	if err != nil {
		return "", err
	}
	base, _ := v.lang.Base()
	lang := base.String()
	if dayForms[lang] == "" {
		return at.Format(time.DateOnly), nil
	}
	return fmt.Sprintf(dayForms[lang], dayNames[lang][at.Weekday()], at.Day(), monthNames[lang][at.Month()-1]), nil
}

// money says a sum with the digits and separators of the language and the currency's ISO code: 1.234,50 EUR.
func (v voice) money(sum any) (string, error) {
	m, ok := sum.(amount)
	if !ok {
		return "", fmt.Errorf("a %T is not an amount", sum)
	}
	unit, err := currency.ParseISO(m.Currency)
	if err != nil {
		return "", fmt.Errorf("%q is not a currency: use an ISO 4217 code", m.Currency)
	}
	if m.Minor > 1<<50 || m.Minor < -1<<50 {
		return "", errors.New("the amount is too large to be said")
	}
	digits, _ := currency.Standard.Rounding(unit)
	value := float64(m.Minor) / math.Pow10(digits)
	return message.NewPrinter(v.lang).Sprint(number.Decimal(value, number.Scale(digits))) + " " + unit.String(), nil
}

// plural chooses the word for a number: plural N "day" "days". Languages with more forms give them in the order one,
// few, many.
func (v voice) plural(n any, forms ...string) (string, error) {
	count, ok := n.(int64)
	if i, isInt := n.(int); isInt {
		count, ok = int64(i), true
	}
	if !ok {
		return "", fmt.Errorf("a %T is not a number", n)
	}
	if len(forms) < 2 || len(forms) > 3 {
		return "", errors.New("plural takes a number and two or three words")
	}
	rest := count
	if rest < 0 {
		rest = -rest
	}
	form := plural.Cardinal.MatchPlural(v.lang, int(rest%10_000_000), 0, 0, 0, 0)
	switch {
	case form == plural.One:
		return forms[0], nil
	case (form == plural.Two || form == plural.Few) && len(forms) < 3:
		return "", fmt.Errorf("%s has another word for %d: give three", v.lang, count)
	case form == plural.Two || form == plural.Few:
		return forms[1], nil
	}
	return forms[len(forms)-1], nil
}

// words says a list: words .Items "and" gives "a, b and c".
func words(list any, and string) (string, error) {
	items, err := said(list)
	if err != nil {
		return "", err
	}
	last := len(items) - 1
	if last <= 0 {
		return strings.Join(items, ""), nil
	}
	return strings.Join(items[:last], ", ") + " " + and + " " + items[last], nil
}

// said are the items of a list as people read them.
func said(list any) ([]string, error) {
	switch list := list.(type) {
	case nil:
		return nil, nil
	case []string:
		return list, nil
	case []any:
		out := make([]string, 0, len(list))
		for _, x := range list {
			switch x := x.(type) {
			case string:
				out = append(out, x)
			case int64:
				out = append(out, strconv.FormatInt(x, 10))
			case int:
				out = append(out, strconv.Itoa(x))
			default:
				return nil, fmt.Errorf("a %T in a list is not text", x)
			}
		}
		return out, nil
	}
	return nil, fmt.Errorf("a %T is not a list", list)
}

// cut shortens to n characters as people count them; what was cut ends in an ellipsis.
func cut(n int, s string) (string, error) {
	if n < 1 {
		return "", errors.New("cut to nothing leaves nothing")
	}
	end, last, count := 0, 0, 0
	for end < len(s) {
		if count == n {
			return strings.TrimRightFunc(s[:last], unicode.IsSpace) + "…", nil
		}
		last = end
		end += firstCharacter(s[end:])
		count++
	}
	return s, nil
}

const (
	joiner        = '\u200d' // joins emoji into one
	keycap        = '\u20e3'
	flagA, flagZ  = '\U0001f1e6', '\U0001f1ff'
	skinA, skinZ  = '\U0001f3fb', '\U0001f3ff'
	tagA, tagZ    = '\U000e0020', '\U000e007f'
	styleA, style = '\ufe00', '\ufe0f'
)

// firstCharacter is the length in bytes of the first character as people see it: a letter with its marks, an emoji with
// all that is joined to it, a flag. It follows Unicode's extended grapheme clusters but for Hangul and Indic conjuncts,
// which it may cut where a reader would not.
func firstCharacter(s string) int {
	first, size := utf8.DecodeRuneInString(s)
	if first == '\r' && strings.HasPrefix(s, "\r\n") {
		return 2
	}
	n, before, flags := size, first, 1
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		isFlag := r >= flagA && r <= flagZ && before >= flagA && before <= flagZ && flags == 1
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc), r == joiner, r == keycap,
			r >= styleA && r <= style, r >= skinA && r <= skinZ, r >= tagA && r <= tagZ:
		case before == joiner && r > 0xff:
		case isFlag:
			flags = 2
		default:
			return n
		}
		before = r
		n += size
	}
	return n
}

// whole reads a whole number; what is none is 0.
func whole(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
