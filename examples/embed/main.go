// Command embed is a helpdesk with a tickets table of its own. It calls respond.Step inside its own transactions: no
// desk, no second database, no goroutine of the library's.
package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // zones, also where the machine has none

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

//go:embed specs.json
var specs []byte // who is watched, what is what, who owns it, what may be said

func main() {
	folder, err := os.MkdirTemp("", "helpdesk")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	if err := day(context.Background(), filepath.Join(folder, "helpdesk.db"), os.Stdout); err != nil {
		log.Print(err)
	}
}

// compile makes the rules of the file.
func compile() (*respond.Rules, error) {
	var s respond.Specs
	if err := spec.Decode(specs, &s); err != nil {
		return nil, err // every problem at once, each with its path
	}
	return respond.NewRules(s, respond.Options{})
}

// day is a customer's complaint from its first word to its last. Between two steps the helpdesk is closed and opened
// again: what is stored is all there is.
func day(ctx context.Context, path string, out io.Writer) error {
	rules, err := compile()
	if err != nil {
		return err
	}
	chirp := &chirp{out: out}
	show := func(ticket string, ask effect.Effect) {
		fmt.Fprintf(out, "        on the screen of the ticket: %s, because %s\n", ask.Kind(), ask.Because)
	}
	now := time.Date(2026, 6, 16, 7, 30, 0, 0, time.UTC) // a Tuesday, 09:30 in Madrid
	say := func(id, text string) func(*Helpdesk) error {
		m := mention.Mention{Ref: mention.Ref{Channel: "chirp", ID: id}, Author: mention.Author{Handle: "dana"}, Lang: "en",
			Thread: "1", Text: text, PostedAt: now, ReceivedAt: now}
		if id != "1" {
			m.Parent = "1"
		}
		return func(h *Helpdesk) error {
			fmt.Fprintf(out, "%s   @dana: %s\n", now.Format("15:04"), text)
			_, err := h.Receive(ctx, m, now)
			return err
		}
	}
	for _, moment := range []struct {
		after time.Duration
		do    func(*Helpdesk) error
	}{
		{0, say("1", "@Lumenloft the shade of my new lamp is cracked")},
		{5 * time.Minute, func(h *Helpdesk) error {
			t, err := h.Tickets(ctx)
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%s   ana allows: %s\n", now.Format("15:04"), t[0].Case.Draft.Text)
			return h.Do(ctx, t[0].ID, "ana", "click-1", event.Approved{Draft: t[0].Case.Draft.ID}, now)
		}},
		{2 * time.Hour, say("2", "The new shade came today and fits. That was quick, I tell my friends.")},
		{time.Minute, func(h *Helpdesk) error {
			t, err := h.Tickets(ctx)
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%s   ana reads it: she says that it is over\n", now.Format("15:04"))
			return h.Do(ctx, t[0].ID, "ana", "click-2", event.Meant{Said: event.Over}, now)
		}},
		{30 * 24 * time.Hour, func(h *Helpdesk) error { return h.Tick(ctx, now) }},
	} {
		now = now.Add(moment.after)
		h, err := Open(path, rules)
		if err != nil {
			return err
		}
		err = moment.do(h)
		if err == nil {
			err = h.Work(ctx, chirp, show, now)
		}
		if err == nil {
			err = list(ctx, h, out)
		}
		if closed := h.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// list prints the queue.
func list(ctx context.Context, h *Helpdesk, out io.Writer) error {
	tickets, err := h.Tickets(ctx)
	for _, t := range tickets {
		fmt.Fprintf(out, "        ticket of @%s: %s, %s\n", t.Customer, t.Case.Verdict.Category, t.Status)
	}
	return err
}

// A chirp is a platform that remembers the keys of what it was given.
type chirp struct {
	out  io.Writer
	sent map[string]mention.Ref
}

func (p *chirp) Reply(_ context.Context, key string, answer effect.Send) (mention.Ref, error) {
	if ref, ok := p.sent[key]; ok {
		return ref, nil
	}
	if p.sent == nil {
		p.sent = map[string]mention.Ref{}
	}
	ref := mention.Ref{Channel: answer.Channel, ID: fmt.Sprintf("ours-%d", len(p.sent)+1)}
	p.sent[key] = ref
	fmt.Fprintf(p.out, "        it stands on chirp: %s\n", answer.Text)
	return ref, nil
}
