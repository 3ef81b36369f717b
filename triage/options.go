package triage

import (
	"time"

	"github.com/reputekit/reputation/triage/signal"
)

// Options are what Compile takes beside the policy. The zero value is right for most.
type Options struct {
	// Zone finds a zone by its IANA name; nil is ask.Zone.
	Zone func(string) (*time.Location, error)

	// Scorers read the signals whose Source.By names them: "scorer:tone" is the one of the name tone here.
	Scorers map[string]Scorer

	// Channels are the channels there are; a condition on another is a problem. Nil is: nobody has said, any may come.
	Channels []string

	// Lists are the word lists of the signals; nil is those of package signal, which are read anew for each Compile. Who
	// compiles often, or has a language of his own, makes them once.
	Lists *signal.Lists

	// Lazy leaves out of the verdict what no rule had to look at: private data and signals are read only when a rule that
	// may still hold asks for them, and only what was read stands in the verdict and in Rank.Exposure. It is for screening
	// streams, where most mentions come to nothing. Who masks, moderates or replies by a verdict needs the whole of it.
	Lazy bool
}

// A Scorer reads signals that a policy declares from the text alone: a model of the host's own. *learn.Model is one. It
// is called from many goroutines, at most once for a mention, and gives the same readings for the same text. One that may
// be exchanged for another is Versioned.
type Scorer interface {
	// Signals are the names of all readings that Score can give.
	Signals() []string
	// Score appends the readings of a text, in a BCP 47 language or one that nobody knows. What it cannot tell it leaves
	// out; that signal is absent.
	Score(dst []signal.Reading, text, lang string) []signal.Reading
}

// A Versioned is a Scorer that says which one it is: two of one checksum give the same readings. *learn.Model is one.
// Judge.Versions tells of those that a policy reads.
type Versioned interface {
	Scorer
	Checksum() string
}
