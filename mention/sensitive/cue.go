package sensitive

import (
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// A cue says what its words announce.
type cue int

const (
	weak       cue = iota // an order number, only with a marker between: "case no. 12345"
	strong                // an order number right behind it: "order 44-1092"
	marked                // an order number; the cue has the marker in it: "Bestellnummer"
	dialled               // a telephone number
	called                // a telephone number of nine digits at least: "call 09-7625400"
	numbered              // a telephone number, if the word before names no other number: "my number is"
	secret                // a password, behind a sign
	pin                   // a PIN, behind a sign
	onetime               // a one-time code or a card's check value, right behind it
	born                  // a date of birth
	british               // an NHS number
	dutch                 // a citizen service number
	canadian              // a social insurance number
	brazilian             // a CPF number without its dots
	polish                // a PESEL
	germanTax             // a German tax number
	norwegian             // a fødselsnummer
	routing               // a US bank's routing number
	housed                // a street with its number, also in small letters
	ill                   // an illness that says something of a person behind a word like diagnosed
	gravelyIll            // an illness that says something of a person behind my or her, too
	patient               // a patient's number
)

// cues are the words, folded without accents.
var cues = [...]struct {
	kind  cue
	words string
}{
	{weak, "case|reference|ref|claim|account|customer|membership|receipt|ticket|itinerary|transaction|purchase|request|" +
		"frequent flyer|frequent flier|ff|loyalty|bag tag|referencia|cliente|expediente|recibo|compra|" +
		"orden|referenz|kunde|beleg|fall|transaktion|paket"},
	{strong, "order|orders|booking|reservation|confirmation|tracking|parcel|shipment|consignment|invoice|pnr|locator|" +
		"pedido|reserva|localizador|seguimiento|envio|factura|billete|" +
		"bestellung|auftrag|buchung|reservierung|sendung|rechnung|buchungscode|sendungsverfolgung"},
	{marked, "order id|booking id|ordernumber|bookingref|waybill|bestellnummer|bestellnr|bestell-nr|" +
		"auftragsnummer|auftragsnr|buchungsnummer|buchungsnr|buchungscode|reservierungsnummer|reservierungscode|" +
		"sendungsnummer|paketnummer|rechnungsnummer|rechnungsnr|kundennummer|kundennr|vorgangsnummer|ticketnummer|" +
		"referenznummer|fallnummer|trackingnummer|order-nr|best.-nr|best.nr|auftr.-nr|kd.-nr|kd-nr|rechn.-nr|re.-nr|" +
		"auftrags-nr|buchungs-nr|kunden-nr|rechnungs-nr|sendungs-nr|vorgangs-nr|sendungscode|" +
		"orden de compra|numero de orden|numero de pedido|codigo de reserva|numero de reserva"},
	{dialled, "phone|phone number|telephone|tel|ph|mobile|cell|cellphone|whatsapp|call me|call me at|call me on|ring me|" +
		"text me|text me at|fax|landline|telefono|movil|celular|llamame|telefon|telefonnummer|handy|handynummer|" +
		"rufnummer|mobil|mobilnummer|ruf mich an"},
	{called, "call|text|contact|reach me at|reach me on|llama al|llamame al|rufen sie"},
	{numbered, "number is|numero es|nummer ist|nummer lautet"},
	{secret, "password|passwd|pwd|pw|passphrase|passcode|contrasena|clave|passwort|kennwort"},
	{pin, "pin|pin code|pin-code|pin number|tan|geheimzahl|passcode|access code|codigo pin"},
	{onetime, "cvv|cvc|cvv2|cvc2|otp|otp code|security code|verification code|one-time code|one time code|" +
		"one-time password|one time password|one-time passcode|one-time pin|2fa code|mfa code|sms code|auth code|" +
		"authentication code|authenticator code|login code|sign-in code|" +
		"codigo de verificacion|codigo de seguridad|codigo de un solo uso|clave de un solo uso|" +
		"einmalcode|einmalpasswort|bestatigungscode|sicherheitscode|prufziffer|kartenprufnummer|mtan|sms-tan|sms-code"},
	{born, "date of birth|birth date|birthdate|dob|d.o.b.|born|born on|born in|birthday|birthday is|" +
		"fecha de nacimiento|naci el|nacido el|nacida el|geburtsdatum|geboren am|geb.|geb. am|geburtstag"},
	{british, "nhs|nhs number|nhs no"},
	{dutch, "bsn|burgerservicenummer"},
	{canadian, "sin|sin number|social insurance number"},
	{brazilian, "cpf"},
	{polish, "pesel"},
	{germanTax, "steuer-id|steueridentifikationsnummer|steuernummer|tax id|tin|idnr"},
	{norwegian, "fodselsnummer|personnummer"},
	{routing, "aba|aba number|aba routing|routing|routing number|routing no|rtn"},
	{housed, "address|live at|live on|lives at|lives on|living at|ship to|shipped to|deliver to|delivered to|" +
		"send it to|sent to|direccion|domicilio|vivo en|vive en|adresse|anschrift|wohne in|wohnt in|wohne|wohnhaft"},
	{ill, "depression|bipolar disorder|schizophrenia|anorexia|bulimia|ptsd|autism|asthma|herpes|syphilis|tuberculosis|" +
		"heart disease|heart failure|kidney failure|kidney disease|arthritis|lupus|crohn's disease|crohn's|" +
		"depresion|esquizofrenia|trastorno bipolar|asma|depressionen|schizophrenie|bipolarer storung|magersucht|rheuma"},
	{gravelyIll, "cancer|leukemia|leukaemia|lymphoma|melanoma|tumor|tumour|brain tumor|brain tumour|hiv|hepatitis|diabetes|" +
		"epilepsy|dementia|alzheimer's|alzheimers|parkinson's|parkinsons|multiple sclerosis|chemotherapy|chemo|dialysis|" +
		"miscarriage|abortion|pregnancy|vih|leucemia|epilepsia|embarazo|aborto|quimioterapia|esclerosis multiple|" +
		"krebs|brustkrebs|leukamie|epilepsie|demenz|schwangerschaft|fehlgeburt|abtreibung|multiple sklerose|chemotherapie"},
	{patient, "patient id|patient number|patient no|medical record|medical record number|mrn|prescription number|" +
		"prescription no|health insurance number|numero de historia clinica|historia clinica|patientennummer|" +
		"krankenversichertennummer|versichertennummer"},
}

// cueFinder finds the cues; the id of a match is its cue.
var cueFinder = func() *lexis.Automaton {
	var patterns []lexis.Pattern
	for _, c := range cues {
		for w := range strings.SplitSeq(c.words, "|") {
			patterns = append(patterns, lexis.Pattern{ID: int(c.kind), Text: w})
		}
	}
	a, err := lexis.Compile(patterns, lexis.Folding{StripAccents: true})
	if err != nil {
		return new(lexis.Automaton) // TestFind would notice
	}
	return a
}()

// cued finds what stands behind a cue. A cue inside of what an earlier one of its finder announced is none.
func cued(f *finding) {
	var done [patient + 1]int
	cueFinder.Each(f.text, func(m lexis.Match) bool {
		kind := cue(m.ID)
		if m.Start < done[kind] {
			return true
		}
		class, start, end := kind.read(f.text, m.Start, m.End)
		if end > start {
			f.add(class, start, end)
			done[kind] = end
		}
		return true
	})
}

// read reads what the cue text[start:end] announces; the place is empty where there is none.
func (c cue) read(text string, start, end int) (Class, int, int) {
	var from, to int
	switch c {
	case weak, strong, marked:
		from, to = order(text, end, c)
		return Order, from, to
	case patient:
		from, to = order(text, end, marked)
		return Health, from, to
	case dialled, called, numbered:
		from, to = homePhone(text, start, end, c)
		return Phone, from, to
	case secret:
		if word, _ := wordBefore(text, start, " -"); strings.EqualFold(word, "time") {
			if from, to = code(text, end, onetime); to > from {
				return Code, from, to
			}
		}
		from, to = password(text, end)
		return Password, from, to
	case pin, onetime:
		from, to = code(text, end, c)
		return Code, from, to
	case born:
		from, to = birth(text, end)
		return Birth, from, to
	case routing:
		from, to = announced(text, end, isRouting)
		return Bank, from, to
	case british, dutch, canadian, brazilian, polish, germanTax, norwegian:
		from, to = announced(text, end, cuedChecks[c])
		return NationalID, from, to
	case housed:
		from, to = addressAfter(text, start, end)
		return Address, from, to
	}
	from, to = illness(text, start, end, c)
	return Health, from, to
}

var (
	numberSigns = [...]string{"n.º", "n.°", "n. º", "n.o "} // with a dot inside, which ends other words

	markers = words("number|numbers|no|nr|nro|num|nº|n°|#|:|id|code|ref|reference|numero|codigo|nummer|kennung|=")
	fillers = words("is|was|my|the|of|es|era|mi|el|la|con|de|ist|war|lautet|mit|der|die|meine|mein|.|-|(|\"|'|,")
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.SplitSeq(list, "|") {
		m[w] = true
	}
	return m
}

// value skips what may stand between a cue and the number it announces, and reports whether there was a marker.
func value(text string, i int) (at int, marker bool) {
	for range 6 {
		for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
			i++
		}
		if n := numberSign(text[i:]); n > 0 {
			i, marker = i+n, true
			continue
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
			marker = true
		case !fillers[string(token)]:
			return i, marker
		}
		i = end
	}
	return i, marker
}

// numberSign gives the length of the number sign that text begins with.
func numberSign(text string) int {
	for _, s := range numberSigns {
		if len(text) >= len(s) && strings.EqualFold(text[:len(s)], s) {
			return len(s)
		}
	}
	return 0
}

// announced reads a number of digits in groups behind a cue and gives its place, if it is one by its check.
func announced(text string, i int, check func(digits []byte) bool) (start, end int) {
	at, _ := value(text, i)
	var x number
	x.readWith(text, at, ".")
	for g := x.groups - 1; g >= 0; g-- {
		if stop := x.ends[g]; check(x.digits[:stop.n]) && alone(text, at, stop.at) {
			return at, stop.at
		}
	}
	return 0, 0
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

// wordBefore gives the last word that ends at text[:i], and where it begins, looking past blanks and the signs given.
func wordBefore(text string, i int, past string) (word string, start int) {
	for i > 0 && strings.IndexByte(past, text[i-1]) >= 0 {
		i--
	}
	start = i
	for start > 0 && i-start < 40 {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if !wordly(r) && r != '\'' && r != 0x2019 {
			break
		}
		start -= size
	}
	return text[start:i], start
}
