package rows_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
)

// show writes what a reader yields, one row a line.
func show(r io.Reader, fields string, t *testing.T) string {
	t.Helper()
	f, err := rows.ParseFields(fields)
	require.NoError(t, err)
	var out []string
	for row, err := range rows.Read(r, f) {
		if err != nil {
			before, _, _ := strings.Cut(err.Error(), "JSON: ") // what encoding/json says is its own affair
			out = append(out, "! "+before)
			continue
		}
		m := row.Mention
		s := fmt.Sprintf("%d %s %q", row.Line, m.Ref, m.Text)
		if m.Author.Handle != "" {
			s += " @" + m.Author.Handle
		}
		if m.Author.Followers != 0 {
			s += fmt.Sprintf(" +%d", m.Author.Followers)
		}
		if !m.PostedAt.IsZero() {
			s += " " + m.PostedAt.Format(time.RFC3339Nano)
		}
		if m.Rating != (mention.Rating{}) {
			s += fmt.Sprintf(" %d/%d", m.Rating.Value, m.Rating.Best)
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

var files = []struct {
	in, fields, want string
	reason           string
}{
	{`{"text":"a","id":570306133677760513,"user":"@Jo","created":"2015-02-24 11:35:52 -0800"}
{"text":"b","id":"x"}`, "id=id,author=user,at=created",
		"1 file/570306133677760513 \"a\" @Jo 2015-02-24T19:35:52Z\n2 file/x \"b\"", "JSON Lines with names of their own"},
	{"{\"text\":\"a\"}\r\n\r\n{\"text\":\"b\"}\r\n", "", "1 file/line-1 \"a\"\n3 file/line-3 \"b\"", "CRLF, a blank line, no ids"},
	{"\ufeff{\"text\":\"a\"}", "", `1 file/line-1 "a"`, "a byte order mark"},
	{`{"ref":{"channel":"chirp","id":"7"},"author":{"handle":"jo"},"text":"a"}`, "", `1 chirp/7 "a" @jo`, "our own form"},
	{"[{\"text\":\"a\"},\n {\"text\":\"b]\\\"}\"}\n,{\"text\":3},\n17, {\"text\":\"c\"}]", "text=text",
		"1 file/line-1 \"a\"\n2 file/line-2 \"b]\\\"}\"\n3 file/line-3 \"3\"\n! line 4: a JSON number does not fit here\n4 file/line-4 \"c\"", "a JSON array"},
	{"{\n \"text\": \"a\"\n}\n{\n \"text\": \"b\"\n}", "", "1 file/line-1 \"a\"\n4 file/line-4 \"b\"", "objects over several lines"},
	{"[{\"text\":\"a\"},{\"text\":", "", "1 file/line-1 \"a\"\n! line 1: the value that begins here has no end\n" +
		"! reading stopped at line 1: unexpected EOF", "an array cut short"},
	{"[{\"text\":\"a\"},\n{\"text\":\"b\"}\n", "", "1 file/line-1 \"a\"\n2 file/line-2 \"b\"\n! reading stopped at line 3: unexpected EOF",
		"an array cut between two rows"},
	{`{"text":"a","user":{"name":"jo","followers":12.0},"user.x":1}`, "author=user.name,followers=user.followers,id=user.x",
		`1 file/1 "a" @jo +12`, "members of members"},
	{`{"text":"a"}
{"text":
nonsense
{"text":["x"]}
{"body":"b"}
{"text":"c"}`, "text=text", `1 file/line-1 "a"
! line 2: this is not 
! line 3: this is not 
! line 4: text: want a text or a number, found ["x"]...
! line 5: text: is missing; the fields say that the text is there
6 file/line-6 "c"`, "bad rows don't stop the rest"},
	{`{"body":"b"}
{"text":5}`, "", `! line 1: the row has no ref, no text, no rating and no media; if they have other names, say which
! line 2: text: a JSON number does not fit here`, "rows that are no mentions of ours"},
	{`{"text":"a","at":"yesterday","stars":"9","n":"many"}`, "at=at,rating=stars,followers=n",
		`! line 1: at: "yesterday" is not a time: write it like 2025-02-24T11:35:52Z or 2025-02-24 11:35:52 -0800
n: "many" is not a number of people
stars: rating 9 is not between 1 and 5; another scale is written 8/10`, "all that is wrong with a row at once; the value is named"},
	{`{"text":"fish &amp; chips &lt;3"}`, "text=text,unescape", `1 file/line-1 "fish & chips <3"`, "entities where they are said to be"},
	{`{"text":"fish &amp; chips"}`, "text=text", `1 file/line-1 "fish &amp; chips"`, "and not elsewhere"},
	{"{\"text\":\"a\xffb\\u0000c\"}", "", `1 file/line-1 "a` + "\ufffd" + `bc"`, "canonical text"},

	{"id,text,user\n1,hello,@jo\n2,\"a, \"\"b\"\"\nc\",al\n", "id=id,author=user",
		"2 file/1 \"hello\" @jo\n3 file/2 \"a, \\\"b\\\"\\nc\" @al",
		"CSV: quotes, commas and line breaks"},
	{"ID;Text\r\n1;x, y\r\n\r\n2;z", "id=id", "2 file/1 \"x, y\"\n4 file/2 \"z\"", "semicolons, CRLF, a blank line, case of the heading"},
	{"text\tat\nhello\t1424806552\nbye\t1424806552123", "at=at",
		"2 file/line-2 \"hello\" 2015-02-24T19:35:52Z\n3 file/line-3 \"bye\" 2015-02-24T19:35:52.123Z",
		"tabs and Unix time"},
	{"text,author,rating\nhi,jo,4.5\nho,al", "", "2 file/line-2 \"hi\" @jo 9/10\n3 file/line-3 \"ho\" @al", "our own names, a short row"},
	{"text,id\na,1,,\nb,2,x\n\"c\"d,3\ne,4", "id=id", `2 file/1 "a"
! line 3: the row has 3 values, the heading names 2 columns
! line 4: something stands between a closing quote and the next separator
5 file/4 "e"`, "rows that are wrong"},
	{"text,id\n\"a,1\nb,2\nc,3\n", "id=id", "! line 2: the value that begins here has no end\n3 file/2 \"b\"\n4 file/3 \"c\"",
		"a quote without an end costs its row"},
	{"body,id\na,1", "id=id", `! line 1: there is no column "text"; the columns are body, id`, "a heading without the text"},
	{"text,id\na,1", "author=user", `! line 1: there is no column "user"; the columns are text, id`,
		"a name that is not there is a mistake of the mapping"},
	{"a\x1b[2J,b" + strings.Repeat("b", 50) + strings.Repeat(",c", 30) + "\n1", "",
		`! line 1: there is no column "text"; the columns are a�[2J, ` +
			"b" + strings.Repeat("b", 39) + "..." + strings.Repeat(", c", 18) +
			", and 12 more", "a heading that no person would read whole"},
	{"text,user,Text\na,b,c", "author=user", `! line 1: the column "text" stands there twice`, "nobody can tell which is meant"},
	{"x,text,x,,\n1,a,2,3,4\n", "", "2 file/line-2 \"a\"", "but others may stand twice"},
	{"text\nhello\n", "", "2 file/line-2 \"hello\"", "one column"},
	{"", "", "", "an empty file"},
	{"\n\n", "", "", "a blank file"},
	{"text,id\n", "", "", "a heading alone"},
}

func TestRead(t *testing.T) {
	for _, c := range files {
		got := show(strings.NewReader(c.in), c.fields, t)
		assert.Equal(t, c.want, got, c.reason)
		assert.Equal(t, c.want, show(iotest.OneByteReader(strings.NewReader(c.in)), c.fields, t), "%s, byte by byte", c.reason)
	}
}

func TestReadPacked(t *testing.T) {
	in := "{\"text\":\"a\"}\n{\"text\":\"b\"}\n"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(in))
	require.NoError(t, z.Close())
	want := "1 file/line-1 \"a\"\n2 file/line-2 \"b\""
	assert.Equal(t, want, show(bytes.NewReader(packed.Bytes()), "", t))

	cut := packed.Bytes()[:packed.Len()-10]
	assert.Contains(t, show(bytes.NewReader(cut), "", t), "reading stopped at line", "a damaged file says where")
	assert.Contains(t, show(strings.NewReader("\x1f\x8bxx"), "", t), "begins like gzip")

	var wide []byte
	for _, c := range "\ufefftext,id\nhé,1" {
		wide = append(wide, byte(c), byte(c>>8))
	}
	assert.Equal(t, `2 file/1 "hé"`, show(bytes.NewReader(wide), "id=id", t), "UTF-16 as spreadsheets write it")
}

func TestReadLongRows(t *testing.T) {
	long := strings.Repeat("x", 10<<20)
	for _, c := range []struct{ in, fields, reason string }{
		{"{\"text\":\"a\"}\n{\"text\":\"" + long + "\"}\n{\"text\":\"b\"}", "", "JSON Lines"},
		{"[{\"text\":\"a\"},\n{\"text\":\"" + long + "\"},\n{\"text\":\"b\"}]", "", "an array"},
		{"text,id\na,1\n" + long + ",2\nb,3", "", "CSV"},
	} {
		var texts []string
		var long int
		for row, err := range rows.Read(strings.NewReader(c.in), rows.Fields{}) {
			if err != nil {
				require.ErrorIs(t, err, rows.ErrRowTooLong, c.reason)
				var at *rows.RowError
				require.ErrorAs(t, err, &at)
				long = at.Line
				continue
			}
			texts = append(texts, row.Mention.Text)
		}
		assert.Equal(t, []string{"a", "b"}, texts, "%s: the rows around it are read", c.reason)
		assert.Positive(t, long, c.reason)
	}
}

// TestReadEndlessQuotes has a quote without an end on every line; each costs its row and the file is read in one go.
func TestReadEndlessQuotes(t *testing.T) {
	in := "text,id\n" + strings.Repeat("\"a,1\n", 20_000)
	n := 0
	for _, err := range rows.ReadCSV(strings.NewReader(in), rows.Fields{}) {
		require.Error(t, err)
		n++
	}
	assert.Positive(t, n)
}

func TestReadStops(t *testing.T) {
	in := strings.Repeat("{\"text\":\"a\"}\n", 10)
	for _, in := range []string{in, "[" + strings.ReplaceAll(strings.TrimSpace(in), "\n", ",") + "]",
		"text\n" + strings.Repeat("a\n", 10)} {
		n := 0
		for range rows.Read(strings.NewReader(in), rows.Fields{}) {
			if n++; n == 3 {
				break
			}
		}
		assert.Equal(t, 3, n)
	}
}

func TestReadFailure(t *testing.T) {
	broken := errors.New("the disk is gone")
	in := io.MultiReader(strings.NewReader("{\"text\":\"a\"}\n"), iotest.ErrReader(broken))
	var last error
	n := 0
	for _, err := range rows.Read(in, rows.Fields{}) {
		n, last = n+1, err
	}
	assert.Equal(t, 2, n)
	require.ErrorIs(t, last, broken)
	var row *rows.RowError
	assert.False(t, errors.As(last, &row), "it is about the file, not a row")
}

func TestTimes(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"2025-02-24T11:35:52Z", "2025-02-24T11:35:52Z", "RFC 3339"},
		{"2025-02-24T11:35:52.1239+01:00", "2025-02-24T10:35:52.123Z", "with a fraction and a zone, to the millisecond"},
		{"2015-02-24 11:35:52 -0800", "2015-02-24T19:35:52Z", "with spaces"},
		{"Tue Oct 31 22:10:47 +0000 2017", "2017-10-31T22:10:47Z", "as some platforms write"},
		{"2015-02-24 11:35:52", "2015-02-24T11:35:52Z", "no zone is UTC"},
		{"2015-02-24", "2015-02-24T00:00:00Z", "a day"},
		{"20150224", "2015-02-24T00:00:00Z", "a day, not a number of seconds"},
		{"1424806552", "2015-02-24T19:35:52Z", "seconds"},
		{"1424806552.5", "2015-02-24T19:35:52.5Z", "seconds and a half"},
		{"1424806552123", "2015-02-24T19:35:52.123Z", "milliseconds"},
		{"1424806552123456", "2015-02-24T19:35:52.123Z", "microseconds"},
		{"1424806552123456789", "2015-02-24T19:35:52.123Z", "nanoseconds"},
		{"12", "", "too small to mean anything"},
		{"-1424806552", "", "before anybody posted"},
		{"1424806552.x", "", "no fraction"},
		{"24/02/2015", "", "day or month first?"},
		{"2015-02-30", "", "no such day"},
		{"soon", "", "a word"},
	} {
		got := show(strings.NewReader(`{"text":"a","at":"`+c.in+`"}`), "at=at", t)
		if c.want == "" {
			assert.Contains(t, got, `at: "`+c.in+`" is not a time`, c.reason)
			continue
		}
		assert.Equal(t, `1 file/line-1 "a" `+c.want, got, c.reason)
	}
}

