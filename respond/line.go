package respond

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
)

// How a line is written, of which Message says what is in it.
const (
	lineTime = "20060102T150405.999"
	hashSize = 8
)

// lines are the messages, each as a line; nil where one of them has more to say than a line does.
func (c *Case) lines() []string {
	var lines []string
	for _, m := range c.Messages {
		line := c.line(m)
		if same, ok := c.parse(line); !ok || same != m {
			return nil
		}
		lines = append(lines, line)
	}
	return lines
}

// line writes a message as well as a line can: whether that is all of it, parse shows.
func (c *Case) line(m Message) string {
	b := make([]byte, 0, 96)
	b = append(b, 'c')
	if m.Ours {
		b[0] = 'o'
	}
	for _, mark := range []struct {
		is   bool
		sign byte
	}{{m.Private, 'p'}, {m.Old, 'b'}, {m.Gone, 'x'}} {
		if mark.is {
			b = append(b, mark.sign)
		}
	}
	if m.Revision != 0 {
		b = strconv.AppendInt(b, int64(m.Revision), 10)
	}
	if m.From != "" {
		from := slices.IndexFunc(c.Twins, func(t Twin) bool { return t.Case == m.From })
		b = strconv.AppendInt(append(b, '/'), int64(from+1), 10)
	}
	b = m.At.AppendFormat(append(b, ' '), lineTime)
	b = append(b, ' ')
	var hash [hashSize]byte
	if n, err := hex.Decode(hash[:], []byte(m.Hash[:min(len(m.Hash), 2*hashSize)])); err == nil && n == hashSize {
		b = base64.RawURLEncoding.AppendEncode(b, hash[:])
	} else {
		b = append(b, '-')
	}
	return string(append(append(b, ' '), m.Ref.ID...))
}

// parse reads a line of a message of the case.
func (c *Case) parse(line string) (m Message, ok bool) {
	signs, line, _ := strings.Cut(line, " ")
	at, line, _ := strings.Cut(line, " ")
	sum, id, whole := strings.Cut(line, " ")
	signs, twin, merged := strings.Cut(signs, "/")
	if !whole || !m.sign(signs) {
		return m, false
	}
	channel := c.Channel
	if merged {
		n, err := strconv.Atoi(twin)
		if err != nil || n < 1 || n > len(c.Twins) {
			return m, false
		}
		m.From, channel = c.Twins[n-1].Case, c.Twins[n-1].Channel
	}
	if id != "" {
		m.Ref = mention.Ref{Channel: channel, ID: id}
	}
	var err error
	if m.At, err = time.Parse(lineTime, at); err != nil {
		return m, false
	}
	if sum == "-" {
		return m, true
	}
	if len(sum) != base64.RawURLEncoding.EncodedLen(hashSize) {
		return m, false
	}
	var hash [hashSize]byte
	if _, err := base64.RawURLEncoding.Decode(hash[:], []byte(sum)); err != nil {
		return m, false
	}
	var digits [2 * hashSize]byte
	m.Hash = string(hex.AppendEncode(digits[:0], hash[:]))
	return m, true
}

// sign reads whose message it is, how it was said, and its revision.
func (m *Message) sign(word string) bool {
	signs := strings.TrimRight(word, "0123456789")
	if signs == "" {
		return false
	}
	if revision := word[len(signs):]; revision != "" {
		n, err := strconv.Atoi(revision)
		if err != nil {
			return false
		}
		m.Revision = n
	}
	m.Ours = signs[0] == 'o'
	if !m.Ours && signs[0] != 'c' {
		return false
	}
	for _, sign := range signs[1:] {
		switch sign {
		case 'p':
			m.Private = true
		case 'b':
			m.Old = true
		case 'x':
			m.Gone = true
		default:
			return false
		}
	}
	return true
}
