package storetest_test

import (
	"context"
	"slices"
	"time"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
)

// A planted bug is put into a store that has none, and the check must catch it that is there for it.
type planted struct {
	bug    string
	caught string
	plant  func(*flawed)
}

// erasureBugs are those of what goes for good.
var erasureBugs = []planted{
	{"nobody's text is told from somebody's", "text-loose", altered(func(_ *memstore.Store, c *desk.Commit) {
		c.Texts = slices.Clone(c.Texts)
		for n := range c.Texts {
			if c.Texts[n].ID == "" && c.Texts[n].Author == "leo" {
				c.Texts[n].Author = "eva"
			}
		}
	})},
	{"what is old stays", "erase-old", altered(func(_ *memstore.Store, c *desk.Commit) {
		c.Erased = slices.Clone(c.Erased)
		for n := range c.Erased {
			c.Erased[n].Before = time.Time{}
		}
	})},
	{"raw bytes stay with what they brought", "erase-old", altered(func(_ *memstore.Store, c *desk.Commit) {
		c.Erased = slices.Clone(c.Erased)
		for n := range c.Erased {
			c.Erased[n].Raw = c.Erased[n].Before
		}
	})},
	{"what is as old goes too", "erase-old", altered(func(_ *memstore.Store, c *desk.Commit) {
		c.Erased = slices.Clone(c.Erased)
		for n := range c.Erased {
			if !c.Erased[n].Before.IsZero() {
				c.Erased[n].Before = c.Erased[n].Before.Add(time.Millisecond)
			}
		}
	})},
	{"nothing is erased", "erase-trail", altered(func(_ *memstore.Store, c *desk.Commit) { c.Erased = nil })},
	{"what is erased is erased, whatever becomes of the commit", "erase-with-commit", func(f *flawed) {
		f.commit = func(ctx context.Context, c desk.Commit) error {
			if err := f.Store.Commit(ctx, desk.Commit{Erased: c.Erased}); err != nil {
				return err
			}
			c.Erased = nil
			return f.Store.Commit(ctx, c)
		}
	}},
	{"only texts that are named are erased", "erase-texts", altered(func(_ *memstore.Store, c *desk.Commit) {
		c.Erased = slices.Clone(c.Erased)
		for n := range c.Erased {
			c.Erased[n].Author = ""
		}
	})},
	{"of several erasures in a commit the first is carried out", "erase-several", altered(func(_ *memstore.Store, c *desk.Commit) {
		c.Erased = c.Erased[:min(len(c.Erased), 1)]
	})},
	{"rows of one id are one row to an erasure", "erase-several", altered(func(_ *memstore.Store, c *desk.Commit) {
		for _, e := range slices.Clone(c.Erased) {
			for _, kind := range []string{desk.KindCase, desk.KindIncident} {
				also := desk.Erasure{Address: e.Address}
				also.Kind = kind
				c.Erased = append(slices.Clone(c.Erased), also)
			}
		}
	})},
}