func TestRatings(t *testing.T) {
	for _, c := range []struct{ in, fields, want, reason string }{
		{"4", "rating=r", "4/5", "stars of five"},
		{"4", "rating=r/10", "4/10", "of the scale said"},
		{"8/10", "rating=r", "8/10", "with its scale"},
		{"4.0", "rating=r", "4/5", "a whole number as a float"},
		{"3.5", "rating=r", "7/10", "a half"},
		{"4.3", "rating=r", "430/500", "an average"},
		{"8", "rating=r", "not between 1 and 5", "beyond the scale"},
		{"0", "rating=r", "not between 1 and 5", "no star at all"},
		{"good", "rating=r", "is not a rating", "a word"},
		{"4/x", "rating=r", "is not a rating", "no scale"},
		{"NaN", "rating=r", "is not a rating", "no number"},
	} {
		assert.Contains(t, show(strings.NewReader(`{"text":"a","r":"`+c.in+`"}`), c.fields, t), c.want, c.reason)
	}
}

func TestParseFields(t *testing.T) {
	f, err := rows.ParseFields(" text=body, id = post_id ,rating=stars/10,unescape")
	require.NoError(t, err)
	assert.Equal(t, rows.Fields{Text: "body", ID: "post_id", Rating: "stars", Best: 10, Unescape: true}, f)
	f, err = rows.ParseFields("")
	require.NoError(t, err)
	assert.Equal(t, rows.Fields{}, f)
	_, err = rows.ParseFields("txt=body,id=,id=a,id=b,rating=x/1")
	require.Error(t, err)
	assert.Equal(t, strings.TrimSpace(`
txt: is not one of text, id, author, at, channel, lang, rating, followers, parent, thread or unescape
id: says no name: write it like id=their_name
id: stands here a second time
rating: "1" is no scale: write it like rating=stars/10`), err.Error())
}

