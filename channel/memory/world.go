package memory

import (
	"strconv"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// Post is somebody saying something. An empty Ref.ID gets the platform's next one, an empty PostedAt the world's now. It
// returns the reference. A reference that exists is not posted again.
func (c *Channel) Post(m mention.Mention) mention.Ref {
	defer c.lock()()
	return c.post(m)
}

func (c *Channel) post(m mention.Mention) mention.Ref {
	if m.Ref.ID == "" {
		m.Ref = c.ref()
	}
	m.Ref.Channel = c.venue().Channel
	if c.posts[m.Ref] != nil {
		return m.Ref
	}
	if m.PostedAt.IsZero() {
		m.PostedAt = c.clock()
	}
	c.posts[m.Ref] = &post{mention: m, before: m}
	c.hear(channel.Created, m, "")
	return m.Ref
}

// Message is somebody writing to us in private: a Post that only we can read.
func (c *Channel) Message(m mention.Mention) mention.Ref {
	defer c.lock()()
	m.Kind, m.Visibility = mention.Message, mention.Private
	return c.post(m)
}

// Reply is somebody answering an item, a reply of ours for instance: a Post in the same conversation. A reply to a
// private message is private. Of a Ref that does not exist it is a post by itself.
func (c *Channel) Reply(to mention.Ref, m mention.Mention) mention.Ref {
	defer c.lock()()
	c.inThread(to, &m)
	return c.post(m)
}

// inThread fills in what an answer has from what it answers.
func (c *Channel) inThread(to mention.Ref, m *mention.Mention) {
	p := c.posts[to]
	if p == nil {
		return
	}
	m.Parent, m.Thread = to.ID, p.mention.Root()
	if m.Account == "" {
		m.Account = p.mention.Account
	}
	if m.Kind == "" {
		m.Kind = mention.Comment
		if p.mention.IsPrivate() {
			m.Kind = mention.Message
		}
	}
	if m.Visibility == "" {
		m.Visibility = p.mention.Visibility
	}
}

// Edit is an author changing his words: a new revision, with a number if the platform counts them. It reports whether the
// item was there.
func (c *Channel) Edit(ref mention.Ref, text string) bool {
	defer c.lock()()
	p := c.posts[ref]
	if p == nil || p.gone {
		return false
	}
	p.before = p.mention
	p.mention.Text = text
	if c.can("revisions") {
		p.mention.Revision++
	}
	c.hear(channel.Edited, p.mention, "")
	return true
}

// Delete is an author, or the platform, taking an item away. It reports whether it was there.
func (c *Channel) Delete(ref mention.Ref) bool {
	defer c.lock()()
	return c.remove(ref)
}

func (c *Channel) remove(ref mention.Ref) bool {
	p := c.posts[ref]
	if p == nil || p.gone {
		return false
	}
	p.gone = true
	c.hear(channel.Deleted, p.mention, "")
	return true
}

// Hide is the platform taking an item out of sight. It reports whether it was in sight.
func (c *Channel) Hide(ref mention.Ref) bool {
	defer c.lock()()
	return c.hide(ref)
}

func (c *Channel) hide(ref mention.Ref) bool {
	p := c.posts[ref]
	if p == nil || p.gone || p.hidden {
		return false
	}
	p.hidden = true
	c.hear(channel.Hidden, p.mention, "")
	return true
}

// Elsewhere is a colleague answering an item in the platform's own app: the house hears an echo without a key.
func (c *Channel) Elsewhere(to mention.Ref, by, text string) mention.Ref {
	defer c.lock()()
	m := mention.Mention{Ref: c.ref(), Author: mention.Author{Handle: by}, Text: text, PostedAt: c.clock()}
	c.inThread(to, &m)
	c.posts[m.Ref] = &post{mention: m, before: m, ours: true}
	c.hear(channel.Echo, m, "")
	return m.Ref
}

// Garble is the platform bringing something that cannot be read.
func (c *Channel) Garble(raw []byte) {
	defer c.lock()()
	c.news = append(c.news, channel.Item{ID: "garbled/" + strconv.Itoa(len(c.news)), Kind: channel.Undecodable, Raw: raw,
		Reason: "not JSON"})
}

// Look returns an item as it stands in the world, and whether it is there and in sight.
func (c *Channel) Look(ref mention.Ref) (m mention.Mention, there bool) {
	defer c.lock()()
	p := c.posts[ref]
	if p == nil || p.gone {
		return mention.Mention{}, false
	}
	return p.mention, !p.hidden
}
