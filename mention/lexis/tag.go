package lexis

import "strings"

// Base is the base language of a BCP 47 tag in lower case: es of es-MX. An underscore parts as a hyphen does, for many
// systems write es_MX. The empty tag has the empty base.
func Base(tag string) string {
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	return strings.ToLower(tag)
}
