package policytest

import (
	"fmt"
	"strings"
)

// someNames is how many names of the policy a person is shown beside one that it does not have.
const someNames = 12

// spelled says that nobody knows a name, and which one may have been meant.
func spelled(what, value string, known []string) string {
	for _, k := range known {
		if strings.EqualFold(k, value) {
			return fmt.Sprintf("the policy has no %s %q; it has %q", what, value, k)
		}
	}
	if len(known) == 0 || len(known) > someNames {
		return fmt.Sprintf("the policy has no %s %q", what, value)
	}
	return fmt.Sprintf("the policy has no %s %q; it has %s", what, value, strings.Join(known, ", "))
}