var full = mention.Mention{
	Ref: mention.Ref{Channel: "chirp", ID: "7"}, Account: "acme", Addressed: mention.ToUs, Thread: "5", Parent: "6", Quoted: "4",
	Kind: mention.Comment, Visibility: mention.Private, Author: mention.Author{ID: "1", Handle: "jo", Name: "Jo <3", Followers: 10,
		Verified: true, Since: time.Date(2010, 1, 2, 3, 4, 5, 6e6, time.UTC)},
	Text: "a <b> & \"c\"\n\u2028é🙂", Truncated: true, Media: []mention.Media{{Kind: "image",
		URL: "https://x.example/y", Alt: "z", Text: "w"}},
	Lang: "en", Rating: mention.Rating{Value: 2, Best: 5}, Place: mention.Place{Name: "n", City: "c", Region: "r",
		Country: "DE", Lat: 1, Lon: -2},
	Sponsored: true, PostedAt: time.Date(2025, 1, 2, 3, 4, 5, 678e6, time.UTC), ReceivedAt: time.Date(2025, 1, 2, 3, 4, 6, 0, time.UTC),
	Audience: 5, Revision: 2, Links: []string{"https://acme.example"},
}

func TestJSONOfAMention(t *testing.T) {
	b, err := json.Marshal(full)
	require.NoError(t, err)
	var back mention.Mention
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, full, back)
	b, err = json.Marshal(mention.Mention{})
	require.NoError(t, err)
	assert.Equal(t, `{"ref":{"channel":"","id":""},"author":{},"text":""}`, string(b), "what is not known is absent")
}

