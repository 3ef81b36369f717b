package sensitive

import (
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// A cue says how much of a number must follow it.
type cue int

const (
	weak   cue = iota // a number only with a marker between: "case no. 12345"
	strong            // a number right behind it will do: "order 44-1092"
	marked            // the cue has the marker in it: "Bestellnummer"
)

// The cues, folded without accents. A marker says that a number follows; filler may stand between.
var (
	orderCues = map[cue]string{
		weak: "case|reference|ref|claim|account|customer|membership|receipt|ticket|itinerary|transaction|purchase|" +
			"referencia|cliente|expediente|recibo|compra|referenz|kunde|beleg|fall|transaktion|paket",
		strong: "order|orders|booking|reservation|confirmation|tracking|parcel|shipment|consignment|invoice|pnr|locator|" +
			"pedido|reserva|localizador|seguimiento|envio|factura|billete|" +
			"bestellung|auftrag|buchung|reservierung|sendung|rechnung|buchungscode|sendungsverfolgung",
		marked: "order id|booking id|ordernumber|bookingref|waybill|bestellnummer|bestellnr|bestell-nr|" +
			"auftragsnummer|auftragsnr|buchungsnummer|buchungsnr|buchungscode|reservierungsnummer|reservierungscode|sendungsnummer|paketnummer|" +
			"rechnungsnummer|rechnungsnr|kundennummer|kundennr|vorgangsnummer|ticketnummer|referenznummer|fallnummer|" +
			"trackingnummer|order-nr|numero de pedido|codigo de reserva|numero de reserva",
	}
	markers = words("number|numbers|no|nr|num|nº|n°|#|:|id|code|ref|reference|numero|codigo|nummer|kennung|=")
	fillers = words("is|was|my|the|of|es|era|mi|el|la|con|de|ist|war|lautet|mit|der|die|meine|mein|.|-|(|\"|'|,")
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.SplitSeq(list, "|") {
		m[w] = true
	}
	return m
}

// orderFinder finds the cues; the id of a match is its cue.
var orderFinder = func() *lexis.Automaton {
	var patterns []lexis.Pattern
	for _, c := range [...]cue{weak, strong, marked} {
		for w := range strings.SplitSeq(orderCues[c], "|") {
			patterns = append(patterns, lexis.Pattern{ID: int(c), Text: w})
		}
	}
	a, err := lexis.Compile(patterns, lexis.Folding{StripAccents: true})
	if err != nil {
		return new(lexis.Automaton) // TestOrder would notice
	}
	return a
}()

// orders finds the numbers that follow a cue.
func orders(f *finding) {
	if !strings.ContainsAny(f.text, "0123456789") && !strings.ContainsFunc(f.text, upper) {
		return
	}
	done := 0
	orderFinder.Each(f.text, func(m lexis.Match) bool {
		if m.Start < done {
			return true
		}
		at, c := value(f.text, m.End, cue(m.ID))
		if start, end := code(f.text, at, c); end > start {
			f.add(Order, start, end)
			done = end
		}
		return true
	})
}

// value skips what may stand between a cue and its number. A marker on the way makes the cue a marked one.
func value(text string, i int, c cue) (int, cue) {
	for range 6 {
		for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
			i++
		}
		end := i
		for end < len(text) && end-i < 12 && !strings.ContainsRune(" \t\n:#=.,()\"'-0123456789", rune(text[end])) {
			end++
		}
		if end == i && end < len(text) {
			end++
		}
		var buf [16]byte
		token := fold(buf[:0], text[i:end])
		switch {
		case markers[string(token)]:
			c = marked
		case !fillers[string(token)]:
			return i, c
		}
		i = end
	}
	return i, c
}

func fold(dst []byte, s string) []byte {
	f := lexis.Folding{StripAccents: true}.Folder(s)
	for {
		r, _, _, ok := f.Next()
		if !ok {
			return dst
		}
		dst = utf8.AppendRune(dst, r)
	}
}

// code gives the number at text[i:], if it looks like one for such a cue.
func code(text string, i int, c cue) (start, end int) {
	var all shape
	for start, end = i, i; end < len(text); {
		var s shape
		next := s.read(text, end)
		if next == end || s.digits == 0 && end > start || end > start && s.length() < 2 || s.small && end > start {
			break
		}
		all.add(s)
		end = next
		// Groups are written with spaces too: "1Z 999 AA1 01 2345 6784".
		if c != marked || all.length() > 30 || s.length() > 4 || next >= len(text) || text[next] != ' ' {
			break
		}
		if after := next + 1; after < len(text) && wordly(rune(text[after])) {
			end = after
			continue
		}
		break
	}
	end = len(strings.TrimRight(text[:max(end, start)], " "))
	if !all.plausible(c) || date(text[start:end]) || price(text[end:]) || !alone(text, start, end) {
		return 0, 0
	}
	return start, end
}

// A shape counts what a token is made of.
type shape struct {
	digits, capitals int
	small, parted    bool
}

func (s *shape) length() int { return s.digits + s.capitals }

func (s *shape) add(t shape) {
	s.digits, s.capitals = s.digits+t.digits, s.capitals+t.capitals
	s.small, s.parted = s.small || t.small, s.parted || t.parted
}

// read reads letters and digits with dashes and strokes inside, and gives the end.
func (s *shape) read(text string, i int) int {
	for start := i; i < len(text) && i-start < 40; i++ {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			s.digits++
		case 'A' <= c && c <= 'Z':
			s.capitals++
		case 'a' <= c && c <= 'z':
			s.small = true
			s.capitals++
		case (c == '-' || c == '/') && i > start && i+1 < len(text) && wordly(rune(text[i+1])) && text[i+1] < 0x80:
			s.parted = true
		default:
			return i
		}
	}
	return i
}

// plausible says which tokens are numbers. Without a marker a number needs five digits, or capitals among digits; with
// one four characters, or six capitals (an airline's record locator).
func (s *shape) plausible(c cue) bool {
	n := s.length()
	switch {
	case n > 36 || n < 4 && !(c == marked && n == 3 && s.digits == 3):
		return false
	case s.digits == 0:
		return c == marked && n == 6 && !s.small
	case c == marked:
		return !s.small || s.digits >= 3
	case c == weak:
		return false
	case s.capitals > 0:
		return n >= 5 && !s.small
	}
	return n >= 5
}

// date reports whether a token is a date: 12/05/2025, 2025-05-12.
func date(s string) bool {
	var parts [3]int // the lengths between the strokes
	n := 0
	for i := range len(s) {
		if s[i] != '-' && s[i] != '/' {
			parts[n]++
			continue
		}
		if n++; n == len(parts) {
			return false
		}
	}
	a, b, c := parts[0], parts[1], parts[2]
	return n == 2 && (a <= 2 && b <= 2 && (c == 2 || c == 4) || a == 4 && b <= 2 && c <= 2)
}

// price reports whether a currency follows.
func price(after string) bool {
	after = strings.TrimLeft(after, " \u00a0")
	for _, c := range [...]string{"€", "$", "£", "¥", "%", "EUR", "USD", "GBP", "eur", "usd"} {
		if strings.HasPrefix(after, c) {
			return true
		}
	}
	return false
}

func upper(r rune) bool { return 'A' <= r && r <= 'Z' }
