package webhook

import (
	"context"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/respond/effect"
)

// A Pager posts pages to a service that calls, texts or chats. It is a Notifier for package desk, written as a literal:
//
//	webhook.Pager{To: webhook.Remote{URL: url, Secrets: secrets}, Link: func(kind, id string) string { ... }}
//
// A page says who, how, what kind of case, how severe, until when and where to look. It carries no customer's words.
type Pager struct {
	To   Remote
	Link func(kind, id string) string // where a person finds the case or the incident; nil: nowhere
}

// page is the data of page.tell and page.approve.
type page[T any] struct {
	Tenant string `json:"tenant,omitempty"`
	Link   string `json:"link,omitempty"`
	Page   T      `json:"page"`
}

func (p Pager) link(kind, id string) string {
	if p.Link == nil {
		return ""
	}
	return p.Link(kind, id)
}

// Tell pages one member. A *channel.Error says that he was not reached, or, with MaybeApplied, that nobody knows. The
// webhook-id is the key, so that a service can tell a page that comes twice.
func (p Pager) Tell(ctx context.Context, tenant string, key channel.Key, t effect.Tell) error {
	return p.To.post(ctx, "tell", "page.tell", key, page[effect.Tell]{tenant, p.link(t.Subject, t.ID), t}, nil)
}

// Approve tells one member that a draft waits for his consent. It fails as Tell does.
func (p Pager) Approve(ctx context.Context, tenant string, key channel.Key, a effect.Approve) error {
	return p.To.post(ctx, "approve", "page.approve", key, page[effect.Approve]{tenant, p.link(a.Subject, a.ID), a}, nil)
}
