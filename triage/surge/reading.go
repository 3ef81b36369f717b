package surge

import "time"

// warm is how long a series is watched before it may warn.
const warm = 24 * time.Hour

// A Reading is what a series says at one instant. It goes into the event, so that a replay sees the same, and is what a
// policy tests.
type Reading struct {
	On      bool      `json:"on,omitempty"`      // a surge is on
	Warning bool      `json:"warning,omitempty"` // it has begun with this mention: true once in a surge
	Since   time.Time `json:"since,omitzero"`    // where the five minutes began in which it did, UTC
	Cold    bool      `json:"cold,omitempty"`    // watched for less than a day: no surge is on whatever comes
	Late    bool      `json:"late,omitempty"`    // the mention was too old to be counted

	Seen     int `json:"seen"`     // mentions in the last hour
	Expected int `json:"expected"` // mentions an hour usually has at this time, rounded
	Times    int `json:"times"`    // how many times the usual, per mille, with 5 mentions added to both
	Usual    int `json:"usual"`    // what Times reaches on a usual day, per mille
	Limit    int `json:"limit"`    // mentions in an hour that would be a surge
}
