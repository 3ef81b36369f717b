package event

// Surveyed says what a customer answered when he was asked how it was.
type Surveyed struct {
	Key     string `json:"key,omitempty"`     // of the Survey that asked; empty when another road brought the answer
	Scale   Scale  `json:"scale"`             // what was asked
	Version string `json:"version,omitempty"` // of the scale: ces has 1.0 and 2.0, the others need none
	Score   int    `json:"score"`
	Said    string `json:"said,omitempty"` // in his own words
}

// Scale is what a survey asks for.
type Scale string

// The scales.
const (
	NPS  Scale = "nps"  // would he recommend us: 0 to 10
	CSAT Scale = "csat" // is he satisfied: 1 to 5
	CES  Scale = "ces"  // was it easy: version 2.0 from 1 to 7, high is easy; version 1.0 from 1 to 5, low is easy
)

// Bad reports whether the answer says that all is not well: 0 to 6 of NPS, 1 and 2 of CSAT, what is below the middle of
// CES 2.0 and above it of 1.0. ok is false for a score off its scale, and for a scale or a version that is none.
func (s Surveyed) Bad() (bad, ok bool) {
	in := func(low, high int) bool { return s.Score >= low && s.Score <= high }
	switch {
	case s.Scale == NPS:
		return in(0, 6), in(0, 10)
	case s.Scale == CSAT:
		return in(1, 2), in(1, 5)
	case s.Scale == CES && s.Version == "2.0":
		return in(1, 3), in(1, 7)
	case s.Scale == CES && s.Version == "1.0":
		return in(4, 5), in(1, 5)
	}
	return false, false
}

func (Surveyed) kind() string { return "surveyed" }
