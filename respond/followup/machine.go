package followup

import (
	"cmp"
	"slices"
)

// machine is the one that Step runs. It is never written to.
var machine = build(table())

// stages are all stages, in the order in which a conversation usually meets them.
var stages = [...]Stage{
	Fresh, Answered, Asking, Working, Proposed, Fulfilling, Confirming, Surveying, Dormant, Closed,
}

// live are the stages that are not closed.
var live = stages[:len(stages)-1]

// A table of moves, with the place of each stage and sign.
type indexed struct {
	rows  []Move
	stage index
	sign  index
	group []uint8 // of signs, by sign
	spans []span  // by stage, then sign
	width int
}

// A span is where the rows of one stage and sign begin and end.
type span struct{ from, to uint16 }

func build(rows []Move) *indexed {
	x := &indexed{rows: slices.Clone(rows)}
	for _, s := range stages {
		x.stage.add(string(s))
	}
	for i, group := range signs {
		for _, on := range group {
			x.sign.add(string(on))
			x.group = append(x.group, uint8(i))
		}
	}
	x.width = len(x.group)
	slices.SortStableFunc(x.rows, func(a, b Move) int { return cmp.Compare(x.place(a.From, a.On), x.place(b.From, b.On)) })
	x.spans = make([]span, len(stages)*x.width)
	for i, m := range x.rows {
		at := x.place(m.From, m.On)
		if at < 0 {
			continue
		}
		if x.spans[at].to == 0 {
			x.spans[at].from = uint16(i)
		}
		x.spans[at].to = uint16(i + 1)
	}
	return x
}

// place is where the span of a stage and a sign stands; below 0 when one of them is not known.
func (x *indexed) place(from Stage, on Sign) int {
	i, j := x.stage.find(string(from)), x.sign.find(string(on))
	if i < 0 || j < 0 {
		return -1
	}
	return i*x.width + j
}

// at are the rows of a stage and a sign.
func (x *indexed) at(from Stage, on Sign) []Move {
	at := x.place(from, on)
	if at < 0 {
		return nil
	}
	return x.rows[x.spans[at].from:x.spans[at].to]
}

// find is the row whose guard holds. No two of them hold at once.
func (x *indexed) find(from Stage, on Sign, has Facts) *Move {
	rows := x.at(from, on)
	for i := range rows {
		if rows[i].If.holds(has) {
			return &rows[i]
		}
	}
	return nil
}

// step moves s, and writes the move to m.
func (x *indexed) step(s *State, on Sign, g *Given, m *Move) error {
	from := s.Stage
	has := g.Facts&(doubted-1) | s.facts() // facets are not the caller's to say
	row := x.find(from, on, has)
	plain := row == nil
	if plain {
		switch x.groupOf(on) {
		case 0:
			row = x.find(from, Wrote, has)
		case 1:
			return &RefusedError{From: from, On: on, Reason: whyNot(from, on, has)}
		}
	}
	if row == nil {
		*m = Move{From: from, On: on, To: from, Keep: true}
		return nil
	}
	*m = *row
	m.On, m.Plain = on, plain
	s.move(row)
	if s.Hold != "" && (!m.Keep || m.Wait != "") && m.To.Live() {
		m.Wait = Look // while it is held it is looked at, and nothing is waited for
	}
	if m.Asks&Unasked != 0 {
		barred := g.Barred
		if s.Hold != "" || s.suspect() {
			barred = Unasked
		}
		m.Asks &^= barred & Unasked
		m.ByItself = m.Asks & g.ByItself & Unasked
	}
	return nil
}

// groupOf is the place of a sign's group in signs; below 0 when the sign is not known.
func (x *indexed) groupOf(on Sign) int {
	at := x.sign.find(string(on))
	if at < 0 {
		return -1
	}
	return int(x.group[at])
}

// An index finds the place of a name. It is made once, and only read afterwards.
type index struct {
	slots [256]struct {
		name string
		at   int16 // from 1 on
	}
	size int16
}

func slotOf(name string) uint8 {
	n := len(name)
	if n == 0 {
		return 0
	}
	return uint8(n) + 3*name[0] + 7*name[n-1] + 13*name[n/2]
}

func (x *index) add(name string) {
	at := slotOf(name)
	for x.slots[at].at != 0 {
		at++
	}
	x.size++
	x.slots[at].name, x.slots[at].at = name, x.size
}

// find is the place of a name, from 0 on; below 0 when it is not known.
func (x *index) find(name string) int {
	for at := slotOf(name); x.slots[at].at != 0; at++ {
		if x.slots[at].name == name {
			return int(x.slots[at].at) - 1
		}
	}
	return -1
}
