package signal

// bare is how many words an answer has that is nothing but its no.
const bare = 2

// Declines is how surely the author says no to what was offered. A "no" of its own says it; before a sentence it most
// often says no to a question ("no, still waiting").
func (t *Text) declines() Value {
	v := cued(cue{list: declines, negated: 1000, asking: 600})(t, -1)
	if !v.Absent && v.PerMille > 0 && t.Words() <= bare {
		v.PerMille += (1000 - v.PerMille) / 2
	}
	return v
}

// sour is the mood of those for whom something is over and nothing is well, per mille.
const sour = -350

// Over is how surely the author says that it is solved. It closes a case, so who sounds unhappy is believed half.
func (t *Text) over() Value {
	v := cued(cue{list: closes, asking: 300})(t, -1)
	if v.PerMille > 0 && t.mood() <= sour {
		v.PerMille /= 2
	}
	return v
}
