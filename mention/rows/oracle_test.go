package rows_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
)

// TestReadersAgreeWithTheStandardLibrary writes random texts with encoding/csv and encoding/json, in every dress a file
// comes in, and wants them back with the lines they stand on.
func TestReadersAgreeWithTheStandardLibrary(t *testing.T) {
	r := rand.New(rand.NewSource(17))
	for range 3000 {
		texts := make([]string, r.Intn(6))
		for i := range texts {
			texts[i] = cell(r)
		}
		crlf := r.Intn(2) == 0
		for _, form := range []string{"csv", "lines"} {
			file, line := inLines(t, texts, crlf), 0
			if form == "csv" {
				file, line = inCSV(t, texts, []rune{',', ';', '\t', '|'}[r.Intn(4)], crlf), 1 // behind the heading
			}
			plain := string(file)
			file = dressed(t, r, file)
			i := 0
			for row, err := range rows.Read(bytes.NewReader(file), rows.Fields{Text: "text"}) {
				require.NoError(t, err, "%s %q", form, plain)
				want := (mention.Mention{Text: texts[i]}).Canonical().Text
				if form == "csv" && crlf { // encoding/csv writes \r\n for every \n of a value too, and no lone \r
					want = strings.ReplaceAll(want, "\n", "\r\n")
				}
				require.Equal(t, want, row.Mention.Text, "%s %q", form, plain)
				require.Greater(t, row.Line, line, "%s %q", form, plain)
				line = row.Line
				i++
			}
			require.Equal(t, len(texts), i, "%s %q", form, plain)
		}
	}
}

var stumbles = []string{`"`, `""`, ",", ";", "\t", "|", "\n", "\n\n", " ", "語", "é", `\`, "'", "{", "text", "\u2028", "\ufeff"}

// cell makes a text of what readers stumble over. It is never blank: a blank row is no row.
func cell(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("x")
	for range r.Intn(8) {
		b.WriteString(stumbles[r.Intn(len(stumbles))])
	}
	return b.String() + "x"
}

func inCSV(t *testing.T, texts []string, comma rune, crlf bool) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma, w.UseCRLF = comma, crlf
	require.NoError(t, w.Write([]string{"id", "text", "more"}))
	for i, text := range texts {
		require.NoError(t, w.Write([]string{fmt.Sprint(i), text, ""}))
	}
	w.Flush()
	return out.Bytes()
}

func inLines(t *testing.T, texts []string, crlf bool) []byte {
	var out bytes.Buffer
	for i, text := range texts {
		b, err := json.Marshal(map[string]any{"id": i, "text": text, "more": nil})
		require.NoError(t, err)
		out.Write(b)
		if crlf {
			out.WriteByte('\r')
		}
		out.WriteByte('\n')
	}
	return out.Bytes()
}

// dressed adds a byte order mark, takes the last end of a line away, or packs the file.
func dressed(t *testing.T, r *rand.Rand, file []byte) []byte {
	if r.Intn(3) == 0 {
		file = append([]byte("\ufeff"), file...)
	}
	if r.Intn(3) == 0 {
		file = bytes.TrimRight(file, "\r\n")
	}
	if r.Intn(3) == 0 {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, err := w.Write(file)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		file = out.Bytes()
	}
	return file
}
