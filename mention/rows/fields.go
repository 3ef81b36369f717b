package rows

import (
	"html"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

// Fields maps our names to those of a foreign file: columns of CSV, members of JSON objects (user.name is the member
// name of the member user, where no member has the dot in its name). An empty name is not read; Text is read from "text"
// then. With no names at all JSON rows are Mentions in full, and columns have our names.
type Fields struct {
	Text      string // what was said; required
	ID        string // without it the row's line number is the id
	Author    string // the author's handle
	At        string // when it was published: see below
	Channel   string // without it the channel is "file"
	Lang      string
	Rating    string // stars: "4", "4.5", "4/5", "8/10"; without a stroke of Best
	Followers string
	Parent    string
	Thread    string

	Best     int  // the scale of a rating that does not say; 0 means 5
	Unescape bool // the text has HTML entities: &amp;
}

// The names in ParseFields and in the heading of a CSV file of our own.
var fieldNames = []string{"text", "id", "author", "at", "channel", "lang", "rating", "followers", "parent", "thread"}

func (f *Fields) slots() []*string {
	return []*string{&f.Text, &f.ID, &f.Author, &f.At, &f.Channel, &f.Lang, &f.Rating, &f.Followers, &f.Parent, &f.Thread}
}

// ParseFields reads what a person writes on a command line: "text=body,id=post_id,at=created". The word unescape sets
// Unescape, rating=stars/10 sets Best to 10. An empty s is the zero Fields. The error is spec.Problems.
func ParseFields(s string) (Fields, error) {
	var f Fields
	var problems spec.Problems
	slots := f.slots()
	for part := range strings.SplitSeq(s, ",") {
		ours, theirs, found := strings.Cut(part, "=")
		ours, theirs = strings.TrimSpace(ours), strings.TrimSpace(theirs)
		i := slices.Index(fieldNames, ours)
		switch {
		case part == "" && s == "":
		case ours == "unescape" && !found:
			f.Unescape = true
		case i < 0:
			problems.Add(ours, "is not one of %s or unescape", strings.Join(fieldNames, ", "))
		case theirs == "":
			problems.Add(ours, "says no name: write it like %s=their_name", ours)
		case *slots[i] != "":
			problems.Add(ours, "stands here a second time")
		default:
			*slots[i] = theirs
		}
	}
	if name, best, ok := strings.Cut(f.Rating, "/"); ok {
		n, err := strconv.Atoi(best)
		if err != nil || n < 2 || n > maxBest {
			problems.Add("rating", "%q is no scale: write it like rating=stars/10", best)
		}
		f.Rating, f.Best = name, n
	}
	if err := problems.Err(); err != nil {
		return Fields{}, err
	}
	return f, nil
}

const maxBest = 1000

// foreign reports whether rows have names of their own.
func (f Fields) foreign() bool {
	return slices.ContainsFunc(f.slots(), func(s *string) bool { return *s != "" })
}

// named gives the fields with the default names filled in.
func (f Fields) named() Fields {
	if !f.foreign() {
		for i, s := range f.slots() {
			*s = fieldNames[i]
		}
	} else if f.Text == "" {
		f.Text = "text"
	}
	return f
}

// mention makes a mention of a row with names of its own. Get gives the value of a name; an absent one is empty. All
// that is wrong with the row is told at once.
func (f Fields) mention(get func(name string) (value string, ok bool, err error)) (mention.Mention, error) {
	var m mention.Mention
	var problems spec.Problems
	read := func(name string, set func(value string) error) {
		if name == "" {
			return
		}
		value, ok, err := get(name)
		if err == nil && ok && strings.TrimSpace(value) != "" {
			err = set(value)
		}
		problems.Merge(name, err)
	}
	into := func(s *string) func(string) error {
		return func(value string) error { *s = value; return nil }
	}
	text, ok, err := get(f.Text)
	if problems.Merge(f.Text, err); !ok && err == nil {
		problems.Add(f.Text, "is missing; the fields say that the text is there")
	}
	m.Text = text
	if f.Unescape {
		m.Text = html.UnescapeString(text)
	}
	read(f.ID, into(&m.Ref.ID))
	read(f.Channel, into(&m.Ref.Channel))
	read(f.Lang, into(&m.Lang))
	read(f.Parent, into(&m.Parent))
	read(f.Thread, into(&m.Thread))
	read(f.Author, func(s string) error {
		m.Author.Handle = strings.TrimPrefix(strings.TrimSpace(s), "@")
		return nil
	})
	read(f.At, func(s string) (err error) {
		m.PostedAt, err = parseTime(strings.TrimSpace(s))
		return err
	})
	read(f.Followers, func(s string) (err error) {
		m.Author.Followers, err = parseCount(strings.TrimSpace(s))
		return err
	})
	read(f.Rating, func(s string) (err error) {
		if m.Rating, err = parseRating(strings.TrimSpace(s), f.Best); err == nil {
			m.Kind = mention.Review
		}
		return err
	})
	return m, problems.Err()
}

// parseCount reads a whole number that may be written as a float, as spreadsheets do.
func parseCount(s string) (int, error) {
	if x, err := strconv.ParseFloat(s, 64); err == nil && x == math.Trunc(x) && 0 <= x && x < 1<<53 {
		return int(x), nil
	}
	return 0, rowProblem("%q is not a number of people", s)
}

// parseRating reads stars. Halves become whole on twice the scale.
func parseRating(s string, best int) (mention.Rating, error) {
	if best == 0 {
		best = 5
	}
	value, scale, ok := strings.Cut(s, "/")
	if ok {
		n, err := strconv.Atoi(strings.TrimSpace(scale))
		if err != nil || n < 2 || n > maxBest {
			return mention.Rating{}, rowProblem("%q is not a rating: write it like 4 or 4/5", s)
		}
		best = n
	}
	x, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	switch {
	case err != nil || x != x:
		return mention.Rating{}, rowProblem("%q is not a rating: write it like 4 or 4/5", s)
	case x < 1 || x > float64(best):
		return mention.Rating{}, rowProblem("rating %s is not between 1 and %d; another scale is written 8/10", s, best)
	case x == math.Trunc(x):
		return mention.Rating{Value: int(x), Best: best}, nil
	case x*2 == math.Trunc(x*2):
		return mention.Rating{Value: int(x * 2), Best: best * 2}, nil
	}
	return mention.Rating{Value: int(math.Round(x * 100)), Best: best * 100}, nil
}

func rowProblem(format string, args ...any) error {
	var p spec.Problems
	p.Add("", format, args...)
	return p
}

// layouts are the forms of time that are read, besides Unix time. Where there is no zone it is UTC.
var layouts = []string{
	time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05Z07:00", time.RubyDate, "2006-01-02T15:04:05-0700",
	"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "20060102", time.RFC1123Z, time.RFC1123,
}

// parseTime reads a time in one of the layouts, or Unix seconds, milli-, micro- or nanoseconds.
func parseTime(s string) (time.Time, error) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			if y := t.UTC().Year(); y < 1 || y > 9999 {
				break
			}
			return t.UTC(), nil
		}
	}
	if t, ok := parseUnix(s); ok {
		return t, nil
	}
	return time.Time{}, rowProblem("%q is not a time: write it like 2025-02-24T11:35:52Z or 2025-02-24 11:35:52 -0800", s)
}

// parseUnix tells the unit by the number of digits, which is right from 1973 to 2286.
func parseUnix(s string) (time.Time, bool) {
	whole, fraction, dotted := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 || whole[0] == '+' {
		return time.Time{}, false
	}
	switch len(whole) {
	case 9, 10:
		milli := int64(0)
		if dotted {
			if milli, err = strconv.ParseInt((fraction + "000")[:3], 10, 64); err != nil || milli < 0 {
				return time.Time{}, false
			}
		}
		return time.UnixMilli(n*1000 + milli).UTC(), true
	case 12, 13:
		return time.UnixMilli(n).UTC(), true
	case 15, 16:
		return time.UnixMicro(n).UTC(), true
	case 18, 19:
		return time.Unix(0, n).UTC(), true
	}
	return time.Time{}, false
}
