package spec_test

import (
	"encoding/json"
	"math"
	"math/rand"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
)

var durations = []struct {
	in, out string // an empty out wants an error
	want    time.Duration
	reason  string
}{
	{"15m", "15m", 15 * time.Minute, "the usual form"},
	{"90s", "1m30s", 90 * time.Second, "written back as a person would"},
	{"1h30m", "1h30m", 90 * time.Minute, "two units"},
	{"2d", "2d", 48 * time.Hour, "days"},
	{"2d12h", "2d12h", 60 * time.Hour, "days and hours"},
	{"48h", "2d", 48 * time.Hour, "hours become days"},
	{"10h", "10h", 10 * time.Hour, "the zero of ten is no zero minutes"},
	{"10m", "10m", 10 * time.Minute, "nor of ten minutes"},
	{"1h0m1s", "1h0m1s", time.Hour + time.Second, "a zero in the middle stays"},
	{"0s", "0s", 0, "nothing"},
	{"0d", "0s", 0, "no days"},
	{"0", "0s", 0, "zero needs no unit, as in time.ParseDuration"},
	{"-1d1h", "-1d1h", -25 * time.Hour, "a minus counts for the whole"},
	{"1.5h", "1h30m", 90 * time.Minute, "fractions of an hour"},
	{"1d0.5s", "1d500ms", day + 500*time.Millisecond, "a day and a half second"},
	{"106751d", "106751d", 106751 * day, "the most days that fit"},
	{"-106751d23h47m16.854775808s", "-106751d23h47m16.854775808s", math.MinInt64, "the smallest of all"},
	{"-9223372036854775808ns", "-106751d23h47m16.854775808s", math.MinInt64, "the smallest of all in one unit"},
	{in: "106752d", reason: "one day too many must not wrap round"},
	{in: "106751d24h", reason: "nor may the sum"},
	{in: "4294967295d", reason: "nor a very large number of days"},
	{in: "99999999999999999999d", reason: "nor one that is no integer any more"},
	{in: "9223372036854775808ns", reason: "nor nanoseconds"},
	{in: "", reason: "nothing was written"},
	{in: "-", reason: "a sign alone"},
	{in: "d", reason: "a unit alone"},
	{in: "5", reason: "a number without its unit"},
	{in: "1.5d", reason: "half days are written in hours"},
	{in: "2d-1h", reason: "a sign in the middle"},
	{in: "2d+1h", reason: "a plus in the middle"},
	{in: "+2d", reason: "a plus at the front"},
	{in: "--5m", reason: "two signs"},
	{in: "1h2d", reason: "days come first"},
	{in: "1d2d", reason: "days come once"},
	{in: " 1d", reason: "white space"},
	{in: "1w", reason: "no weeks"},
	{in: "soon", reason: "a word"},
}

const day = 24 * time.Hour

func TestDuration(t *testing.T) {
	for _, c := range durations {
		var d spec.Duration
		err := d.UnmarshalText([]byte(c.in))
		if c.out == "" {
			assert.Error(t, err, "%q: %s", c.in, c.reason)
			assert.Zero(t, d, "%q: an error leaves the value alone", c.in)
			continue
		}
		require.NoError(t, err, "%q: %s", c.in, c.reason)
		assert.Equal(t, c.want, d.Std(), "%q: %s", c.in, c.reason)
		assert.Equal(t, c.out, spec.Of(c.want).String(), "%q: %s", c.in, c.reason)
	}
}

func TestDurationRoundTrip(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 20_000 {
		want := spec.Duration(r.Uint64() >> r.Intn(64))
		var got spec.Duration
		require.NoError(t, got.UnmarshalText([]byte(want.String())), "%d", want)
		require.Equal(t, want, got, "%s", want)
	}
}

func TestDurationInJSON(t *testing.T) {
	type plan struct {
		Wait spec.Duration `json:"wait,omitempty"`
	}
	b, err := json.Marshal(plan{Wait: spec.Of(36 * time.Hour)})
	require.NoError(t, err)
	assert.Equal(t, `{"wait":"1d12h"}`, string(b))
	b, err = json.Marshal(plan{})
	require.NoError(t, err)
	assert.Equal(t, `{}`, string(b), "no wait is absent")
}

func FuzzDuration(f *testing.F) {
	for _, c := range durations {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var d, again spec.Duration
		if d.UnmarshalText([]byte(s)) != nil {
			return
		}
		require.NoError(t, again.UnmarshalText([]byte(d.String())))
		require.Equal(t, d, again, "%q was written back as %s", s, d)
	})
}
