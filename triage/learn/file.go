package learn

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/reputekit/reputation/mention/spec"
)

// What may be wrong with a file. Load wraps them; a read that fails gives the reader's own error.
var (
	ErrNotModel  = errors.New("this is no model")
	ErrNewer     = errors.New("the model is of a newer version")
	ErrTruncated = errors.New("the model ends too early")
	ErrAltered   = errors.New("the model was altered: its checksum is another")
	ErrInvalid   = errors.New("the model's checksum is right, but what it says is not possible")
)

// A file is, whole numbers with the lowest byte first:
//
//	8 bytes   "learned\n"
//	2 bytes   version
//	4 bytes   length of the head
//	          head, as JSON
//	2 bytes   for each weight: the rows one after the other, a weight a label
//	32 bytes  SHA-256 of all before
const (
	magic    = "learned\n"
	version  = 1
	opening  = len(magic) + 2 + 4
	mostHead = 1 << 20
	mostFile = opening + mostHead + 2*mostWeights + sha256.Size
)

// Save writes the model. The same model is always the same bytes. The error is that of the writer.
func (m *Model) Save(w io.Writer) error {
	if _, err := w.Write(m.body()); err != nil {
		return err
	}
	_, err := w.Write(m.sum[:])
	return err
}

// body is the file without its checksum.
func (m *Model) body() []byte {
	head, _ := json.Marshal(m.head) // strings and whole numbers: it cannot fail
	out := make([]byte, 0, opening+len(head)+2*len(m.weights))
	out = append(out, magic...)
	out = binary.LittleEndian.AppendUint16(out, version)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(head)))
	out = append(out, head...)
	for _, w := range m.weights {
		out = binary.LittleEndian.AppendUint16(out, uint16(w))
	}
	return out
}

// finish works out the checksum of a model that is new.
func (m *Model) finish() { m.sum = sha256.Sum256(m.body()) }

// Load reads a model that Save wrote. It reads to the end of r, or a little further than the largest model. The error
// is one of ErrNotModel, ErrNewer, ErrTruncated, ErrAltered and ErrInvalid, for errors.Is, or that of the reader.
func Load(r io.Reader) (*Model, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(mostFile)+1))
	if err != nil {
		return nil, err
	}
	if n := min(len(data), len(magic)); string(data[:n]) != magic[:n] || n == 0 {
		return nil, ErrNotModel
	}
	if len(data) < opening {
		return nil, ErrTruncated
	}
	if v := binary.LittleEndian.Uint16(data[len(magic):]); v > version {
		return nil, fmt.Errorf("%w: %d, and %d is the newest known here", ErrNewer, v, version)
	} else if v < version {
		return nil, fmt.Errorf("%w: there is no version %d", ErrInvalid, v)
	}
	size := int64(binary.LittleEndian.Uint32(data[len(magic)+2:]))
	if size > mostHead {
		return nil, fmt.Errorf("%w: its head has %d bytes", ErrInvalid, size)
	}
	if int64(len(data)) < int64(opening+sha256.Size)+size {
		return nil, ErrTruncated
	}
	return parse(data, data[opening:opening+int(size)])
}

// parse reads a file whose opening is right and whose head is there.
func parse(data, headPart []byte) (*Model, error) {
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	weights := body[opening+len(headPart):]
	m := &Model{}
	headErr := spec.Decode(headPart, &m.head)
	if headErr == nil {
		headErr = m.head.check()
	}
	if headErr == nil && len(weights) < 2*len(m.head.Labels)<<m.head.Bits {
		return nil, ErrTruncated
	}
	if m.sum = sha256.Sum256(body); !bytes.Equal(m.sum[:], sum) {
		return nil, ErrAltered
	}
	if headErr != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, headErr)
	}
	if len(weights) > 2*len(m.head.Labels)<<m.head.Bits {
		return nil, fmt.Errorf("%w: it has more weights than rows", ErrInvalid)
	}
	m.weights = make([]int16, len(weights)/2)
	for i := range m.weights {
		m.weights[i] = int16(binary.LittleEndian.Uint16(weights[2*i:]))
	}
	if !bytes.Equal(m.body()[:opening+len(headPart)], data[:opening+len(headPart)]) {
		return nil, fmt.Errorf("%w: its head is not written as Save writes it", ErrInvalid)
	}
	m.derive()
	return m, nil
}

// check reports what no trained model has.
func (h *head) check() error {
	var p spec.Problems
	count := func(path string, n int) {
		if n != len(h.Labels) {
			p.Add(path, "%d of them for %d labels", n, len(h.Labels))
		}
	}
	between := func(path string, n, least, most int64) {
		if n < least || n > most {
			p.Add(path, "%d is not between %d and %d", n, least, most)
		}
	}
	between("labels", int64(len(h.Labels)), 2, MaxLabels)
	count("examples", len(h.Examples))
	count("weights", len(h.Weights))
	count("bias", len(h.Bias))
	between("bits", int64(h.Bits), fewestBits, mostBits)
	between("unit", int64(h.Unit), 0, finestBit)
	between("slope", h.Slope, 1, largest*one)
	for i, label := range h.Labels {
		if err := (Example{Label: label}).check(); err != nil || i > 0 && h.Labels[i-1] >= label {
			p.Add(spec.Index("labels", i), "%.100q is no label or not behind the one before it", label)
		}
	}
	for i, n := range h.Examples {
		between(spec.Index("examples", i), int64(n), 0, 1<<40)
	}
	for i, w := range h.Weights {
		between(spec.Index("weights", i), int64(w), 1, heaviest)
	}
	for i, b := range h.Bias {
		between(spec.Index("bias", i), b, -largest*one, largest*one)
	}
	if err := (Options{Name: h.Name, Langs: h.Langs}).check(nil); err != nil {
		p.Merge("", err)
	} else if !slices.Equal(h.Langs, Options{Langs: h.Langs}.langs()) {
		p.Add("langs", "they are not sorted base tags")
	}
	if p == nil && len(h.Labels)<<h.Bits > mostWeights {
		p.Add("bits", "so many rows of so many labels are no model below 8 MB")
	}
	return p.Err()
}