func TestWriteLinesRoundTrip(t *testing.T) {
	want := []mention.Mention{full, (mention.Mention{Ref: mention.Ref{Channel: "a", ID: "b"}, Text: "x"}).Canonical()}
	var out bytes.Buffer
	require.NoError(t, rows.WriteLines(&out, slices.Values(want)))
	assert.Equal(t, 2, strings.Count(out.String(), "\n"))
	var got []mention.Mention
	for row, err := range rows.ReadLines(&out, rows.Fields{}) {
		require.NoError(t, err)
		got = append(got, row.Mention)
	}
	assert.Equal(t, want, got)
}

func TestWriteLinesFailure(t *testing.T) {
	broken := errors.New("full")
	r, w := io.Pipe()
	_ = r.CloseWithError(broken)
	assert.ErrorIs(t, rows.WriteLines(w, slices.Values([]mention.Mention{full})), broken)
}

func FuzzRead(f *testing.F) {
	for _, c := range files {
		f.Add([]byte(c.in), c.fields)
	}
	f.Fuzz(func(t *testing.T, data []byte, names string) {
		fields, err := rows.ParseFields(names)
		if err != nil {
			return
		}
		for _, read := range []func(io.Reader, rows.Fields) func(func(rows.Row, error) bool){
			func(r io.Reader, f rows.Fields) func(func(rows.Row, error) bool) { return rows.Read(r, f) },
			func(r io.Reader, f rows.Fields) func(func(rows.Row, error) bool) {
				return rows.ReadLines(r, f)
			},
			func(r io.Reader, f rows.Fields) func(func(rows.Row, error) bool) { return rows.ReadCSV(r, f) },
		} {
			var kept []mention.Mention
			for row, err := range read(bytes.NewReader(data), fields) {
				if err == nil {
					require.Equal(t, row.Mention, row.Mention.Canonical(), "what is read is canonical")
					require.NotEmpty(t, row.Mention.Ref.ID)
					require.Positive(t, row.Line)
					kept = append(kept, row.Mention)
				}
			}
			var out bytes.Buffer
			require.NoError(t, rows.WriteLines(&out, slices.Values(kept)))
			i := 0
			for row, err := range rows.ReadLines(&out, rows.Fields{}) {
				require.NoError(t, err)
				require.Equal(t, kept[i], row.Mention)
				i++
			}
			require.Equal(t, len(kept), i)
		}
	})
}
