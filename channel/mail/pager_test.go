package mail_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/mail"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/triage"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// office is a mail server on loopback. answers are what it says to a command, by its first word, else 250.
type office struct {
	address string
	answers map[string]string
	took    chan string // one dialogue, as the client wrote it
}

func newOffice(t testing.TB, answers map[string]string) *office {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	o := &office{address: l.Addr().String(), answers: answers, took: make(chan string, 16)}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go o.serve(conn)
		}
	}()
	return o
}

func (o *office) serve(conn net.Conn) {
	defer conn.Close()
	var took strings.Builder
	defer func() { o.took <- took.String() }()
	_, _ = io.WriteString(conn, "220 office\r\n")
	r := bufio.NewReader(conn)
	inData := false
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		took.WriteString(line)
		verb := strings.ToUpper(strings.Fields(line + " x")[0])
		if inData && line != ".\r\n" {
			continue
		}
		if inData {
			inData, verb = false, "."
		}
		answer, ok := o.answers[verb]
		switch {
		case answer == "hang up":
			return
		case ok:
		case verb == "DATA":
			answer, inData = "354 go on", true
		case verb == "QUIT":
			answer = "221 bye"
		default:
			answer = "250 ok"
		}
		_, _ = io.WriteString(conn, answer+"\r\n")
		if verb == "QUIT" {
			return
		}
	}
}

func (o *office) pager() mail.Pager {
	return mail.Pager{Server: o.address, From: "Desk <desk@fjordwing.example>", Now: func() time.Time { return noon },
		Address: func(tenant, member string) string { return member + "@" + tenant + ".example" },
		Link:    func(kind, id string) string { return "https://desk.example/" + kind + "/" + id }}
}

var page = effect.Tell{Member: "ana", Contact: "mail", Address: "ana@fjordwing.example", Subject: "case", ID: "c1",
	Category: "billing", Severity: triage.Serious, Due: noon.Add(time.Hour)}

// read takes a dialogue apart.
func read(t testing.TB, dialogue string) (to []string, m *netmail.Message, text string) {
	t.Helper()
	for line := range strings.Lines(dialogue) {
		if after, ok := strings.CutPrefix(line, "RCPT TO:"); ok {
			to = append(to, strings.TrimSpace(after))
		}
	}
	_, data, ok := strings.Cut(dialogue, "DATA\r\n")
	require.True(t, ok, dialogue)
	data, _, ok = strings.Cut(data, "\r\n.\r\n")
	require.True(t, ok, dialogue)
	m, err := netmail.ReadMessage(strings.NewReader(data + "\r\n"))
	require.NoError(t, err)
	raw, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	require.NoError(t, err)
	return to, m, string(raw)
}

func TestOnePageIsOneMessage(t *testing.T) {
	o := newOffice(t, nil)
	require.NoError(t, o.pager().Tell(t.Context(), "fjordwing", "k1", page))
	to, m, text := read(t, <-o.took)
	assert.Equal(t, []string{"<ana@fjordwing.example>"}, to)
	assert.Equal(t, "[serious] billing, until 2026-03-10 13:00 UTC", m.Header.Get("Subject"))
	assert.Equal(t, "auto-generated", m.Header.Get("Auto-Submitted"))
	assert.Equal(t, "For: ana\r\nWhat: billing\r\nHow severe: serious\r\nUntil: Tue, 10 Mar 2026 13:00:00 UTC\r\ncase: c1\r\n"+
		"Look: https://desk.example/case/c1\r\n", text)
	id := m.Header.Get("Message-ID")
	require.NoError(t, o.pager().Tell(t.Context(), "fjordwing", "k1", page))
	_, m, _ = read(t, <-o.took)
	assert.Equal(t, id, m.Header.Get("Message-ID"), "a page that comes again is the same message")
	require.NoError(t, o.pager().Approve(t.Context(), "fjordwing", "k2", effect.Approve{Member: "ben", Draft: "d1", Subject: "case",
		ID: "c1"}))
	to, m, text = read(t, <-o.took)
	assert.Equal(t, []string{"<ben@fjordwing.example>"}, to, "where nobody names an address, the host does")
	assert.NotEqual(t, id, m.Header.Get("Message-ID"))
	assert.Contains(t, text, "Draft: d1\r\n")
}

