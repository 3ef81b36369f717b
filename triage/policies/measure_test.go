package policies_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/policies"
	"github.com/reputekit/reputation/triage/policytest"
)

// A labelled is one post to an airline, and what people said that it is about.
type labelled struct {
	Text   string `json:"text"`
	Label  string `json:"label"`
	Reason string `json:"reason"`
}

func airlinePosts(t *testing.T) (posts []labelled) {
	t.Helper()
	dir := cmp.Or(os.Getenv("REPUTATION_DATA"), "../../../shared/data")
	file, err := os.Open(filepath.Join(dir, "airline-tweets.jsonl"))
	if err != nil {
		t.Skipf("the posts to airlines are not there (%v): set REPUTATION_DATA", err)
	}
	defer func() { _ = file.Close() }()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var p labelled
		require.NoError(t, json.Unmarshal(lines.Bytes(), &p))
		posts = append(posts, p)
	}
	return posts
}

// made is what the general policy makes of each post: its category, or none.
func made(t *testing.T, posts []labelled) []string {
	t.Helper()
	care, err := policies.Care()
	require.NoError(t, err)
	judge, err := care.Policy.Compile(nil, triage.Options{Lazy: true})
	require.NoError(t, err)
	reuse := judge.Reuse()
	out := make([]string, len(posts))
	for i, p := range posts {
		m := mention.Mention{Text: p.Text, Lang: "en", Addressed: mention.ToUs}.Canonical()
		out[i] = cmp.Or(reuse(triage.Input{Mention: &m}).Category, policytest.None)
	}
	return out
}

// confusion prints how often each category was found beside what people said, the most frequent category first. It
// gives the counts by category and label.
func confusion(t *testing.T, said, found []string) map[string]map[string]int {
	t.Helper()
	counts, sums, rows := map[string]map[string]int{}, map[string]int{}, map[string]bool{}
	for i, category := range found {
		if counts[category] == nil {
			counts[category] = map[string]int{}
		}
		counts[category][said[i]]++
		sums[category]++
		rows[said[i]] = true
	}
	columns := slices.SortedFunc(maps.Keys(sums), func(a, b string) int {
		return cmp.Or(cmp.Compare(sums[b], sums[a]), strings.Compare(a, b))
	})
	line := func(name string, cell func(category string) any) {
		text := fmt.Sprintf("%-28s", name)
		for _, c := range columns {
			text += fmt.Sprintf("%10v", cell(c))
		}
		t.Log(text)
	}
	line("", func(c string) any { return c })
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		line(row, func(c string) any { return counts[c][row] })
	}
	return counts
}

// noComplaint are the categories of care that are none.
var noComplaint = []string{policytest.None, "praise", "question", "lead"}

// What the general policy makes of posts to airlines, beside what people said of them: a measure, not a promise.
func TestMeasureCareOnAirlinePosts(t *testing.T) {
	posts := airlinePosts(t)
	var said []string
	for _, p := range posts {
		said = append(said, p.Label)
	}
	counts := confusion(t, said, made(t, posts))
	bad, seen := 0, 0
	for category, n := range counts {
		if !slices.Contains(noComplaint, category) {
			bad, seen = bad+n["negative"], seen+n["negative"]+n["neutral"]+n["positive"]
		}
	}
	t.Logf("of %d posts %d are in a category of complaint, %d per mille of them labelled negative", len(posts), seen, bad*1000/max(1, seen))
	praise := counts["praise"]
	assert.Less(t, praise["negative"]*1000, 50*(praise["negative"]+praise["neutral"]+praise["positive"]), "praise that is a complaint")
}

// means are the categories of care that fit what people gave as the reason of a complaint. Nothing of an airline is in
// the policy: what it has no name for fits the plain complaint.
var means = map[string][]string{
	"Bad Flight": {"product"}, "Can't Tell": {}, "Cancelled Flight": {"delivery", "service"},
	"Customer Service Issue": {"service", "conduct"}, "Damaged Luggage": {"product", "delivery"},
	"Flight Attendant Complaints": {"conduct", "service"}, "Flight Booking Problems": {"outage", "billing", "product"},
	"Late Flight": {"delivery"}, "Lost Luggage": {"delivery"}, "longlines": {"service", "delivery"},
}

// The kind of complaint that the general policy finds beside the reason that people gave.
func TestMeasureReasons(t *testing.T) {
	posts := airlinePosts(t)
	posts = slices.DeleteFunc(posts, func(p labelled) bool { return means[p.Reason] == nil })
	var said []string
	for _, p := range posts {
		said = append(said, p.Reason)
	}
	named, fits, plain := 0, 0, 0
	for category, n := range confusion(t, said, made(t, posts)) {
		for reason, posts := range n {
			switch {
			case category == "complaint":
				plain += posts
			case !slices.Contains(noComplaint, category):
				named += posts
				if slices.Contains(means[reason], category) {
					fits += posts
				}
			}
		}
	}
	t.Logf("of %d complaints %d get a kind of complaint, which fits the reason in %d; %d are complaints without a kind",
		len(posts), named, fits, plain)
	assert.Greater(t, fits*2, named, "more kinds that are found fit than not")
}
