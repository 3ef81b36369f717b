package respond

import (
	"errors"
	"fmt"
	"strings"

	"github.com/reputekit/reputation/respond/guideline"
)

// ErrRefused is what every RefusedError is: errors.Is(err, ErrRefused).
var ErrRefused = errors.New("refused")

// A RefusedError says why an event is not possible as the case (or the incident) stands. Nothing happened.
type RefusedError struct {
	Event    string              // the kind of the event
	Reason   string              // for a person, in one sentence
	Into     string              // the case that this one was merged into: what is refused here is brought there
	Findings []guideline.Finding // what stands in the text, when that is why
}

// Error names the event, the reason and the rules that were broken.
func (e *RefusedError) Error() string {
	var rules []string
	for _, f := range e.Findings {
		rules = append(rules, f.Rule+" "+f.Name)
	}
	if len(rules) == 0 {
		return fmt.Sprintf("%s refused: %s", e.Event, e.Reason)
	}
	return fmt.Sprintf("%s refused: %s (%s)", e.Event, e.Reason, strings.Join(rules, ", "))
}

// Is makes every RefusedError an ErrRefused.
func (e *RefusedError) Is(target error) bool { return target == ErrRefused }
