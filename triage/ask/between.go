package ask

// Between is a range of whole numbers, both ends included; an end that is left out is open.
type Between struct {
	Min *int `json:"min,omitempty"` // the least; nil is open
	Max *int `json:"max,omitempty"` // the most; nil is open
}

// Given holds when the host gave this key with one of these values, or with a whole number within the bounds; without
// values and bounds, when it gave the key at all. A value that is no number lies within no bounds.
type Given struct {
	Key string   `json:"key"`
	Is  []string `json:"is,omitempty"` // not beside bounds
	Between
}

// Hours holds at an instant when a clock on the wall of the zone shows a time from From until before To, on one of
// these days. Where To is not after From the hours go on past midnight and belong to the day on which they began. On
// the nights when the clock is put forward or back it is still the time on the wall that counts.
type Hours struct {
	Zone string   `json:"zone"`           // IANA name: Europe/Madrid
	Days []string `json:"days,omitempty"` // mon tue wed thu fri sat sun; empty is every day
	From string   `json:"from,omitempty"` // 09:00; empty is the beginning of the day
	To   string   `json:"to,omitempty"`   // 18:00, not included; empty is the end of the day
}
