package learn_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/learn"
)

// A set is a labelled set of the shared data, and what is claimed of it.
type set struct {
	name, file string
	label      func(row) string // empty: the row is left out
	positive   string           // what is claimed is the F1 of this label; empty: the macro-F1
	balance    int              // the best of 0, 300, 500 and 700 by cross validation of the training part
	least      int              // that is claimed of the hold-out, per mille
}

type row struct {
	Text, Reason string
	Label        any
}

func given(r row) string { return fmt.Sprint(r.Label) }

var sets = []set{
	{"airline sentiment", "airline-tweets.jsonl", given, "", 300, 760},
	{"airline reason", "airline-tweets.jsonl", func(r row) string { return r.Reason }, "", 500, 450},
	{"complaint or not", "complaint-severity.jsonl", func(r row) string { return "is " + given(r) }, "", 300, 770},
	{"offensive or not", "offensive-tweets.jsonl", given, "", 500, 700},
	{"spam or ham", "sms-spam.jsonl", given, "spam", 700, 950},
}

// load reads a set and parts it: a row is held out when the hash of its text, in small letters, says so, one in five.
// So no text is on both sides, however often it stands in the file.
func (s set) load(t testing.TB) (train, held []learn.Example) {
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, s.file))
	if err != nil {
		t.Skip("measured on ", s.file, " in the folder that REPUTATION_DATA names: ", err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var r row
		require.NoError(t, json.Unmarshal(in.Bytes(), &r))
		label := s.label(r)
		if label == "" {
			continue
		}
		e := learn.Example{Text: r.Text, Label: label}
		if sum := sha256.Sum256([]byte(strings.ToLower(r.Text))); sum[0]%5 == 0 {
			held = append(held, e)
		} else {
			train = append(train, e)
		}
	}
	require.NoError(t, in.Err())
	return train, held
}

func stream(examples []learn.Example) iter.Seq2[learn.Example, error] {
	return func(yield func(learn.Example, error) bool) {
		for _, e := range examples {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// TestMeasureHoldOut prints how models fare on rows that nothing was trained on or chosen by, and checks that it is as
// well as is claimed.
func TestMeasureHoldOut(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("prints figures: run it with -v")
	}
	for _, s := range sets {
		t.Run(s.name, func(t *testing.T) {
			train, held := s.load(t)
			m, err := learn.Train(stream(train), learn.Options{Balance: s.balance})
			require.NoError(t, err)
			r, err := learn.Evaluate(m, stream(held))
			require.NoError(t, err)
			t.Logf("%s: trained on %d, judged by\n%s", s.name, len(train), r)
			got := r.MacroF1
			if s.positive != "" {
				for _, c := range r.Classes {
					if c.Label == s.positive {
						got = c.F1
					}
				}
			}
			assert.GreaterOrEqual(t, got, s.least, "F1 per mille of %s", s.name)
			assert.LessOrEqual(t, r.ECE, 50, "calibration error per mille of %s", s.name)
		})
	}
}

// TestMeasureCost trains on all posts to airlines and prints what that, the model and a prediction cost.
func TestMeasureCost(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("prints figures: run it with -v")
	}
	train, held := sets[0].load(t)
	posts := append(train, held...)
	at := time.Now()
	m, err := learn.Train(stream(posts), learn.Options{Balance: sets[0].balance})
	require.NoError(t, err)
	took := time.Since(at)
	var file bytes.Buffer
	require.NoError(t, m.Save(&file))
	var rounds []time.Duration
	for range 21 {
		at = time.Now()
		for _, e := range posts {
			m.Choose(e.Text)
		}
		rounds = append(rounds, time.Since(at)/time.Duration(len(posts)))
	}
	slices.Sort(rounds)
	t.Logf("%d posts: trained in %v, model of %d bytes; a prediction in %v, the median of %d rounds, the least %v",
		len(posts), took.Round(time.Millisecond), file.Len(), rounds[len(rounds)/2], len(rounds), rounds[0])
	assert.Less(t, file.Len(), 8_000_000)
}

// TestMeasureTraining prints what options are chosen by: the training parts alone, cross validated, and their learning
// curves.
func TestMeasureTraining(t *testing.T) {
	if os.Getenv("REPUTATION_LONG") != "1" {
		t.Skip("takes minutes: set REPUTATION_LONG=1")
	}
	for _, s := range sets {
		train, _ := s.load(t)
		for _, balance := range []int{0, 300, 500, 700} {
			r, err := learn.CrossValidate(stream(train), learn.Options{Balance: balance}, 8)
			require.NoError(t, err)
			t.Logf("%s, balance %d, cross validated:\n%s", s.name, balance, r)
		}
		curve, err := learn.LearningCurve(stream(train), learn.Options{Balance: s.balance})
		require.NoError(t, err)
		t.Logf("%s, learning curve:\n%s", s.name, curve)
	}
}
