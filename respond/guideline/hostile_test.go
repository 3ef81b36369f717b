package guideline_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/guideline"
)

// saidBadly are sentences that a rule must find, and saidWell those that it must leave alone, as people write them.
var (
	saidBadly = []struct{ lang, rule, text string }{
		{"en", "R01", "You should've read the manual."},
		{"en", "R01", "You ought to have called first."},
		{"en", "R01", "You did not follow the instructions."},
		{"en", "R01", "You never told us about it."},
		{"en", "R02", "That’s not possible."},
		{"en", "R04", "You’re overreacting."},
		{"en", "R04", "You are simply wrong."},
		{"en", "R05", "This was my mistake."},
		{"en", "R05", "We take full responsibility."},
		{"en", "R05", "We made a mistake."},
		{"en", "R05", "We've broken your vase."},
		{"en", "R06", "Our apologies for any inconvenience."},
		{"en", "R06", "Sorry for the inconvenience."},
		{"en", "R06", "We are sorry you’re feeling let down."},
		{"en", "R07", "Our apologies, but this is our policy."},
		{"en", "R14", "We will get back to you in a timely manner."},
		{"en", "R15", "Next update at 3 PM."},
		{"en", "R15", "Next update at 3 p.m."},
		{"en", "R18", "What is your order number?"},
		{"en", "R18", "Please leave your phone number below."},
		{"en", "R19", "What is your password?"},
		{"en", "R19", "Please enter your PIN here."},
		{"en", "R19", "DM us your order number and password."},
		{"en", "R19", "We could not find you. Please send us your password."},
		{"en", "R19", "Why not just send us your PIN?"},
		{"en", "R21", "Your treatment was done as planned."},
		{"en", "R22", "A free dessert for every review."},
		{"en", "R23", "Please take your review down."},
		{"en", "R23", "Would you consider changing your 1-star review?"},
		{"en", "R23", "Could you amend this review?"},
		{"en", "R24", "We'd love a 5-star review."},
		{"en", "R24", "If you’re happy, please rate us."},
		{"en", "R25", "You will hear from our solicitors."},
		{"en", "R27", "We will refund you 1 200 EUR."},
		{"en", "R27", "We will refund you EUR 1 200.50."},
		{"en", "R27", "We will refund you 900 Euros."},
		{"en", "R27", "We will refund you US$900."},
		{"en", "R27", "We will refund you ₹90,000."},
		{"en", "R27", "We will refund you 1.2k EUR."},
		{"en", "R27", "You were overcharged, so we will refund you 900 EUR."},
		{"en", "R27", "Since it was not delivered, we can offer you 900 EUR as a credit."},
		{"en", "R27", "We will refund you approx. 900 EUR."},
		{"en", "R27", "We will refund you:\n900 EUR"},
		{"en", "R28", "Your parcel has been lost by the courier."},
		{"en", "R28", "Your parcel was delivered on Monday; please ask your neighbours."},
		{"en", "R28", "The courier has lost your parcel, and we will send another."},
		{"en", "R31", "Dear [Customer Name], thanks."},
		{"en", "R36", "Please calm yourself down."},

		{"es", "R01", "Usted no leyó las instrucciones."},
		{"es", "R01", "Tendría que haber llamado antes."},
		{"es", "R01", "Debió leer el manual."},
		{"es", "R02", "Eso es imposible."},
		{"es", "R03", "A decir verdad, enviamos a tiempo."},
		{"es", "R04", "Usted miente."},
		{"es", "R04", "Está usted exagerando."},
		{"es", "R05", "Fue culpa nuestra."},
		{"es", "R05", "Cometimos un error."},
		{"es", "R06", "Disculpe las molestias."},
		{"es", "R06", "Disculpe cualquier inconveniente."},
		{"es", "R07", "Lo sentimos mucho, sin embargo no hay reembolsos."},
		{"es", "R09", "Perdón perdón perdón."},
		{"es", "R14", "Le contestaremos a la mayor brevedad posible."},
		{"es", "R14", "Enseguida le respondemos."},
		{"es", "R18", "¿Cuál es su número de pedido?"},
		{"es", "R18", "Deje aquí su teléfono."},
		{"es", "R19", "¿Cuál es su contraseña?"},
		{"es", "R19", "Díganos su PIN."},
		{"es", "R19", "Mándenos su contraseña."},
		{"es", "R19", "No le encontramos. Envíenos su contraseña."},
		{"es", "R23", "Le pedimos que elimine su reseña."},
		{"es", "R23", "¿Podría quitar esta reseña?"},
		{"es", "R24", "Déjenos una reseña positiva."},
		{"es", "R25", "Emprenderemos acciones legales."},
		{"es", "R25", "Le denunciaremos."},
		{"es", "R26", "Se lo aseguramos al 100 %."},
		{"es", "R27", "Como no llegó, le reembolsaremos 900 EUR."},
		{"es", "R27", "Le devolveremos 900 € aunque no haya factura."},
		{"es", "R27", "Le regalamos 900 euros."},
		{"es", "R28", "Su paquete ha sido entregado."},
		{"es", "R28", "El paquete se ha perdido."},
		{"es", "R34", "Fue un pequeño problema."},
		{"es", "R36", "Tranquilícese, por favor."},

		{"de", "R01", "Sie hätten vorher anrufen müssen."},
		{"de", "R01", "Das hätten Sie wissen müssen."},
		{"de", "R01", "Sie haben die Anleitung nicht gelesen."},
		{"de", "R04", "Sie sind doch hysterisch."},
		{"de", "R05", "Wir haben einen Fehler gemacht."},
		{"de", "R05", "Das ist unsere Schuld."},
		{"de", "R06", "Wir bitten um Entschuldigung für die Unannehmlichkeiten."},
		{"de", "R06", "Es tut uns leid, dass Sie das so empfinden."},
		{"de", "R06", "Es tut uns leid, falls Sie warten mussten."},
		{"de", "R07", "Das tut uns leid, jedoch gibt es keine Erstattung."},
		{"de", "R14", "Wir melden uns zeitnah."},
		{"de", "R14", "Wir antworten schnellstmöglich."},
		{"de", "R14", "Wir kümmern uns sobald wie möglich."},
		{"de", "R15", "Nächste Meldung um 15 Uhr."},
		{"de", "R18", "Wie lautet Ihre Bestellnummer?"},
		{"de", "R18", "Schreiben Sie Ihre Telefonnummer hier in die Kommentare."},
		{"de", "R19", "Wie lautet Ihr Passwort?"},
		{"de", "R19", "Ich brauche Ihre PIN."},
		{"de", "R19", "Das ging nicht. Schicken Sie uns Ihr Passwort."},
		{"de", "R21", "Ihre Behandlung verlief gut."},
		{"de", "R22", "Für Ihre Bewertung gibt es 10 % Rabatt."},
		{"de", "R23", "Wir bitten Sie, Ihre Bewertung zu löschen."},
		{"de", "R23", "Könnten Sie Ihre Bewertung ändern?"},
		{"de", "R23", "Bitte nehmen Sie Ihre Bewertung zurück."},
		{"de", "R24", "Geben Sie uns fünf Sterne."},
		{"de", "R25", "Wir behalten uns rechtliche Schritte vor."},
		{"de", "R25", "Sie hören von unserem Anwalt."},
		{"de", "R26", "Das kommt nicht wieder vor."},
		{"de", "R27", "Da das Paket nicht ankam, erstatten wir Ihnen 900 EUR."},
		{"de", "R27", "Wir zahlen Ihnen 1 200 Euro."},
		{"de", "R27", "Sie bekommen 900,- € zurück."},
		{"de", "R27", "Wir erstatten Ihnen ca. 900 EUR."},
		{"de", "R28", "Ihr Paket wurde um 12 Uhr zugestellt."},
		{"de", "R28", "Ihr Paket ist verloren gegangen."},
		{"de", "R28", "Wir haben Ihnen das Geld erstattet."},
		{"de", "R34", "Das war nur ein kleiner Fehler."},
		{"de", "R36", "Jetzt beruhigen Sie sich erst einmal."},
	}
	saidWell = []struct{ lang, rule, text string }{
		{"en", "R02", "You told us it was not possible to sign in."},
		{"en", "R02", "It's not possible today, but it will be on Monday."},
		{"en", "R04", "You are right."},
		{"en", "R05", "We see the frustration that we have caused you."},
		{"en", "R18", "The courier is shown on your order here."},
		{"en", "R04", "Tell us what you are wrongly charged for."},
		{"en", "R06", "Sorry for the two days of waiting."},
		{"en", "R18", "We will reply to your e-mail by noon on Tuesday."},
		{"en", "R18", "Thank you for your comment about the order."},
		{"en", "R19", "I will send you a link to reset your password."},
		{"en", "R19", "We need to reset your password."},
		{"en", "R19", "Please don't share your password with anybody."},
		{"en", "R22", "We will send the refund cheque by post."},
		{"en", "R22", "Please feel free to post here."},
		{"en", "R23", "We will not delete your review."},
		{"en", "R23", "We never ask anybody to change their or your review."},
		{"en", "R24", "We really appreciate the 5 stars!"},
		{"en", "R24", "We love that you gave us a 5-star review."},
		{"en", "R24", "We appreciate your kind review."},
		{"en", "R27", "You said that you were promised 900 EUR as a refund."},
		{"en", "R27", "We will refund you 1.20 EUR."},
		{"en", "R28", "We are sorry that your parcel was lost."},
		{"en", "R28", "We'll tell you once it is delivered."},
		{"en", "R36", "The line should calm down by noon."},

		{"es", "R01", "Deberíamos haber avisado."},
		{"es", "R02", "Sentimos que no sea posible hoy."},
		{"es", "R04", "Es injusto que tenga que esperar."},
		{"es", "R06", "Sentimos las dos horas de espera."},
		{"es", "R19", "El cambio de contraseña tarda un día."},
		{"es", "R19", "Le enviaremos un enlace para cambiar la contraseña."},
		{"es", "R19", "Es un punto clave para nosotros; nos da una idea clave."},
		{"es", "R19", "Gracias desde aquí por su opinión."},
		{"es", "R22", "Vale, gracias por su reseña."},
		{"es", "R23", "No quitaremos su reseña."},
		{"es", "R23", "Hemos revisado su reseña."},
		{"es", "R26", "La garantía es de dos años."},
		{"es", "R28", "Le cambiamos la pantalla rota."},
		{"es", "R28", "Le reembolsaremos 40 EUR."},
		{"es", "R33", "Según las normas de tráfico de hoy, el reparto llega el martes."},
		{"es", "R36", "Gracias de corazón."},
		{"es", "R36", "El vestido es guapo."},
		{"es", "R36", "Con mucho cariño, el equipo."},

		{"de", "R02", "Es ist nicht möglich, heute zu liefern."},
		{"de", "R03", "Das ist eigentlich schade."},
		{"de", "R14", "Danke, und bis bald!"},
		{"de", "R14", "Umgehende Hilfe gibt es dort: 030 1234567."},
		{"de", "R19", "Wir senden Ihnen einen Link, um das Passwort zu ändern."},
		{"de", "R19", "Schicken Sie uns nie Ihr Passwort."},
		{"de", "R22", "Der Versand ist kostenlos. Lesen Sie gern die Bewertungen anderer."},
		{"de", "R23", "Wir werden Ihre Bewertung nicht löschen."},
		{"de", "R23", "Danke, dass Sie sich die Zeit nehmen."},
		{"de", "R24", "Wir freuen uns über Ihre gute Bewertung."},
		{"de", "R24", "Wir freuen uns über die 5 Sterne."},
		{"de", "R28", "Sie erhalten morgen Ersatz."},
		{"de", "R28", "Das Geld wird morgen erstattet."},
		{"de", "R28", "Wir sagen Bescheid, sobald es zugestellt ist."},
		{"de", "R33", "Nach Richtlinien für Kinderspielzeug ist es geprüft."},
		{"de", "R34", "Es war einfach kein Fehler von Ihnen."},
		{"de", "R36", "Diese Leute an der Kasse helfen Ihnen gern."},
		{"de", "R36", "Das Eis ist eine süße Idee."},
	}
)

