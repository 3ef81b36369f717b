package group_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
)

// How many people say this, and since when?
func Example() {
	var row group.Tally
	for i, m := range []struct{ author, text string }{
		{"ann", "@AcmeAir lets dogs die in the hold. Share this before they take it down! http://a.example/1"},
		{"ben", "RT @ann: @AcmeAir lets dogs die in the hold. Share this before they take it down! http://b.example/9"},
		{"cho", "@AcmeAir you lost my bag on the way to Oslo and nobody answers the phone"},
		{"dee", "ACME LETS DOGS DIE IN THE HOLD... share this NOW before they take it down"},
		{"eve", "@AcmeAir thanks!"},
	} {
		id := mention.Ref{Channel: "chirp", ID: fmt.Sprint(i)}
		at := time.Date(2026, 3, 2, 12, i, 0, 0, time.UTC)
		var same group.Reading
		row, same = row.Add(group.Of(m.text), id, m.author, at)
		fmt.Printf("%s: %d posts by %d", m.author, same.Size, same.Authors)
		if same.Size > 1 {
			fmt.Print(" since ", same.First.Format("15:04"))
		}
		fmt.Println()
	}
	fmt.Println(len(row.Groups), "groups")
	// Output:
	// ann: 1 posts by 1
	// ben: 2 posts by 2 since 12:00
	// cho: 1 posts by 1
	// dee: 3 posts by 3 since 12:00
	// eve: 0 posts by 0
	// 2 groups
}

func ExampleFingerprint() {
	first := group.Of("We are sorry to hear that! Please send us your booking number, Ann.")
	second := group.Of("we are SORRY to hear that - please send us your booking number, Ben")
	fmt.Println(first.Alike(second))
	form, err := json.Marshal(first)
	fmt.Println(len(form), err)
	// Output:
	// true
	// 98 <nil>
}
