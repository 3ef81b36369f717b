package channeltest

import (
	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// acting is about moderation and about posts of our own.
var acting = []rule{
	{"moderate-twice", "An act done twice is done once, and both calls say that it is done.",
		[]need{moderates, posts, done}, func(t *trial) {
			act := channel.Moderation{Key: "m1", Ref: t.post("4111 1111 1111 1111"), Act: t.act(), Reason: "private-data"}
			for range 2 {
				t.ok("Moderate", t.moderate(act))
			}
			if t.d.Remembers > 0 {
				t.only("moderate")
			}
			hidden := len(of(t.maybe(), channel.Hidden)) + len(of(t.maybe(), channel.Deleted))
			t.must(hidden <= 1, "it is heard %d times that it is out of sight", hidden)
		}},
	{"moderate-reason", "An act is done to the item it names, with its reason.",
		[]need{moderates, posts, done}, func(t *trial) {
			t.post("innocent")
			ref := t.post("4111 1111 1111 1111")
			t.ok("Moderate", t.moderate(channel.Moderation{Key: "m1", Ref: ref, Act: t.act(), Reason: "private-data"}))
			got := t.only("moderate")
			t.must(got.To.ID == ref.ID, "it was done to %q, wanted %q", got.To.ID, ref.ID)
			t.must(got.Text == t.act(), "what was done is %q, wanted %q", got.Text, t.act())
			t.must(got.Reason == "private-data", "its reason is %q", got.Reason)
		}},
	{"moderate-unknown", "An act that the platform has not is ErrUnsupported, and nothing is done.",
		[]need{moderates, posts, done}, func(t *trial) {
			err := t.moderate(channel.Moderation{Key: "m1", Ref: t.post("hello"), Act: "banish", Reason: "none"})
			t.failed("an unknown act", err, channel.ErrUnsupported)
			t.must(len(t.did("moderate")) == 0, "something was done")
		}},
	{"moderate-lost", "An act whose answer is lost may have been done, and its error says so.",
		[]need{moderates, posts, breaks, done}, func(t *trial) {
			t.h.LoseAnswer("moderate")
			err := t.moderate(channel.Moderation{Key: "m1", Ref: t.post("hello"), Act: t.act(), Reason: "spam"})
			t.failed("an act whose answer is lost", err)
			t.must(channel.Classify(err) == channel.FindOut, "the advice is %q: %v", channel.Classify(err), err)
		}},
	{"publish-key-twice", "A post goes out once for each key; another body is ErrConflict.",
		[]need{publishes, takesKeys, done}, func(t *trial) {
			post := channel.Post{Key: "p1", Text: "We know."}
			one, err := t.publish(post)
			t.ok("Publish", err)
			two, err := t.publish(post)
			t.ok("Publish", err)
			t.must(one.Ref == two.Ref, "the receipts name %q and %q", one.Ref.ID, two.Ref.ID)
			post.Text = "We do not."
			_, err = t.publish(post)
			t.failed("the same key with another text", err, channel.ErrConflict)
			t.must(t.only("publish").Text == "We know.", "it says %q", t.only("publish").Text)
		}},
	{"publish-lost", "A post whose answer is lost may be out, and its error says so.",
		[]need{publishes, breaks, done}, func(t *trial) {
			t.h.LoseAnswer("publish")
			_, err := t.publish(channel.Post{Key: "p1", Text: "We know."})
			t.failed("a post whose answer is lost", err)
			t.must(channel.Classify(err) == channel.FindOut, "the advice is %q: %v", channel.Classify(err), err)
			t.only("publish")
		}},
	{"revise-in-place", "A revision changes the post where it stands, and makes no second one.",
		[]need{publishes, done}, func(t *trial) {
			r, err := t.publish(channel.Post{Key: "p1", Text: "We know."})
			t.ok("Publish", err)
			revised, err := t.revise(r.Ref, channel.Post{Key: "p2", Text: "It is mended."})
			if channel.Classify(err) == channel.GiveUp {
				t.failed("Revise", err, channel.ErrUnsupported, channel.ErrWindowClosed)
				t.skip("the platform cannot revise")
			}
			t.ok("Revise", err)
			t.must(revised.Ref == r.Ref, "it now stands at %v and not at %v", revised.Ref, r.Ref)
			t.must(t.only("revise").To.ID == r.Ref.ID, "what was revised is %q", t.only("revise").To.ID)
			t.only("publish")
		}},
	{"revise-only-ours", "What others wrote cannot be revised.",
		[]need{publishes, posts, done}, func(t *trial) {
			_, err := t.revise(t.post("mine"), channel.Post{Key: "p1", Text: "ours"})
			t.failed("Revise of what another wrote", err)
			t.must(channel.Classify(err) == channel.GiveUp, "the advice is %q: %v", channel.Classify(err), err)
			t.must(len(t.did("revise")) == 0, "it was changed")
		}},
}

// act is something that the venue can do.
func (t *trial) act() string {
	switch v := t.d.Venue; {
	case v.Hide:
		return "hide"
	case v.Delete:
		return "delete"
	case v.Report:
		return "report"
	}
	t.skip("the venue has no act")
	return ""
}

func (t *trial) moderate(act channel.Moderation) (err error) {
	t.within("Moderate", func() { _, err = t.c.(channel.Moderator).Moderate(t.ctx, act) })
	t.heed(err)
	return err
}

func (t *trial) publish(p channel.Post) (r channel.Receipt, err error) {
	t.within("Publish", func() { r, err = t.c.(channel.Publisher).Publish(t.ctx, p) })
	return r, err
}

func (t *trial) revise(ref mention.Ref, p channel.Post) (r channel.Receipt, err error) {
	t.within("Revise", func() { r, err = t.c.(channel.Publisher).Revise(t.ctx, ref, p) })
	return r, err
}
