package desk_test

import (
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/mail"
	"github.com/reputekit/reputation/channel/webhook"
)

// The carriers of pages that are shipped.
var _ = []desk.Notifier{webhook.Pager{}, mail.Pager{}}