func TestFailures(t *testing.T) {
	for _, row := range []struct {
		reason  string
		answers map[string]string
		code    channel.Code
		advice  channel.Advice
	}{
		{"it takes nothing from us", map[string]string{"MAIL": "550 go away hunter2"}, channel.ErrForbidden, channel.GiveUp},
		{"it wants a login", map[string]string{"MAIL": "530 who are you"}, channel.ErrUnauthenticated, channel.LogIn},
		{"it knows nobody of that name", map[string]string{"RCPT": "550 no hunter2 here"}, channel.ErrForbidden, channel.GiveUp},
		{"later", map[string]string{"RCPT": "451 later"}, channel.ErrUnavailable, channel.Retry},
		{"it refuses the message", map[string]string{".": "554 spam"}, channel.ErrForbidden, channel.GiveUp},
		{"it hangs up before the message", map[string]string{"DATA": "hang up"}, channel.ErrUnavailable, channel.Retry},
		{"it hangs up after the message: who knows", map[string]string{".": "hang up"}, channel.ErrUnavailable, channel.FindOut},
		{"it does not say goodbye: it has the message", map[string]string{"QUIT": "hang up"}, "", ""},
	} {
		o := newOffice(t, row.answers)
		err := o.pager().Tell(t.Context(), "fjordwing", "k", page)
		assert.Equal(t, row.advice, channel.Classify(err), "%s: %v", row.reason, err)
		if row.code != "" {
			require.ErrorIs(t, err, row.code, row.reason)
			assert.NotContains(t, err.Error(), "hunter2", row.reason)
		}
	}
	o := newOffice(t, nil)
	p := o.pager()
	for _, address := range []string{"", "nobody", "a@b.example\r\nRCPT TO:<c@d.example>", "a@b.example, c@d.example"} {
		bad := page
		bad.Address = address
		p.Address = nil
		require.ErrorIs(t, p.Tell(t.Context(), "", "k", bad), channel.ErrInvalid, address)
	}
	p.Server = "127.0.0.1:1"
	require.ErrorIs(t, p.Tell(t.Context(), "", "k", page), channel.ErrUnavailable)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, o.pager().Tell(ctx, "", "k", page), context.Canceled)
}

func TestAServerThatHangs(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // it takes the connection, and says nothing
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	p := mail.Pager{Server: l.Addr().String(), From: "desk@fjordwing.example", Patience: 20 * time.Millisecond}
	err = p.Tell(t.Context(), "", "k", page)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.Equal(t, channel.Retry, channel.Classify(err))
}

func FuzzNothingInAPageIsAHeader(f *testing.F) {
	f.Add("ana", "billing", "c1")
	f.Add("ana\r\nBcc: eva@elsewhere.example", "x\r\n.\r\nMAIL FROM:<a@b>\r\n", "\r\n\r\n.\r\n")
	f.Add("\u2028\u0085\x00", "=?utf-8?q?=0D=0ABcc:_x?=", ".")
	f.Add("\xff", strings.Repeat("long ", 300), "")
	o := newOffice(f, nil)
	p := o.pager()
	p.Link = nil
	f.Fuzz(func(t *testing.T, member, category, id string) {
		bad := page
		bad.Member, bad.Category, bad.ID = member, category, id
		if err := p.Tell(t.Context(), "fjordwing", channel.Key(id), bad); err != nil {
			t.Fatal(err)
		}
		to, m, text := read(t, <-o.took)
		if len(to) != 1 || len(m.Header) != 9 {
			t.Fatalf("%d recipients and %d headers: %v", len(to), len(m.Header), m.Header)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || strings.ContainsAny(subject, "\r\n") {
			t.Fatalf("the subject %q: %v", subject, err)
		}
		if n := strings.Count(text, "\r\n"); n != 5 {
			t.Fatalf("%d lines: %q", n, text)
		}
	})
}

// A page to one member.
func Example() {
	o := newOffice(&testing.T{}, nil)
	if err := o.pager().Tell(context.Background(), "fjordwing", "k1", page); err != nil {
		fmt.Println(err)
		return
	}
	_, m, _ := read(&testing.T{}, <-o.took)
	fmt.Println(m.Header.Get("To"))
	fmt.Println(m.Header.Get("Subject"))
	// Output:
	// <ana@fjordwing.example>
	// [serious] billing, until 2026-03-10 13:00 UTC
}
