package spec

import (
	"encoding/json"
	"fmt"
)

// A VersionError says that something was written in a form that is newer than this program knows. Nothing of it is read:
// what would be left out could be what matters. Upgrade the program.
type VersionError struct {
	What    string // "case", "entry", "event", "effect"
	Version int    // that it was written in
	Knows   int    // the newest that this program reads
}

// Error names both versions.
func (e *VersionError) Error() string {
	return fmt.Sprintf("the %s is of version %d, and this program reads up to %d: upgrade it", e.What, e.Version, e.Knows)
}

// CheckVersion returns a *VersionError for a version newer than known. 0, a member that was left out, is version 1.
func CheckVersion(what string, version, knows int) error {
	if version > knows {
		return &VersionError{What: what, Version: version, Knows: knows}
	}
	return nil
}

// VersionOf is the version that a JSON object names in its member v: the one that was read, or, where reading failed with
// err, the one that stands there. So a newer form is told from a broken one.
func VersionOf(data []byte, read int, err error) int {
	if err == nil {
		return read
	}
	var of struct {
		V int `json:"v"`
	}
	if json.Unmarshal(data, &of) != nil {
		return 0
	}
	return of.V
}
