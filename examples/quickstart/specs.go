package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/reputekit/reputation/examples/quickstart/day"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/triage"
)

func orShipped(name string) string {
	if name == "" {
		return "the shipped desk"
	}
	return name
}

// loadSpecs reads the specifications in a file, or the shipped ones without a name, and gives their bytes too.
func loadSpecs(name string) (respond.Specs, []byte, error) {
	var s respond.Specs
	raw, err := readSpecs(name)
	if err != nil {
		return s, nil, err
	}
	if err := spec.Decode(raw, &s); err != nil {
		return s, nil, wrong(orShipped(name), withThatOfRules(err, s))
	}
	return s, raw, nil
}

// withThatOfRules adds what the rules have to say of a file in which only names of fields are wrong, so that its author
// mends it once.
func withThatOfRules(err error, s respond.Specs) error {
	if reflect.ValueOf(s).IsZero() {
		return err
	}
	var all spec.Problems
	all.Merge("", err)
	_, more := respond.NewRules(s, respond.Options{})
	all.Merge("", more)
	return all
}

func readSpecs(name string) ([]byte, error) {
	if name == "" {
		return day.Files.ReadFile("desk.json")
	}
	return os.ReadFile(name)
}

// compiled checks the specifications as a whole.
func compiled(s respond.Specs, name string) (*respond.Rules, error) {
	rules, err := respond.NewRules(s, respond.Options{})
	if err != nil {
		return nil, wrong(name, err)
	}
	return rules, nil
}

// wrong lists every problem of a file, a line each.
func wrong(name string, err error) error {
	var problems spec.Problems
	if !errors.As(err, &problems) {
		return fmt.Errorf("%s: %w", name, err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s has %s:", name, count(len(problems), "problem", "problems"))
	for _, p := range problems {
		b.WriteString("\n  " + p.String())
	}
	return errors.New(b.String())
}

// loadPolicy reads a policy: a file of its own, or the one in a desk file.
func loadPolicy(name string) (triage.Policy, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return triage.Policy{}, err
	}
	var is struct {
		Policy json.RawMessage `json:"policy"`
	}
	if json.Unmarshal(raw, &is) == nil && is.Policy != nil {
		s, _, err := loadSpecs(name)
		return s.Policy, err
	}
	var p triage.Policy
	if err := spec.Decode(raw, &p); err != nil {
		return p, wrong(name, err)
	}
	return p, nil
}

// count writes "1 post" and "11,495 posts".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// number writes 11495 as 11,495.
func number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
