package ask

import (
	"fmt"
	"time"
)

// Zone finds a zone by its IANA name, as triage and escalation do when their Options say nothing else: in the machine's zone data, or in
// what the program carries with it by importing time/tzdata. The machine's own zone is no answer: it differs.
func Zone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("%q is no zone: use an IANA name such as Europe/Madrid", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("zone %q is not known: use an IANA name such as Europe/Madrid", name)
	}
	return loc, nil
}
