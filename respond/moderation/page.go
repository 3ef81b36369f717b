package moderation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention/lexis"
)

// A page is the frame of the house rules in one language.
type page struct{ title, stays, leaves, object string }

// pages are by base language.
var pages = map[string]page{
	"en": {
		title:  "House rules",
		stays:  "Your opinion stays, good or bad. We take nothing away because it is unfriendly, and we do not look at the stars.",
		leaves: "What we take out of sight, and why:",
		object: "Whoever posted it is told which of these it was, where we can reach him, and can ask for it to be looked at again.",
	},
	"es": {
		title:  "Normas de la casa",
		stays:  "Su opinión se queda, buena o mala. No quitamos nada por ser poco amable, y no miramos las estrellas.",
		leaves: "Lo que retiramos de la vista, y por qué:",
		object: "A quien lo publicó se le dice cuál de estas fue, si podemos escribirle, y puede pedir que se revise.",
	},
	"de": {
		title:  "Hausregeln",
		stays:  "Ihre Meinung bleibt stehen, gut oder schlecht. Wir entfernen nichts, weil es unfreundlich ist, und sehen nicht auf die Sterne.",
		leaves: "Was wir aus dem Blick nehmen, und warum:",
		object: "Wer es geschrieben hat, erfährt, welche davon es war, wo wir ihn erreichen, und kann um eine neue Prüfung bitten.",
	},
}

// HouseRules is the page for customers in a language (BCP 47; es-MX is es, and what is not there is English): what stays,
// and each clause that takes something out of sight under its id, as decisions cite it. It is plain text.
func (t *Table) HouseRules(locale string) string {
	base := lexis.Base(locale)
	p, ok := pages[base]
	if !ok {
		base, p = "en", pages["en"]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n%s\n", p.title, p.stays, p.leaves)
	var seen []string
	for _, c := range t.clauses {
		text := c.Rule[base]
		if text == "" {
			text = c.Rule["en"]
		}
		if text != "" && !slices.Contains(seen, c.ID) {
			seen = append(seen, c.ID)
			fmt.Fprintf(&b, "- %s (%s)\n", text, c.ID)
		}
	}
	fmt.Fprintf(&b, "\n%s\n", p.object)
	return b.String()
}
