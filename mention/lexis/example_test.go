package lexis_test

import (
	"fmt"

	"github.com/reputekit/reputation/mention/lexis"
)

func ExampleCompile() {
	a, err := lexis.Compile([]lexis.Pattern{
		{ID: 1, Text: "refund"},
		{ID: 2, Text: "cancel", Stem: true},
	}, lexis.Folding{})
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "CANCELLED again! Where is my ｒｅｆｕｎｄ?"
	for _, m := range a.Append(nil, text) {
		fmt.Println(m.ID, text[m.Start:m.End])
	}
	// Output:
	// 2 CANCEL
	// 1 ｒｅｆｕｎｄ
}

func ExampleWords() {
	words := lexis.Words("DON’T fly Acme-Air")
	for words.Next() {
		fmt.Printf("%s at %d\n", words.Folded(), words.Start)
	}
	// Output:
	// don't at 0
	// fly at 8
	// acme at 12
	// air at 17
}
