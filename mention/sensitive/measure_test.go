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

// labelled opens a file of the labelled texts, or skips the test where there is none.
func labelled(t *testing.T, name string) *bufio.Scanner {
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Skip("the labelled texts are not here: ", err)
	}
	t.Cleanup(func() { file.Close() })
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	return lines
}

// TestMeasureClasses counts on labelled texts: how many of each class Find gives and how many there are. A find in a
// text of another class counts as false.
func TestMeasureClasses(t *testing.T) {
	lines := labelled(t, "private-data-vectors.jsonl")
	classes := []struct {
		label string
		class sensitive.Class
		least float64
	}{
		{"CREDIT_CARD", sensitive.Card, .95},
		{"EMAIL_ADDRESS", sensitive.Email, .95},
		{"IBAN_CODE", sensitive.IBAN, .95},
		{"US_SSN", sensitive.SSN, .95},
		{"PHONE_NUMBER", sensitive.Phone, .95},
	}
	type tally struct{ right, missed, wrong, nearMiss int }
	tallies := make([]tally, len(classes))
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

// TestMeasurePosts counts what is found in posts as people write them, per 10,000, and prints the finds: nobody labelled
// those, a person reads them. What is hidden or marked because of a class that hardly occurs there would be a mistake.
func TestMeasurePosts(t *testing.T) {
	for _, name := range []string{"airline-tweets", "support-conversations", "complaint-severity", "sms-spam", "offensive-tweets"} {
		t.Run(name, func(t *testing.T) {
			lines := labelled(t, name+".jsonl")
			counts := map[sensitive.Class]int{}
			posts := 0
			var spans []sensitive.Span
			for lines.Scan() {
				var row struct{ Text string }
				require.NoError(t, json.Unmarshal(lines.Bytes(), &row))
				posts++
				spans = sensitive.Find(spans[:0], row.Text)
				for _, s := range spans {
					counts[s.Class]++
					t.Logf("%-11s %q in %q", s.Class, row.Text[s.Start:s.End], row.Text)
				}
			}
			require.NoError(t, lines.Err())
			for _, c := range sensitive.Classes() {
				t.Logf("%-11s %3d in %d posts, %.1f per 10,000", c, counts[c], posts, float64(counts[c])*10_000/float64(posts))
			}
			rare := posts / 1000
			for _, c := range []sensitive.Class{sensitive.Password, sensitive.Code, sensitive.Token, sensitive.Card, sensitive.IBAN,
				sensitive.SSN, sensitive.NationalID, sensitive.Bank, sensitive.Birth, sensitive.Address, sensitive.Health} {
				assert.LessOrEqual(t, counts[c], rare, "%s: hardly anybody posts that", c)
			}
		})
	}
}
