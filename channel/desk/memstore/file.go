package memstore

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
)

// ErrCorrupt is what lies beneath the error of Open for a file that is not what Save wrote.
var ErrCorrupt = errors.New("the file is damaged, or no snapshot of a desk")

// magic begins a snapshot: what it is and in which form. Behind it stand the SHA-256 of the rest and a line feed.
const magic = "reputation-desk-snapshot 1 "

// snapshot is everything, in an order that does not depend on maps, so that the same store is the same bytes.
type snapshot struct {
	Rows    []desk.Row                `json:"rows"`
	Entries []desk.Entry              `json:"entries"`
	Outbox  []*desk.Outbound          `json:"outbox"`
	Events  []string                  `json:"events"`
	Texts   []desk.Text               `json:"texts"`
	Inbox   []*desk.Inbound           `json:"inbox"`
	Cursors map[string]channel.Cursor `json:"cursors"` // encoding/json sorts the keys
}

// Save writes everything to a file at one stroke: whoever reads it finds the old snapshot or the new one, whole, even
// after a crash. The same store gives the same bytes.
func (s *Store) Save(path string) error {
	s.mu.RLock()
	data, err := s.encode()
	s.mu.RUnlock()
	if err != nil {
		return err
	}
	return write(path, data)
}

// Open reads a snapshot back. A file that is not there is an error that is fs.ErrNotExist; one that is damaged is an
// error that is ErrCorrupt and says where. Open writes nothing.
func Open(path string) (*Store, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, ErrCorrupt, err)
	}
	return s, nil
}

func (s *Store) encode() ([]byte, error) {
	snap := snapshot{Outbox: s.outbox, Inbox: s.inbox, Cursors: map[string]channel.Cursor{}}
	maps.Copy(snap.Cursors, s.cursors)
	for _, r := range s.rows {
		snap.Rows = append(snap.Rows, *r)
	}
	slices.SortFunc(snap.Rows, func(a, b desk.Row) int { return byAddress(a.Address, b.Address) })
	for _, trail := range s.trails {
		snap.Entries = append(snap.Entries, trail...)
	}
	slices.SortStableFunc(snap.Entries, func(a, b desk.Entry) int { return byAddress(a.Address, b.Address) })
	for id := range s.events {
		snap.Events = append(snap.Events, id)
	}
	slices.Sort(snap.Events)
	for _, revisions := range s.texts {
		snap.Texts = append(snap.Texts, revisions...)
	}
	slices.SortFunc(snap.Texts, func(a, b desk.Text) int {
		return cmp.Or(strings.Compare(a.Tenant, b.Tenant), strings.Compare(a.Ref.Channel, b.Ref.Channel),
			strings.Compare(a.Ref.ID, b.Ref.ID), a.Rev-b.Rev)
	})
	body, err := json.Marshal(snap)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	return slices.Concat([]byte(magic+hex.EncodeToString(sum[:])+"\n"), body), nil
}

func byAddress(a, b desk.Address) int {
	return cmp.Or(strings.Compare(a.Tenant, b.Tenant), strings.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID))
}

func decode(data []byte) (*Store, error) {
	head, body, found := bytes.Cut(data, []byte("\n"))
	sum, ours := strings.CutPrefix(string(head), magic)
	if !found || !ours {
		return nil, fmt.Errorf("it does not begin with %q", magic)
	}
	if is := sha256.Sum256(body); hex.EncodeToString(is[:]) != sum {
		return nil, fmt.Errorf("its %d bytes do not have the checksum in its first line", len(body))
	}
	var snap snapshot
	if err := json.Unmarshal(body, &snap); err != nil {
		return nil, err
	}
	return snap.store()
}

// store builds the indexes again.
func (snap snapshot) store() (*Store, error) {
	s := &Store{}
	s.ready()
	for _, r := range snap.Rows {
		s.putRow(r)
	}
	err := s.check(desk.Commit{Entries: snap.Entries})
	if err != nil {
		return nil, err
	}
	var rest desk.Commit
	rest.Entries, rest.Events, rest.Texts, rest.Cursors = snap.Entries, snap.Events, snap.Texts, snap.Cursors
	for _, o := range snap.Outbox {
		rest.Outbox = append(rest.Outbox, *o)
	}
	for _, in := range snap.Inbox {
		rest.Inbox = append(rest.Inbox, *in)
	}
	s.apply(rest)
	return s, nil
}

// applyAndSave stores a commit in memory and in the file, or in neither: when the file cannot be written, what was saved
// last is read back.
func (s *Store) applyAndSave(c desk.Commit) error {
	if s.saved == nil {
		data, err := s.encode()
		if err != nil {
			return err
		}
		s.saved = data
	}
	s.apply(c)
	data, err := s.encode()
	if err == nil {
		err = write(s.File, data)
	}
	if err == nil {
		s.saved = data
		return nil
	}
	before, undo := decode(s.saved)
	if undo != nil {
		return errors.Join(err, undo)
	}
	s.content = before.content
	return err
}

// write puts a file in place of another: a temporary file beside it, synced, renamed, and the folder synced.
func write(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreAbsent(os.Remove(f.Name())))
		}
	}()
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
