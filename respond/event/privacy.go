package event

import (
	"slices"

	"github.com/reputekit/reputation/respond/privacy"
)

// Preserved says that what a case holds is needed for a matter of law: nothing of it is purged, redacted or erased.
type Preserved struct {
	Matter string `json:"matter"` // for a person: the file, the court
}

// Released says that it is needed no more. What waited for it happens now.
type Released struct {
	Note string `json:"note,omitempty"`
}

// Restricted says who may see a case from now on. Nobody named: everybody who could before.
type Restricted struct {
	To []string `json:"to,omitempty"` // members
}

// ErasureAsked says that the person asked that what is kept of him goes. Somebody has made sure who asks.
type ErasureAsked struct {
	Request string `json:"request,omitempty"` // the house's number of it; nothing of the person
}

// Erased says that what is kept of the person goes now: the answer to an Erase, or a member's doing. Its entry holds the
// state without him; a store puts it in the place of the trail before it.
type Erased struct {
	Key string `json:"key,omitempty"`

	// Of is the person, for an incident, which is of many, and for a case that his was one with until they were parted; nil
	// for his own. Without cases he removed some messages, and no more goes. It goes no further: no entry has it.
	Of *privacy.Person `json:"of,omitempty"`
}

// Purged says that classes of what is kept were past their time, and are gone.
type Purged struct {
	Classes []privacy.Class `json:"classes"`
}

// canonicalPrivacy is canonical for what becomes of what is kept.
func canonicalPrivacy(b Body) Body {
	switch b := b.(type) {
	case Preserved:
		clean(&b.Matter)
		return b
	case Released:
		clean(&b.Note)
		return b
	case Restricted:
		b.To = cleaned(b.To)
		return b
	case ErasureAsked:
		clean(&b.Request)
		return b
	case Purged:
		known := func(c privacy.Class) bool { return !slices.Contains(privacy.Classes(), c) }
		b.Classes = slices.DeleteFunc(slices.Clone(b.Classes), known)
		return b
	}
	return canonicalMerge(b)
}

func (Preserved) kind() string { return "preserved" }

func (Released) kind() string { return "released" }

func (Restricted) kind() string { return "restricted" }

func (ErasureAsked) kind() string { return "erasure_asked" }

func (Erased) kind() string { return "erased" }

func (Purged) kind() string { return "purged" }
