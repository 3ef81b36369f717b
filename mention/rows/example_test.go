package rows_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/reputekit/reputation/mention/rows"
)

// A file of somebody else's, with names of its own and a row that is broken.
func ExampleRead() {
	file := strings.NewReader(`{"nr": 1, "body": "Is anybody there?", "who": "ada", "when": "2026-03-02 09:30:00 +0100"}
{"nr": 2, "body": "The site is down", "who": "ben", "when": "yesterday"}
{"nr": 3, "body": "It works again", "who": "ada", "when": 1772445600}
`)
	fields, err := rows.ParseFields("text=body,id=nr,author=who,at=when")
	if err != nil {
		fmt.Println(err)
		return
	}
	for row, err := range rows.Read(file, fields) {
		var bad *rows.RowError
		if errors.As(err, &bad) {
			fmt.Println("skipped", bad)
			continue
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		m := row.Mention
		fmt.Println(row.Line, m.Ref, m.PostedAt.Format("15:04"), m.Text)
	}
	// Output:
	// 1 file/1 08:30 Is anybody there?
	// skipped line 2: when: "yesterday" is not a time: write it like 2025-02-24T11:35:52Z or 2025-02-24 11:35:52 -0800
	// 3 file/3 10:00 It works again
}
