package mail

import (
	"bytes"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
)

// message is one page as it is written.
type message struct {
	id      string
	at      time.Time
	subject string
	lines   []string
}

func (p Pager) page(key channel.Key, t effect.Tell) message {
	m := p.begin(key)
	m.subject = fmt.Sprintf("[%s] %s", t.Severity, t.Category)
	if t.Relief {
		m.subject = fmt.Sprintf("[done] %s: nothing more to do", t.Category)
	}
	m.lines = append(m.lines, "For: "+t.Member, "What: "+t.Category, "How severe: "+fmt.Sprint(t.Severity))
	if !t.Due.IsZero() {
		m.subject += ", until " + t.Due.UTC().Format("2006-01-02 15:04 MST")
		m.lines = append(m.lines, "Until: "+t.Due.UTC().Format(time.RFC1123))
	}
	m.lines = append(m.lines, p.where(t.Subject, t.ID)...)
	return m
}

func (p Pager) consent(key channel.Key, a effect.Approve) message {
	m := p.begin(key)
	m.subject = "A draft waits for your consent"
	m.lines = append([]string{"For: " + a.Member, "Draft: " + a.Draft}, p.where(a.Subject, a.ID)...)
	return m
}

func (p Pager) begin(key channel.Key) message {
	now := time.Now
	if p.Now != nil {
		now = p.Now
	}
	return message{id: mention.Key("mail", string(key)), at: now()}
}

func (p Pager) where(kind, id string) []string {
	lines := []string{kind + ": " + id}
	if p.Link != nil {
		lines = append(lines, "Look: "+p.Link(kind, id))
	}
	return lines
}

// bytes is the message as it goes out: headers of one line each, and a text in which no line can begin anything. The
// Message-ID is the same when the page comes again, so that a reader's program can tell.
func (m message) bytes(from, to *mail.Address) []byte {
	_, domain, _ := strings.Cut(from.Address, "@")
	var b bytes.Buffer
	for _, h := range [][2]string{
		{"From", from.String()},
		{"To", to.String()},
		{"Subject", mime.QEncoding.Encode("utf-8", plain(m.subject))},
		{"Date", m.at.UTC().Format(time.RFC1123Z)},
		{"Message-ID", "<" + m.id + "@" + domain + ">"},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		b.WriteString(h[0] + ": " + oneLine(h[1]) + "\r\n")
	}
	b.WriteString("\r\n")
	w := quotedprintable.NewWriter(&b)
	for _, line := range m.lines {
		_, _ = w.Write([]byte(oneLine(line) + "\r\n")) // a buffer takes whatever it is given
	}
	_ = w.Close()
	return b.Bytes()
}

// plain is a line that no reader's program decodes to something else, and no server finds too long.
func plain(s string) string {
	r := []rune(strings.ReplaceAll(oneLine(s), "=?", "= ?"))
	return string(r[:min(len(r), 200)])
}

// oneLine keeps a text on its line.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || r == '\u0085' {
			return ' '
		}
		return r
	}, mention.Clean(s))
}