func TestSaidBadlyAndWell(t *testing.T) {
	c := linter(t, guideline.Guidelines{})
	scene := func(lang, rule string) guideline.Scene {
		sc := sceneOf(ruleRow{id: rule, lang: lang})
		return sc
	}
	for _, tt := range saidBadly {
		found := c.Lint(tt.text, scene(tt.lang, tt.rule))
		assert.Contains(t, rulesOf(found), tt.rule, "%s must find %s", tt.lang, tt.text)
		for _, f := range found {
			part := tt.text[f.Start:f.End]
			assert.Equal(t, strings.TrimSpace(part), part, "%s marks spaces in %s", f.Rule, tt.text)
		}
	}
	for _, tt := range saidWell {
		assert.NotContains(t, rulesOf(c.Lint(tt.text, scene(tt.lang, tt.rule))), tt.rule, "%s must leave %s", tt.lang, tt.text)
	}
}

// TestAskedForIsSeen: a rule on what must be there sees it in any of the usual words.
func TestAskedForIsSeen(t *testing.T) {
	c := linter(t, guideline.Guidelines{})
	for _, tt := range []struct{ lang, rule, text string }{
		{"en", "R08", "Please accept our apology."},
		{"en", "R10", "We are thankful for your patience."},
		{"en", "R10", "Your message is appreciated."},
		{"en", "R12", "I'll call the courier this morning."},
		{"en", "R12", "I’ll call the courier this morning."},
		{"en", "R12", "We've opened a search."},
		{"en", "R13", "We will write again within three days."},
		{"en", "R13", "We will write again on Friday."},
		{"en", "R13", "We will write again within the hour."},
		{"en", "R13", "We will write again by the end of today."},
		{"en", "R13", "We will write again in two hours."},
		{"en", "R13", "We will write again tonight."},
		{"en", "R13", "We will write again by 16 June."},
		{"en", "R15", "Next update at 15:00 EEST."},
		{"en", "R15", "Next update at 15:00 +01:00."},
		{"en", "R15", "Next update at 3 PM Pacific time."},
		{"en", "R15", "Next update at 15:00 SAST."},
		{"en", "R16", "I’m Dana and I have your case."},
		{"en", "R17", "Message us privately: DM."},
		{"en", "R38", "I’m employed by Acme, and I love it."},
		{"es", "R08", "Lo lamento mucho."},
		{"es", "R08", "Discúlpenos."},
		{"es", "R10", "Le agradecemos su mensaje."},
		{"es", "R12", "Mañana le llamo: voy a preguntar."},
		{"es", "R12", "Le llamaremos hoy."},
		{"es", "R13", "Le escribiremos antes del martes."},
		{"es", "R13", "Le escribiremos a más tardar el martes 16 de junio."},
		{"es", "R13", "Le escribiremos el martes."},
		{"es", "R13", "Le escribiremos hoy mismo."},
		{"es", "R13", "Le escribiremos dentro de tres días."},
		{"es", "R29", "¿Estaría de acuerdo?"},
		{"es", "R29", "¿Le parecería bien?"},
		{"de", "R08", "Wir entschuldigen uns."},
		{"de", "R08", "Das tut mir sehr leid."},
		{"de", "R10", "Vielen Dank."},
		{"de", "R10", "Wir danken Ihnen."},
		{"de", "R12", "Wir klären das heute."},
		{"de", "R12", "Morgen rufen wir Sie an."},
		{"de", "R12", "Heute prüft das Team den Fall, ich melde mich."},
		{"de", "R13", "Wir schreiben am Dienstag wieder."},
		{"de", "R13", "Wir schreiben hier jede Stunde."},
		{"de", "R13", "Wir schreiben Ihnen in drei Tagen."},
		{"de", "R13", "Wir schreiben Ihnen heute Abend."},
		{"de", "R13", "Wir schreiben Ihnen morgen."},
		{"de", "R13", "Wir schreiben Ihnen bis Dienstag, 16. Juni."},
		{"de", "R15", "Nächste Meldung um 15:00 Uhr OESZ."},
		{"de", "R29", "Sind Sie damit einverstanden?"},
		{"de", "R29", "Passt das für Sie?"},
		{"de", "R29", "Ist das so in Ordnung für Sie?"},
	} {
		assert.NotContains(t, rulesOf(c.Lint(tt.text, sceneOf(ruleRow{id: tt.rule, lang: tt.lang}))), tt.rule,
			"%s must see it in %s", tt.lang, tt.text)
	}
}

