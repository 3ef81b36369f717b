package spec

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Problem is one thing that is wrong with a specification, and where.
type Problem struct {
	Path    string `json:"path"`    // as a person would write it: rules[3].when.all[1]; empty means the whole
	Message string `json:"message"` // what is wrong, and where it helps what would be right
}

// String gives "path: message".
func (p Problem) String() string {
	if p.Path == "" {
		return p.Message
	}
	return p.Path + ": " + p.Message
}

// Problems are all that is wrong with a specification, in the order found. Empty Problems are no error: return
// Problems.Err(), never Problems as an error.
type Problems []Problem

// Error gives one problem a line.
func (p Problems) Error() string {
	var b strings.Builder
	for i, x := range p {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(x.String())
	}
	return b.String()
}

// Err returns the problems as an error of type Problems, or nil when there are none.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Add notes a problem at path. The message is made as by fmt.Sprintf.
func (p *Problems) Add(path, format string, args ...any) {
	*p = append(*p, Problem{Path: path, Message: fmt.Sprintf(format, args...)})
}

// Merge notes below prefix what err holds: each of its problems if it is Problems or wraps them, the parts of a joined
// error one by one, any other error as one problem at prefix. A nil error adds nothing.
func (p *Problems) Merge(prefix string, err error) {
	if err == nil {
		return
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			p.Merge(prefix, e)
		}
		return
	}
	var nested Problems
	if errors.As(err, &nested) {
		for _, x := range nested {
			*p = append(*p, Problem{Path: Join(prefix, x.Path), Message: x.Message})
		}
		return
	}
	*p = append(*p, Problem{Path: prefix, Message: err.Error()})
}

// Join puts a name below a path: Join("rules[3]", "when") is "rules[3].when". Either may be empty, and the name may be
// a path itself.
func Join(path, name string) string {
	if path == "" || name == "" || name[0] == '[' {
		return path + name
	}
	return path + "." + name
}

// Index puts a position below a path: Index("rules", 3) is "rules[3]".
func Index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
