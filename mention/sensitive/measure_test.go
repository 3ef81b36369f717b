package sensitive_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/sensitive"
)

// TestMeasureClasses counts on labelled texts: how many of each class Find gives and how many there are. A find in a
// text of another class counts as false.
func TestMeasureClasses(t *testing.T) {
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	file, err := os.Open(filepath.Join(dir, "private-data-vectors.jsonl"))
	if err != nil {
		t.Skip("the labelled texts are not here: ", err)
	}
	defer file.Close()
	classes := []struct {
		label string
		class sensitive.Class
		least float64
	}{
		{"CREDIT_CARD", sensitive.Card, .95},
		{"EMAIL_ADDRESS", sensitive.Email, .95},
		{"IBAN_CODE", sensitive.IBAN, .95},
		{"US_SSN", sensitive.SSN, .95},
		{"PHONE_NUMBER", sensitive.Phone, .90},
	}
	type tally struct{ right, missed, wrong, nearMiss int }
	tallies := make([]tally, len(classes))
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row struct {
			Type, Text string
			Count      int
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &row))
		spans := sensitive.Find(nil, row.Text)
		for i, c := range classes {
			want, got := 0, 0
			if row.Type == c.label {
				want = row.Count
			}
			for _, s := range spans {
				if s.Class == c.class {
					got++
				}
			}
			n := &tallies[i]
			n.right += min(want, got)
			n.missed += max(0, want-got)
			n.wrong += max(0, got-want)
			if row.Type == c.label && want == 0 && got > 0 {
				n.nearMiss++
			}
			if want != got {
				t.Logf("%s: want %d, got %d in %q", c.class, want, got, row.Text)
			}
		}
	}
	require.NoError(t, lines.Err())
	for i, c := range classes {
		n := tallies[i]
		f1 := 2 * float64(n.right) / float64(2*n.right+n.missed+n.wrong)
		t.Logf("%-8s F1 %.3f: %d right, %d missed, %d wrong, %d near misses accepted", c.class, f1, n.right, n.missed, n.wrong, n.nearMiss)
		assert.GreaterOrEqual(t, f1, c.least, c.class)
		assert.Zero(t, n.nearMiss, c.class)
	}
}
