package sqlitestore_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
)

// A store is closed, and the next process finds what was committed.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "desk.sqlite")

	s, err := sqlitestore.Open(path, sqlitestore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	address := desk.Address{Kind: desk.KindCase, ID: "c1"}
	fmt.Println(s.Commit(ctx, desk.Commit{Rows: []desk.Row{{Address: address, State: []byte(`{"id":"c1"}`)}}}))
	fmt.Println(s.Close())

	again, err := sqlitestore.Open(path, sqlitestore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	row, err := again.Row(ctx, address)
	fmt.Println(row.Revision, string(row.State), err)
	fmt.Println(again.Check(ctx), again.Close())
	// Output:
	// <nil>
	// <nil>
	// 1 {"id":"c1"} <nil>
	// <nil> <nil>
}
