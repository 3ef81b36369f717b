package escalation

import (
	"time"

	"github.com/reputekit/reputation/triage/ask"
)

// Zone finds a zone by its IANA name, as Compile does when Options say nothing else: it is ask.Zone.
func Zone(name string) (*time.Location, error) { return ask.Zone(name) }

// Zone finds a zone as the hierarchy's own calendars found theirs.
func (d *Directory) Zone(name string) (*time.Location, error) { return d.zone(name) }
