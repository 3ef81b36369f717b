package followup

// A Machine is one made of other rows than the shipped ones, for tests that alter them.
type Machine struct{ x *indexed }

// NewMachine is a machine of these rows.
func NewMachine(rows Table) Machine { return Machine{build(rows)} }

// Step is Step of this machine.
func (m Machine) Step(s State, on Sign, g Given) (after State, move Move, err error) {
	err = m.x.step(&s, on, &g, &move)
	return s, move, err
}

// At are the machine's rows of a stage and a sign.
func (m Machine) At(from Stage, on Sign) []Move { return m.x.at(from, on) }

// Stages, Live and Signs are all there are; AllFacts are those that a caller says.
var (
	Stages   = stages[:]
	Live     = live
	Signs    = signs[:]
	AllFacts = doubted - 1
)

// FactNames and RequestNames are the names, bit by bit.
var FactNames, RequestNames = factNames, requestNames

// FactsOf are a state's facets as a guard reads them.
func FactsOf(s State) Facts { return s.facts() }

// Holds reports whether a guard holds.
func Holds(g Guard, f Facts) bool { return g.holds(f) }
