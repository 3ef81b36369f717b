package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/trail"
)

// report holds what is stored at the end of the day against what stands on the platforms.
func report(ctx context.Context, dir string, out io.Writer) error {
	s, err := sqlitestore.Open(filepath.Join(dir, "desk.sqlite"), sqlitestore.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Check(ctx); err != nil {
		return err
	}
	cases, entries, err := replayed(ctx, s)
	if err != nil {
		return err
	}
	asked, delivered := 0, map[channel.Key]bool{}
	for o, err := range s.Outbox(ctx, desk.OutboxQuery{Effects: []string{"send"}}) {
		if err != nil {
			return err
		}
		asked++
		if o.Outcome == "delivered" {
			delivered[channel.Key(o.Key)] = true
		}
	}
	stand, err := standing(dir)
	if err != nil {
		return err
	}
	twice, unheard := 0, 0
	for key, times := range stand {
		if times > 1 {
			twice++
		}
		if !delivered[key] {
			unheard++
		}
	}
	fmt.Fprintf(out, "\nat the end of the day: %d cases of %d entries, each trail folds to the state that is stored\n", cases, entries)
	fmt.Fprintf(out, "%d answers asked for, %d stand on the platforms, %d of them twice, %d unknown to the desk\n",
		asked, len(stand), twice, unheard)
	return nil
}

// replayed folds every trail and holds it against the stored state.
func replayed(ctx context.Context, s *sqlitestore.Store) (cases, entries int, err error) {
	for row, err := range s.Rows(ctx, desk.RowQuery{Kind: desk.KindCase}) {
		if err != nil {
			return 0, 0, err
		}
		var all []trail.Link
		for stored, err := range s.Entries(ctx, row.Address) {
			if err != nil {
				return 0, 0, err
			}
			all = append(all, stored.Link)
		}
		name := trail.Name{Kind: row.Kind, ID: row.ID}
		folded, _, err := respond.New("", row.ID).Replay(name, slices.Values(all), row.Tip)
		if err != nil {
			return 0, 0, err
		}
		state, err := json.Marshal(folded)
		if err != nil {
			return 0, 0, err
		}
		if string(state) != string(row.State) {
			return 0, 0, fmt.Errorf("the trail of case %s does not fold to its state", row.ID)
		}
		cases++
		entries += len(all)
	}
	return cases, entries, nil
}

// standing counts how often each answer stands on the platforms.
func standing(dir string) (map[channel.Key]int, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		return nil, err
	}
	out := map[channel.Key]int{}
	for _, file := range files {
		all, err := (&platform{file: file}).answers()
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			out[a.Key]++
		}
	}
	return out, nil
}
