package sqlitestore_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
)

// A platform is a place outside the desk that outlives it: what was sent stands in a file.
type platform struct {
	name  string // "asked": it can be asked for a key; "keyed": it takes a key again; "mute": it does neither
	path  string
	after func(channel.Key) // told when a reply stands there and the desk has not heard of it yet

	mu   sync.Mutex
	sent map[channel.Key]reply
}

// A reply is one line of the file.
type reply struct {
	Key  channel.Key `json:"key"`
	Text string      `json:"text"`
}

var platforms = []string{"asked", "keyed", "mute"}

// newPlatform finds what was sent by whoever used the file before.
func newPlatform(dir, name string) (*platform, error) {
	p := &platform{name: name, path: filepath.Join(dir, name), sent: map[channel.Key]reply{}, after: func(channel.Key) {}}
	all, err := p.all()
	for _, r := range all {
		p.sent[r.Key] = r
	}
	return p, err
}

// all are the replies that stand there, in order.
func (p *platform) all() (out []reply, err error) {
	f, err := os.Open(p.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r reply
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// Describe implements channel.Connector.
func (p *platform) Describe() channel.Description {
	about := channel.Description{Venue: (&memory.Channel{}).Describe().Venue, Sends: true}
	about.Venue.Channel = p.name
	switch p.name {
	case "asked":
		about.Finds = true
	case "keyed":
		about.Remembers = 1000 * time.Hour
	}
	return about
}

// Send implements channel.Sender.
func (p *platform) Send(_ context.Context, out channel.Outgoing) (channel.Receipt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.sent[out.Key]; known && p.name == "keyed" {
		return p.receipt(out.Key), nil
	}
	line, err := json.Marshal(reply{Key: out.Key, Text: out.Text})
	if err != nil {
		return channel.Receipt{}, err
	}
	f, err := os.OpenFile(p.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return channel.Receipt{}, err
	}
	defer f.Close()
	if _, err := f.Write(append(line, '\n')); err != nil {
		return channel.Receipt{}, err
	}
	p.sent[out.Key] = reply{Key: out.Key, Text: out.Text}
	p.after(out.Key)
	return p.receipt(out.Key), nil
}

func (p *platform) receipt(key channel.Key) channel.Receipt {
	return channel.Receipt{Ref: mention.Ref{Channel: p.name, ID: "r" + string(key)}}
}

// Find implements channel.Finder.
func (p *platform) Find(_ context.Context, key channel.Key) (channel.Receipt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.sent[key]; !known {
		return channel.Receipt{}, &channel.Error{Code: channel.ErrNotFound, Op: "find"}
	}
	return p.receipt(key), nil
}
