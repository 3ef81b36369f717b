package mention

import (
	"strings"
	"time"
	"unicode/utf8"
)

// A Mention is one thing that somebody said: a post, a comment, a review or a message. It is plain data; its JSON form
// is what the readers take and the writers give. Offsets anywhere in the module are bytes into Text as stored here,
// after Canonical.
type Mention struct {
	Ref        Ref        `json:"ref"`
	Account    string     `json:"account,omitempty"`   // which of our accounts heard it; a reply leaves from there
	Addressed  Addressed  `json:"addressed,omitempty"` // to us, about us, overheard; empty when nobody has said
	Thread     string     `json:"thread,omitempty"`    // the platform's id of the conversation's root
	Parent     string     `json:"parent,omitempty"`    // the platform's id of the item this one answers
	Quoted     string     `json:"quoted,omitempty"`    // the platform's id of the item this one quotes
	Kind       Kind       `json:"kind,omitempty"`      // empty means post
	Visibility Visibility `json:"visibility,omitempty"`
	Author     Author     `json:"author"`
	Text       string     `json:"text"`
	Truncated  bool       `json:"truncated,omitempty"` // the platform gave only the beginning
	Media      []Media    `json:"media,omitempty"`
	Lang       string     `json:"lang,omitempty"` // BCP 47, as the platform says it; empty when unknown
	Rating     Rating     `json:"rating,omitzero"`
	Place      Place      `json:"place,omitzero"`
	Sponsored  bool       `json:"sponsored,omitempty"`  // the author was paid or rewarded for it, by anybody
	PostedAt   time.Time  `json:"posted_at,omitzero"`   // when the author published it, UTC, to the millisecond
	ReceivedAt time.Time  `json:"received_at,omitzero"` // when our side first had it, UTC, to the millisecond
	Audience   int        `json:"audience,omitempty"`   // people it could have reached, 0 when unknown
	Revision   int        `json:"revision,omitempty"`   // 0 as first published, then one up per edit
	Links      []string   `json:"links,omitempty"`      // absolute URLs, as the platform resolved them
}

// Kind is the form of a mention.
type Kind string

// The kinds of mention. The empty kind is a post.
const (
	Post    Kind = "post"
	Comment Kind = "comment"
	Review  Kind = "review"
	Message Kind = "message"
)

// Visibility says who can read a mention. The empty visibility is public: what is not known to be private is treated
// as if the world could read it.
type Visibility string

// The two visibilities.
const (
	Public  Visibility = "public"
	Private Visibility = "private"
)

// Addressed says whom a mention speaks to.
type Addressed string

// Whom a mention speaks to. The empty value means that nobody has decided.
const (
	ToUs      Addressed = "us"        // it speaks to one of our accounts
	AboutUs   Addressed = "about"     // it speaks about us, to everybody
	Overheard Addressed = "overheard" // it speaks to somebody else
)

// An Author is who said it, as the channel knows him.
type Author struct {
	ID        string    `json:"id,omitempty"`     // the platform's id, stable over renames
	Handle    string    `json:"handle,omitempty"` // without the @
	Name      string    `json:"name,omitempty"`
	Followers int       `json:"followers,omitempty"`
	Verified  bool      `json:"verified,omitempty"`
	Since     time.Time `json:"since,omitzero"` // when the account was made
}

// Key is what tells this author from others on his channel: the id, else the handle in lower case, else nothing.
func (a Author) Key() string {
	if a.ID != "" {
		return a.ID
	}
	if a.Handle != "" {
		return "@" + strings.ToLower(a.Handle)
	}
	return ""
}

// Media is a picture, a film or a sound that came with a mention.
type Media struct {
	Kind string `json:"kind"` // "image", "video", "audio", "file"
	URL  string `json:"url,omitempty"`
	Alt  string `json:"alt,omitempty"`  // the author's own description
	Text string `json:"text,omitempty"` // what a host's reader found written in it
}

// A Rating is the stars of a review: Value of Best, 2 of 5, or 9 of 10. The zero value is no rating.
type Rating struct {
	Value int `json:"value"`
	Best  int `json:"best"`
}

// PerMille puts ratings of different scales side by side: 0 is the lowest (one star), 1000 the best. Without a rating
// ok is false.
func (r Rating) PerMille() (n int, ok bool) {
	if r.Best < 2 || r.Value < 1 || r.Value > r.Best {
		return 0, false
	}
	return (r.Value - 1) * 1000 / (r.Best - 1), true
}

// A Place is where a mention was made or what it is about. All fields may be empty.
type Place struct {
	Name    string `json:"name,omitempty"`
	City    string `json:"city,omitempty"`
	Region  string `json:"region,omitempty"`
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Lat     int32  `json:"lat,omitempty"`     // millionths of a degree, north positive
	Lon     int32  `json:"lon,omitempty"`     // millionths of a degree, east positive
}

// IsPrivate reports whether only we and the author can read the mention.
func (m *Mention) IsPrivate() bool { return m.Visibility == Private }

// Root is the id of the conversation the mention belongs to: its thread, else what it answers, else itself.
func (m *Mention) Root() string {
	switch {
	case m.Thread != "":
		return m.Thread
	case m.Parent != "":
		return m.Parent
	}
	return m.Ref.ID
}

// Canonical returns the mention as it is stored: text fields valid UTF-8 without NUL (an invalid byte becomes U+FFFD, a
// NUL is dropped), instants UTC to the millisecond, empty kind and visibility written out. It is idempotent. Whoever
// takes mentions from outside calls it once, at the door; connectors keep the raw bytes.
func (m Mention) Canonical() Mention {
	m.Ref = Ref{Channel: Clean(m.Ref.Channel), ID: Clean(m.Ref.ID)}
	for _, s := range []*string{&m.Account, &m.Thread, &m.Parent, &m.Quoted, &m.Text, &m.Lang,
		&m.Author.ID, &m.Author.Handle, &m.Author.Name,
		&m.Place.Name, &m.Place.City, &m.Place.Region, &m.Place.Country} {
		*s = Clean(*s)
	}
	if m.Kind == "" {
		m.Kind = Post
	}
	if m.Visibility == "" {
		m.Visibility = Public
	}
	m.Media = append([]Media(nil), m.Media...)
	for i, x := range m.Media {
		m.Media[i] = Media{Kind: Clean(x.Kind), URL: Clean(x.URL), Alt: Clean(x.Alt), Text: Clean(x.Text)}
	}
	m.Links = append([]string(nil), m.Links...)
	for i, x := range m.Links {
		m.Links[i] = Clean(x)
	}
	m.PostedAt, m.ReceivedAt, m.Author.Since = Instant(m.PostedAt), Instant(m.ReceivedAt), Instant(m.Author.Since)
	return m
}

// Clean returns s as valid UTF-8 without NUL.
func Clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// Instant returns t as it is stored: UTC, to the millisecond. The zero time stays zero.
func Instant(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Millisecond)
}
