package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/respond/effect"
)

// A Pager hands messages to one mail server. Server and From are required. It makes one attempt for each page, opens a
// connection for it, and is safe for concurrent use.
type Pager struct {
	Server  string      // host:port
	From    string      // the address that pages come from
	Auth    smtp.Auth   // nil: the server wants none
	TLS     *tls.Config // nil: the server's name is verified; used whenever the server offers STARTTLS
	Address func(tenant, member string) string
	Link    func(kind, id string) string // nil: the page has no link
	Now     func() time.Time             // nil: time.Now

	Patience time.Duration // how long one page may take, beside what ctx says; 0: 30 s
}

// Tell sends one page to its Address, or, when that is empty, to what Address says of the member. A *channel.Error says
// that it was not handed in, or, with MaybeApplied, that nobody knows.
func (p Pager) Tell(ctx context.Context, tenant string, key channel.Key, t effect.Tell) error {
	return p.send(ctx, "tell", cmp.Or(t.Address, p.address(tenant, t.Member)), p.page(key, t))
}

// Approve tells one member that a draft waits for his consent. It fails as Tell does.
func (p Pager) Approve(ctx context.Context, tenant string, key channel.Key, a effect.Approve) error {
	return p.send(ctx, "approve", p.address(tenant, a.Member), p.consent(key, a))
}

func (p Pager) address(tenant, member string) string {
	if p.Address == nil {
		return ""
	}
	return p.Address(tenant, member)
}

// send hands one message in. Until the last line of it has left, nothing was.
func (p Pager) send(ctx context.Context, op, address string, m message) error {
	to, err := mail.ParseAddress(address)
	if err != nil {
		return &channel.Error{Code: channel.ErrInvalid, Op: op, Reason: "the member has no address that can be read"}
	}
	from, err := mail.ParseAddress(p.From)
	if err != nil {
		return &channel.Error{Code: channel.ErrInvalid, Op: op, Reason: "From is no address"}
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(p.Patience, 30*time.Second))
	defer cancel()
	left, err := p.handIn(ctx, from.Address, to.Address, m.bytes(from, to))
	if err == nil {
		return nil
	}
	return failure(op, left, ctx.Err(), err)
}

// handIn speaks with the server, and reports whether the whole message had left.
func (p Pager) handIn(ctx context.Context, from, to string, raw []byte) (left bool, err error) {
	host, _, err := net.SplitHostPort(p.Server)
	if err != nil {
		return false, err
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", p.Server)
	if err != nil {
		return false, err
	}
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })()
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		_ = conn.Close()
		return false, err
	}
	defer c.Close()
	if err := p.greet(c, host); err != nil {
		return false, err
	}
	if err := errors.Join(c.Mail(from), c.Rcpt(to)); err != nil {
		return false, err
	}
	w, err := c.Data()
	if err != nil {
		return false, err
	}
	if _, err := w.Write(raw); err != nil {
		return true, err
	}
	if err := w.Close(); err != nil { // the server's word on the whole message
		return true, err
	}
	_ = c.Quit() // it is handed in, whatever the server says to the farewell
	return true, nil
}

// greet encrypts, if the server can, and logs in.
func (p Pager) greet(c *smtp.Client, host string) error {
	if ok, _ := c.Extension("STARTTLS"); ok {
		config := &tls.Config{ServerName: host}
		if p.TLS != nil {
			config = p.TLS.Clone()
			config.ServerName = cmp.Or(config.ServerName, host)
		}
		if err := c.StartTLS(config); err != nil {
			return err
		}
	}
	if p.Auth == nil {
		return nil
	}
	return c.Auth(p.Auth)
}

// failure says what became of a message. What a server says it says in words that may repeat addresses: its number is
// enough.
func failure(op string, left bool, ended, err error) error {
	e := &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "the connection broke", MaybeApplied: left}
	var said *textproto.Error
	switch {
	case errors.As(err, &said):
		e.Reason, e.MaybeApplied = "the mail server refused it", false
		switch {
		case said.Code == 530 || said.Code == 535:
			e.Code = channel.ErrUnauthenticated
		case said.Code >= 500:
			e.Code = channel.ErrForbidden
		}
	case ended != nil:
		e.Reason, e.Err = "it took too long", ended
	}
	return e
}
