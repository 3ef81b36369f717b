// Package webhook speaks Standard Webhooks (https://www.standardwebhooks.com), version 1, in both directions.
//
// A house that is told by a platform, or by a bridge of its own to one, does this:
//
//	secret, err := webhook.ParseSecret(os.Getenv("WEBHOOK_SECRET")) // 1. "whsec_..."; two of them while they are rotated
//	w, err := webhook.New(webhook.Options{Venue: venue, Secrets: []webhook.Secret{secret}, To: webhook.Remote{URL: url}})
//	c, err := channel.New(w, channel.Options{})                      // 2. a channel like any other
//	keep := func(ctx context.Context, item channel.Item) error {     // 3. returns when the item is stored
//		return d.Handle(ctx, tenant, item)
//	}
//	http.Handle("POST /hook", webhook.Handler(c, keep, webhook.HandlerOptions{})) // 4. 2xx only after that
//
// Handler serves any connector that is a channel.Receiver. Connector is one whose platform speaks the events below. Pager
// carries pages to people: it is a Notifier for package desk.
//
// # What is spoken
//
// Every request is a POST of {"type": ..., "timestamp": ..., "data": ...} with the headers webhook-id, webhook-timestamp
// (Unix seconds) and webhook-signature: "v1," and the base64 of HMAC-SHA256 over id.timestamp.body, one for each secret,
// with a space between them. It is good for five minutes.
//
//	in   items.heard     data: {"items": [channel.Item, ...]}
//	out  reply.send      data: Reply             answer: {"id": the reply's id, "at": RFC 3339}, or nothing
//	     post.publish    data: Reply without to  answer: the same
//	     post.revise     data: Reply, to is ours answer: the same
//	     item.moderate   data: Act               answer: nothing
//	     page.tell       data: a page            answer: nothing
//	     page.approve    data: a page            answer: nothing
//
// An item without an id gets one from the delivery's and its place in it, the same when it comes again. The webhook-id of a
// write is its key, and so is its Idempotency-Key. What a status means stands in package channel/wire; a redirect is
// not followed.
//
// # What to watch
//
// Where the URL of a Remote can be chosen by others, give its Client a Transport that refuses to dial private addresses:
// this package connects to wherever the URL says. Give the Client a Timeout of 15 to 30 seconds. A secret belongs in
// Secrets and not in the URL, which is printed as it stands. No Secret appears in an error, in a print or in JSON.
package webhook
