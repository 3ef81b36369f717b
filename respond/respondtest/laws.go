package respondtest

import "github.com/reputekit/reputation/respond"

// Laws holds rules to the laws of the design over so many random stories, and fails with the first that breaks one, made
// as short as it gets: it can be pasted into a file of stories.
func Laws(t testingT, r *respond.Rules, stories int) {
	t.Helper()
	laws(t, r, stories, func(story string) error {
		p := newPlayer(r)
		p.quick = true
		_, err := play(p, story)
		return err
	})
}

func laws(t testingT, r *respond.Rules, stories int, play func(story string) error) {
	t.Helper()
	for seed := range stories {
		story := Random(r, uint64(seed))
		law := broken(play(story))
		if law == "" {
			continue
		}
		short := Shrink(story, func(s string) bool { return broken(play(s)) == law })
		t.Fatalf("story %d of %d breaks a law\n%s\n%s", seed, stories, play(short), short)
	}
}

// testingT is what Laws needs of a *testing.T.
type testingT interface {
	Helper()
	Fatalf(format string, args ...any)
}

// broken is the law that an error of Play says is broken; empty when it is none.
func broken(err error) string {
	for _, e := range unjoined(err) {
		if step, ok := e.(*StepError); ok && step.Law != "" {
			return step.Law
		}
	}
	return ""
}

func unjoined(err error) []error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap()
	}
	return []error{err}
}
