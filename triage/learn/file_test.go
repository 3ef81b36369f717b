package learn_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/learn"
)

func TestSaveAndLoad(t *testing.T) {
	m := trained(t, learn.Options{Name: "tone <é>", Langs: []string{"en-GB", "de", "EN"}, Balance: 500})
	file := saved(t, m)
	again, err := learn.Load(iotest.OneByteReader(bytes.NewReader(file)))
	require.NoError(t, err)
	assert.Equal(t, file, saved(t, again), "the same bytes")
	assert.Equal(t, m.Checksum(), again.Checksum())
	assert.Equal(t, m.Signals(), again.Signals())
	for _, e := range letters(100) {
		assert.Equal(t, m.Score(nil, e.Text, "de-AT"), again.Score(nil, e.Text, "de-AT"), e.Text)
	}
}

func TestAnyLabelIsSavedAndLoaded(t *testing.T) {
	labels := []string{"<a&b>", "a\x00b", "a\u2028b", "\"quoted\\\"", "日本", "\ufffd", strings.Repeat("x", 100)}
	var examples []learn.Example
	for _, label := range labels {
		examples = append(examples, learn.Example{Text: "text " + label, Label: label})
	}
	m, err := learn.Train(stream(examples), learn.Options{Bits: 10, Passes: 1})
	require.NoError(t, err)
	again, err := learn.Load(bytes.NewReader(saved(t, m)))
	require.NoError(t, err)
	assert.ElementsMatch(t, labels, again.Labels())
}

func TestSaveGivesTheWritersError(t *testing.T) {
	full := errors.New("the disk is full")
	r, w := io.Pipe()
	r.CloseWithError(full)
	assert.ErrorIs(t, trained(t, learn.Options{}).Save(w), full)
}

// sealed puts a checksum behind a body.
func sealed(body []byte) []byte {
	sum := sha256.Sum256(body)
	return append(bytes.Clone(body), sum[:]...)
}

// broken are bad files made of a good one, with what Load has to say.
func broken(good []byte) []struct {
	reason string
	file   []byte
	want   error
} {
	body := good[:len(good)-sha256.Size]
	change := func(at int, b byte) []byte {
		out := bytes.Clone(good)
		out[at] ^= b
		return out
	}
	swap := func(from, to string) []byte {
		size := int(binary.LittleEndian.Uint32(body[10:]))
		head := strings.Replace(string(body[14:14+size]), from, to, 1)
		out := binary.LittleEndian.AppendUint32(bytes.Clone(body[:10]), uint32(len(head)))
		return sealed(append(append(out, head...), body[14+size:]...))
	}
	newer := bytes.Clone(body)
	newer[8] = 2
	older := bytes.Clone(body)
	older[8] = 0
	vast := bytes.Clone(body)
	vast[13] = 0x7F
	return []struct {
		reason string
		file   []byte
		want   error
	}{
		{"an empty file", nil, learn.ErrNotModel},
		{"another kind of file", []byte("PK\x03\x04 and so on, for longer than the opening"), learn.ErrNotModel},
		{"the opening only", good[:12], learn.ErrTruncated},
		{"half of the magic", good[:4], learn.ErrTruncated},
		{"cut in the head", good[:40], learn.ErrTruncated},
		{"cut in the weights", good[:len(good)/2], learn.ErrTruncated},
		{"one byte short", good[:len(good)-1], learn.ErrTruncated},
		{"a byte too many", append(bytes.Clone(good), 0), learn.ErrAltered},
		{"a weight altered", change(len(good)/2, 1), learn.ErrAltered},
		{"the head altered", change(20, 1), learn.ErrAltered},
		{"the checksum altered", change(len(good)-1, 1), learn.ErrAltered},
		{"a newer version, its checksum right", sealed(newer), learn.ErrNewer},
		{"a newer version, its checksum of another kind", newer, learn.ErrNewer},
		{"version 0", sealed(older), learn.ErrInvalid},
		{"a head of 2 GB", sealed(vast), learn.ErrInvalid},
		{"weights that are not there, sealed", sealed(body[:len(body)-2]), learn.ErrTruncated},
		{"more weights than rows, sealed", sealed(append(bytes.Clone(body), 0, 0)), learn.ErrInvalid},
		{"no JSON", swap(`{`, `[`), learn.ErrInvalid},
		{"an unknown field", swap(`{`, `{"moon":1,`), learn.ErrInvalid},
		{"the same head written otherwise", swap(`{`, `{ `), learn.ErrInvalid},
		{"a slope that is no number", swap(`"slope":`, `"slope":NaN,"x":`), learn.ErrInvalid},
		{"a slope without bounds", swap(`"slope":`, `"slope":9223372036854775807,"x":`), learn.ErrInvalid},
		{"a slope of 0", swap(`"slope":`, `"slope":0`), learn.ErrInvalid},
		{"labels out of order", swap(`"angry","asking"`, `"asking","angry"`), learn.ErrInvalid},
		{"a label too few", swap(`"angry",`, ``), learn.ErrInvalid},
		{"a name with blanks", swap(`{`, `{"name":" x",`), learn.ErrInvalid},
		{"a table of another size", swap(`"bits":14`, `"bits":13`), learn.ErrInvalid},
		{"a table beyond memory", swap(`"bits":14`, `"bits":62`), learn.ErrInvalid},
		{"a table of no size", swap(`"bits":14`, `"bits":-1`), learn.ErrInvalid},
		{"a weight of 0", swap(`"weights":[1000`, `"weights":[0`), learn.ErrInvalid},
		{"a wild bias", swap(`"bias":[`, `"bias":[99999999999999`), learn.ErrInvalid},
	}
}

func TestLoadRefuses(t *testing.T) {
	for _, row := range broken(saved(t, trained(t, learn.Options{}))) {
		m, err := learn.Load(bytes.NewReader(row.file))
		assert.Nil(t, m, row.reason)
		assert.ErrorIs(t, err, row.want, row.reason)
	}
	wire := errors.New("the wire broke")
	_, err := learn.Load(iotest.ErrReader(wire))
	assert.ErrorIs(t, err, wire, "the reader's own error")
	_, err = learn.Load(endless{})
	assert.ErrorIs(t, err, learn.ErrNotModel, "a reader without end")
}

// endless gives zeros for ever.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// FuzzLoad changes, cuts and seals files: Load says no, or gives a model that saves what was loaded.
func FuzzLoad(f *testing.F) {
	m, err := learn.Train(stream(letters(60)), learn.Options{Bits: 10, Passes: 2})
	require.NoError(f, err)
	var b bytes.Buffer
	require.NoError(f, m.Save(&b))
	f.Add(b.Bytes(), false)
	for _, row := range broken(b.Bytes()) {
		f.Add(row.file, false)
		f.Add(row.file, true)
	}
	f.Fuzz(func(t *testing.T, file []byte, seal bool) {
		if seal {
			file = sealed(file)
		}
		m, err := learn.Load(bytes.NewReader(file))
		if err != nil {
			require.Nil(t, m)
			return
		}
		require.Equal(t, file, saved(t, m))
		label, _, ok := m.Choose("so which gate is it?")
		require.True(t, ok)
		require.Contains(t, m.Labels(), label)
	})
}
