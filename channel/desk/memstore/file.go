package memstore

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
)

// ErrCorrupt is what lies beneath the error of Open for a file that is not what Save wrote.
var ErrCorrupt = errors.New("the file is damaged, or no snapshot of a desk")

// ErrVersion is what lies beneath the error of Open for a snapshot of another form than this version reads.
var ErrVersion = errors.New("another version wrote the file")

// ErrTaken is what lies beneath the error of a Commit that would write over what this store did not write: a snapshot that
// was there and was not opened, or that another process has written since.
var ErrTaken = errors.New("the file holds what another store wrote")

// magic begins a snapshot; then come its form and a space, the SHA-256 of the rest and a line feed.
const (
	magic = "reputation-desk-snapshot "
	form  = "1"
)

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
	s.saving.Lock() // of two, the later one writes last
	defer s.saving.Unlock()
	if s.File != "" { // which may be the same file: no commit comes between
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.save(path)
	}
	s.mu.RLock()
	data, err := s.encode()
	s.mu.RUnlock()
	if err != nil {
		return err
	}
	_, err = write(path, data)
	return err
}

func (s *Store) save(path string) error {
	data, err := s.encode()
	if err != nil {
		return err
	}
	put, err := write(path, data)
	if err == nil && put != nil {
		if file, bad := os.Stat(s.File); bad == nil && os.SameFile(file, put) {
			s.wrote = put
		}
	}
	return err
}

// Open reads a snapshot back. A file that is not there is an error that is fs.ErrNotExist; one that is damaged is an
// error that is ErrCorrupt and says where; one that a later version wrote is ErrVersion. Open writes nothing. To go on in
// the same file set File to its path.
func Open(path string) (*Store, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	read, err := f.Stat()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	s, err := decode(data)
	switch {
	case errors.Is(err, ErrVersion):
		return nil, fmt.Errorf("%s: %w", path, err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w: %w", path, ErrCorrupt, err)
	}
	s.wrote = read
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
	return slices.Concat([]byte(magic+form+" "+hex.EncodeToString(sum[:])+"\n"), body), nil
}

func byAddress(a, b desk.Address) int {
	return cmp.Or(strings.Compare(a.Tenant, b.Tenant), strings.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID))
}

func decode(data []byte) (*Store, error) {
	head, body, found := bytes.Cut(data, []byte("\n"))
	rest, ours := strings.CutPrefix(string(head), magic)
	if !found || !ours {
		return nil, fmt.Errorf("it does not begin with %q", magic)
	}
	is, sum, _ := strings.Cut(rest, " ")
	if n, err := strconv.Atoi(is); err == nil && n > 0 && is != form {
		return nil, fmt.Errorf("%w: it has form %s, and this version reads form %s", ErrVersion, is, form)
	}
	if all := sha256.Sum256(body); is != form || hex.EncodeToString(all[:]) != sum {
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
		if o == nil || s.asked(o.Key) > 0 {
			return nil, errors.New("a request is missing, or stands there twice")
		}
		s.putOutbound(*o)
	}
	for _, in := range snap.Inbox {
		if in == nil {
			return nil, errors.New("an item is missing")
		}
		rest.Inbox = append(rest.Inbox, *in)
	}
	s.apply(rest)
	return s, nil
}

// applyAndSave stores a commit in memory and in the file, or in neither: when the file cannot be written, what was saved
// last is read back.
func (s *Store) applyAndSave(c desk.Commit) error {
	if err := s.ours(); err != nil {
		return err
	}
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
		var put fs.FileInfo
		if put, err = write(s.File, data); put != nil {
			s.wrote = put
		}
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

// ours fails with ErrTaken when the file holds what this store neither read nor wrote. It is no lock: two processes that
// commit at the same instant can still miss each other, but not for longer than that.
func (s *Store) ours() error {
	file, err := os.Stat(s.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case file.IsDir():
		return &fs.PathError{Op: "write", Path: s.File, Err: errors.New("it is a folder")}
	case s.wrote == nil:
		return fmt.Errorf("%s: %w: read it with Open first", s.File, ErrTaken)
	case !os.SameFile(file, s.wrote) || file.Size() != s.wrote.Size() || !file.ModTime().Equal(s.wrote.ModTime()):
		return fmt.Errorf("%s: %w: one file has one store at a time", s.File, ErrTaken)
	}
	return nil
}

// write puts a file in place of another: a temporary file beside it, synced, renamed, and the folder synced. It returns
// what stands there now, even if the folder could not be synced.
func write(path string, data []byte) (put fs.FileInfo, err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*.tmp")
	if err != nil {
		return nil, err
	}
	defer func() {
		if put == nil {
			err = errors.Join(err, ignoreAbsent(os.Remove(f.Name())))
		}
	}()
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync())
	written, bad := f.Stat()
	if err = errors.Join(err, bad, f.Close()); err != nil {
		return nil, err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return nil, err
	}
	folder, err := os.Open(dir)
	if err != nil {
		return written, err
	}
	return written, errors.Join(folder.Sync(), folder.Close())
}

func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
