package mention_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention"
)

// TestSigns has names that are written with signs, and what people make of those.
func TestSigns(t *testing.T) {
	var w mention.Watchlist
	for _, name := range []string{"McDonald's", "L'Oréal", "T.J. Maxx", "St. Pauli", "J.Crew", "Marks & Spencer", "H&M", "AT&T", "Acme!",
		`Toys "R" Us`, "🍎", "!!!", "P!nk", "Müller", "Disney+", "Disney", "Guess?", "Zorvex & Co. KG"} {
		w.Subjects = append(w.Subjects, mention.Subject{Name: name, Kind: mention.Brand})
	}
	w.Subjects[8].Ignore = []string{"Acme & Sons", "Acme Road", "Acme!!"}
	w.Subjects[3].Ignore = []string{"St Pauli"}
	long := strings.Repeat("Äb", 120) + " & Sons"
	w.Subjects = append(w.Subjects, mention.Subject{Name: long, Kind: mention.Brand, Ignore: []string{long + "?!"}})
	m := compile(t, w)
	for _, c := range []struct{ text, want, reason string }{
		{"McDonalds mcdonald’s MCDONALDS' Mc Donalds #McDonalds @mcdonalds", "McDonald's folded:McDonalds|McDonald's folded:mcdonald’s|" +
			"McDonald's folded:MCDONALDS|McDonald's folded:Mc Donalds|McDonald's folded:McDonalds|McDonald's folded:mcdonalds",
			"no apostrophe, with or without a gap"},
		{"#McDonaldsFail #mcdonaldsfail", "McDonald's folded:McDonalds|McDonald's folded:mcdonalds", "inside a hashtag"},
		{"LOréal L´Oréal", "L'Oréal folded:LOréal|L'Oréal folded:L´Oréal", "another one"},
		{"TJ Maxx, T.J.Maxx, tjmaxx, T. J. Maxx, T J Maxx", "T.J. Maxx folded:TJ Maxx|T.J. Maxx folded:T.J.Maxx|T.J. Maxx folded:tjmaxx|" +
			"T.J. Maxx folded:T J Maxx", "without dots"},
		{"St. Pauli, St Pauli, StPaulifans", "St. Pauli exact:St. Pauli", "an abbreviation; what is in Ignore is not it"},
		{"JCrew J.Crew", "J.Crew folded:JCrew|J.Crew exact:J.Crew", "another"},
		{long + " " + long + "?!", long + " exact:" + long, "too long for some ways to write it"},
		{"J Crew, jcrew, j.crew", "J.Crew folded:J Crew|J.Crew folded:jcrew|J.Crew folded:j.crew", "a dot without a space"},
		{"Marks and Spencer, marks und spencer, Marks y Spencer, Marks&Spencer, #MarksAndSpencer", "Marks & Spencer folded:Marks and Spencer|" +
			"Marks & Spencer folded:marks und spencer|Marks & Spencer folded:Marks y Spencer|Marks & Spencer folded:Marks&Spencer|" +
			"Marks & Spencer folded:MarksAndSpencer", "and, in three languages"},
		{"H & M, h&m, H&amp;M, H and M, HM", "H&M folded:H & M|H&M folded:h&m|H&M folded:H&amp;M", "single letters are no words to join"},
		{"AT&amp;T, AT & T, ATT", "AT&T folded:AT&amp;T|AT&T folded:AT & T", "nor is the & left out"},
		{"Toys R Us, toysrus, Toys “R” Us", `Toys "R" Us folded:Toys R Us|Toys "R" Us folded:toysrus|Toys "R" Us folded:Toys “R” Us`, "quotes"},
		{"Disney+, Disney, disneys", "Disney+ exact:Disney+|Disney exact:Disney|Disney folded:disneys",
			"a name of its own is nobody else's without its sign"},
		{"a 🍎, a🍎b, the !!! and !!!!", "🍎 exact:🍎|🍎 exact:🍎|!!! exact:!!!|!!! exact:!!!", "names of nothing but signs"},
		{"P!nk p!nk pink pnk", "P!nk exact:P!nk|P!nk folded:p!nk", "a sign that stands for a letter is not left out"},
		{"Mueller, MUELLERS, muller", "Müller folded:Mueller|Müller folded:MUELLERS", "as Germans write without umlauts"},
		{"guess what", "", "an everyday word is none"},
		{"Zorvex & Co KG", "Zorvex & Co. KG folded:Zorvex & Co KG", "two kinds of sign"},
		{"Acme, Acme and Sons, ACME&SONS, Acme-Road, #AcmeRoad, acme_road", "Acme! folded:Acme", "what is ignored is so however it is written"},
	} {
		assert.Equal(t, c.want, spelled(c.text, m.Match(nil, c.text)), "%q: %s", c.text, c.reason)
	}
}
