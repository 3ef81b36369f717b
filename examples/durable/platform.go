package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// A platform is where people speak and are answered. It is outside the desk and outlives it: what was sent there stands in
// a file, a line each.
type platform struct {
	venue  mention.Venue
	said   []mention.Mention // of the whole day, by instant
	file   string
	now    func() time.Time
	stands func(answer) // told when an answer stands there, before the desk hears of it
}

// An answer is one reply as it stands on a platform.
type answer struct {
	Key  channel.Key `json:"key"`
	To   mention.Ref `json:"to"`
	Text string      `json:"text"`
}

// answers are all that stand there.
func (p *platform) answers() (out []answer, err error) {
	f, err := os.Open(p.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var a answer
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, lines.Err()
}

// Describe implements channel.Connector.
func (p *platform) Describe() channel.Description {
	return channel.Description{Venue: p.venue, Fetches: true, Sends: true, Finds: true,
		Hears: []channel.ItemKind{channel.Created}}
}

// Fetch implements channel.Source. A cursor is how many of the day's mentions were given.
func (p *platform) Fetch(_ context.Context, after channel.Cursor, limit int) (channel.Page, error) {
	from := 0
	if after != "" {
		var err error
		if from, err = strconv.Atoi(string(after)); err != nil || from < 0 || from > len(p.said) {
			return channel.Page{}, &channel.Error{Code: channel.ErrCursorExpired, Op: "fetch"}
		}
	}
	end := from
	for end < len(p.said) && !p.said[end].PostedAt.After(p.now()) && (limit <= 0 || end < from+limit) {
		end++
	}
	page := channel.Page{Next: channel.Cursor(strconv.Itoa(end))}
	for _, m := range p.said[from:end] {
		page.Items = append(page.Items, channel.Item{ID: m.Ref.ID, Kind: channel.Created, Mention: m})
	}
	page.More = end < len(p.said) && !p.said[end].PostedAt.After(p.now())
	return page, nil
}

// Send implements channel.Sender.
func (p *platform) Send(_ context.Context, out channel.Outgoing) (channel.Receipt, error) {
	a := answer{Key: out.Key, To: out.To, Text: out.Text}
	line, err := json.Marshal(a)
	if err != nil {
		return channel.Receipt{}, err
	}
	f, err := os.OpenFile(p.file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return channel.Receipt{}, err
	}
	defer f.Close()
	if _, err := f.Write(append(line, '\n')); err != nil {
		return channel.Receipt{}, err
	}
	p.stands(a)
	return p.receipt(out.Key), nil
}

func (p *platform) receipt(key channel.Key) channel.Receipt {
	return channel.Receipt{Ref: mention.Ref{Channel: p.venue.Channel, ID: "r-" + string(key)}, At: p.now()}
}

// Find implements channel.Finder.
func (p *platform) Find(_ context.Context, key channel.Key) (channel.Receipt, error) {
	all, err := p.answers()
	if err != nil {
		return channel.Receipt{}, err
	}
	for _, a := range all {
		if a.Key == key {
			return p.receipt(key), nil
		}
	}
	return channel.Receipt{}, &channel.Error{Code: channel.ErrNotFound, Op: "find"}
}

// platforms are those of the house, with what is said on them.
func platforms(dir string, venues []mention.Venue, said []mention.Mention, now func() time.Time) map[string]*platform {
	out := map[string]*platform{}
	for _, v := range venues {
		out[v.Channel] = &platform{venue: v, now: now, file: filepath.Join(dir, v.Channel+".jsonl"), stands: func(answer) {}}
	}
	for _, m := range said {
		p := out[m.Ref.Channel]
		p.said = append(p.said, m)
	}
	return out
}