// TestMarksTheWords: a finding marks the words that are wrong, and not what stands around them.
func TestMarksTheWords(t *testing.T) {
	c := linter(t, guideline.Guidelines{})
	for _, tt := range []struct{ lang, rule, text, want string }{
		{"es", "R09", "Perdón, perdón, y otra vez ¡perdón!", "perdón"},
		{"de", "R09", "Sorry, Entschuldigung, (Verzeihung)", "Verzeihung"},
		{"de", "R22", "Zehn Punkte für Ihre Bewertung.", "Punkte für Ihre Bewertung"},
		{"de", "R23", "Bitte löschen Sie Ihre Bewertung.", "löschen Sie Ihre Bewertung"},
		{"de", "R24", "Gern, geben Sie uns 5 Sterne.", "geben Sie uns 5 Sterne"},
	} {
		var got []string
		for _, f := range c.Lint(tt.text, guideline.Scene{Lang: tt.lang}) {
			if f.Rule == tt.rule {
				got = append(got, tt.text[f.Start:f.End])
			}
		}
		assert.Equal(t, []string{tt.want}, slices.Compact(got), tt.text)
	}
	sc := guideline.Scene{Lang: "en", Limit: escalation.Money{Minor: 50_00, Currency: "EUR"}}
	text := "We will refund you 1 200 EUR today."
	found := c.Lint(text, sc)
	if assert.Len(t, found, 1) {
		assert.Equal(t, "1 200 EUR", text[found[0].Start:found[0].End])
	}
}

// TestOneLongSentence: a text without a full stop is answered in time like any other, and still read to its end.
func TestOneLongSentence(t *testing.T) {
	c := linter(t, guideline.Guidelines{})
	text := strings.Repeat("it was delivered, and we ", 5_010) + "will refund you 900 EUR"
	assert.Contains(t, rulesOf(c.Lint(text, guideline.Scene{Lang: "en"})), "R27")
}
