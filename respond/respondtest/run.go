package respondtest

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/incident"
)

// A Result is what became of a story.
type Result struct {
	Trail     string // as it stands beneath a script
	Cases     []Case // in the order in which they were opened
	Incidents []Incident
}

// A Case of a story, with its trail.
type Case struct {
	Name    string // in the story: the customer's, with /2 for his second case
	Start   respond.Case
	Case    respond.Case
	Entries []respond.Entry
}

// An Incident of a story, with its trail.
type Incident struct {
	Name     string // in the story: its category
	Start    incident.Incident
	Incident incident.Incident
	Entries  []incident.Entry
}

// A StepError says what is wrong at one line of a story.
type StepError struct {
	Line    int      // of the script, from 1
	Step    string   // the line as it stands
	Why     string   // for a person
	Law     string   // the law of the design that does not hold; empty for everything else
	Reasons []string // of the last entry that the line led to
}

// Error names the line, what is wrong, and the reasons of what the line led to.
func (e *StepError) Error() string {
	s := fmt.Sprintf("line %d: %s\n\t%s", e.Line, e.Step, e.Why)
	for _, why := range e.Reasons {
		s += "\n\tbecause " + why
	}
	return s
}

// A TrailError says that a story leads to another trail than the one that is wanted beneath it.
type TrailError struct {
	Line    int      // of the script, from 1, whose step leads elsewhere; 0 when the trail ends too early
	Wanted  string   // the first entry that is not as wanted, as it stands in the file
	Got     string   // and what came in its place; empty when nothing did
	Reasons []string // of the entry that came
}

// Error shows both entries, and why the second came.
func (e *TrailError) Error() string {
	if e.Got == "" {
		return "the story ends, and more is wanted:\n" + e.Wanted
	}
	s := fmt.Sprintf("line %d leads to another trail.\nwanted:\n%sgot:\n%s", e.Line, e.Wanted, e.Got)
	for _, why := range e.Reasons {
		s += "    because  " + why + "\n"
	}
	return s + "If that is right, write the trails anew with -update, and read the difference."
}

// Play plays a story under these rules and gives what became of it. A script that cannot be read costs a spec.Problems,
// with every problem and its line, and nothing is played. A step that is refused or taken against what the story says, a
// want that is not met and a law that does not hold cost a *StepError, or several, joined; the result is what came of the
// story so far. A trail that is not the one beneath the story, where there is one, costs a *TrailError.
func Play(r *respond.Rules, story string) (Result, error) {
	return play(newPlayer(r), story)
}

// play plays a story with a fresh player.
func play(p *player, story string) (Result, error) {
	s, err := read(story)
	if err == nil {
		err = check(s, newPlayer(p.rules))
	}
	if err != nil {
		return Result{}, err
	}
	p.play(s)
	if len(p.bad) > 0 {
		return p.result(), errors.Join(p.bad...)
	}
	if s.told {
		err = p.compare(s.trail)
	}
	return p.result(), err
}

func (p *player) result() Result {
	out := Result{Trail: p.text()}
	for _, b := range p.beings {
		switch l := b.(type) {
		case *life[respond.Case, respond.Change]:
			out.Cases = append(out.Cases, Case{l.called, l.start, l.now, l.entries})
		case *life[incident.Incident, incident.Change]:
			out.Incidents = append(out.Incidents, Incident{l.called, l.start, l.now, l.entries})
		}
	}
	return out
}

// Run plays every story that a pattern finds, each as a test of its own, and compares its trail with the one beneath it.
// Where the test's package has a flag named update, and it is set, the trails are written anew: read the difference
// before you keep it. A story that goes wrong is never written.
//
//	var _ = flag.Bool("update", false, "write the trails of the stories anew")
func Run(t *testing.T, r *respond.Rules, pattern string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no story is called %s (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), func(t *testing.T) {
			t.Helper()
			runFile(t, r, file)
		})
	}
}

func runFile(t *testing.T, r *respond.Rules, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	result, err := Play(r, string(data))
	var other *TrailError
	s, unread := read(string(data))
	switch update := flag.Lookup("update"); {
	case unread != nil || err != nil && !errors.As(err, &other):
		t.Fatalf("%s:\n%s\nthe trail so far:\n%s", file, err, result.Trail)
	case update != nil && update.Value.String() == "true":
		if string(data) == s.head+result.Trail {
			return
		}
		if err := os.WriteFile(file, []byte(s.head+result.Trail), 0o644); err != nil {
			t.Fatal(err)
		}
	case !s.told:
		t.Fatalf("%s has no trail yet: write it with -update, and read it. It is:\n%s", file, result.Trail)
	case err != nil:
		t.Errorf("%s:\n%s", file, err)
	}
}

// compare finds the first entry of the trail that is not as wanted.
func (p *player) compare(wanted string) error {
	rest := wanted
	for _, t := range p.told {
		text := t.text(p.reasons)
		after, ok := strings.CutPrefix(rest, text)
		if !ok {
			return &TrailError{Line: t.line, Wanted: firstEntry(rest), Got: text, Reasons: t.because}
		}
		rest = after
	}
	if rest = strings.TrimSpace(rest); rest != "" {
		return &TrailError{Wanted: firstEntry(rest)}
	}
	return nil
}

// firstEntry is the text up to the next entry.
func firstEntry(trail string) string {
	var b strings.Builder
	for l := range strings.Lines(trail) {
		if b.Len() > 0 && !strings.HasPrefix(l, " ") {
			break
		}
		b.WriteString(l)
	}
	if b.Len() == 0 {
		return "(nothing)\n"
	}
	return b.String()
}
