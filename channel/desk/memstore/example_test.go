package memstore_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
)

// A store is saved, and read back where it was.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "desk.snapshot")

	var s memstore.Store
	address := desk.Address{Kind: desk.KindCase, ID: "c1"}
	fmt.Println(s.Commit(ctx, desk.Commit{Rows: []desk.Row{{Address: address, State: []byte(`{"id":"c1"}`)}}}))
	fmt.Println(s.Save(path))

	again, err := memstore.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	row, err := again.Row(ctx, address)
	fmt.Println(row.Revision, string(row.State), err)
	// Output:
	// <nil>
	// <nil>
	// 1 {"id":"c1"} <nil>
}
