package ask

import "strconv"

// An Answer is one value that a condition has compared: "followers 12000 >= 10000", "channel chirp".
type Answer struct {
	What   string `json:"what"`             // what was asked about: followers, channel, a key that the host gave
	Is     string `json:"is,omitempty"`     // its value, where that is a word
	Number int    `json:"number,omitempty"` // its value, where that is a number; a signal or a rating is per mille
	Wants  string `json:"wants,omitempty"`  // the bounds of a number: ">= 10000", "in 2..5"
}

// String writes the answer for a person.
func (a Answer) String() string {
	switch {
	case a.Wants != "":
		return a.What + " " + strconv.Itoa(a.Number) + " " + a.Wants
	case a.Is != "":
		return a.What + " " + a.Is
	}
	return a.What
}
