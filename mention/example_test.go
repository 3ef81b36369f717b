package mention_test

import (
	"fmt"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
)

// Which of our subjects does each post of a file name, and how is it spelled?
func Example() {
	list := mention.Watchlist{Subjects: []mention.Subject{
		{Name: "Acme Air", Kind: mention.Brand, Aliases: []string{"@AcmeAir"}, Misspellings: 1},
		{Name: "Delta", Kind: mention.Competitor, Near: []string{"flight", "gate"}},
	}}
	matcher, err := list.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	file := strings.NewReader(`{"post":"@acmeair where is my bag?"}
{"post":"Amce Air is late, my Delta flight left"}
{"post":
{"post":"the delta of the Nile"}`)
	var hits []mention.Hit
	for row, err := range rows.Read(file, rows.Fields{Text: "post"}) {
		if err != nil {
			fmt.Println("skipped:", strings.SplitN(err.Error(), ":", 2)[0])
			continue
		}
		hits = matcher.MatchMention(hits[:0], &row.Mention)
		fmt.Printf("line %d: %d hits\n", row.Line, len(hits))
		for _, h := range hits {
			fmt.Printf("  %s (%s): %s\n", h.Subject, h.Spelling, h.Text(row.Mention.Text))
		}
	}
	// Output:
	// line 1: 1 hits
	//   Acme Air (folded): @acmeair
	// line 2: 2 hits
	//   Acme Air (misspelled): Amce Air
	//   Delta (exact): Delta
	// skipped: line 3
	// line 4: 0 hits
}

func ExampleWatchlist_Compile() {
	_, err := mention.Watchlist{Subjects: []mention.Subject{
		{Name: "Acme", Kind: "brand", Misspellings: 1},
		{Name: "Nadir", Kind: "brnad", Aliases: []string{"ACME"}},
	}}.Compile()
	fmt.Println(err)
	// Output:
	// subjects[0].misspellings: 1 needs a spelling of 5 letters, the longest has 4
	// subjects[1].kind: "brnad" is not known: one of brand, product, site, location, person, campaign, competitor
	// subjects[1].aliases[0]: "ACME" cannot be told from subjects[0].name
}
