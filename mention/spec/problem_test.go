package spec_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
)

func TestProblems(t *testing.T) {
	var p spec.Problems
	require.NoError(t, p.Err(), "no problems are no error")
	p.Add("rules[0]", "category %q is not known", "late")
	p.Add("", "there is no default")
	err := p.Err()
	require.Error(t, err)
	assert.Equal(t, "rules[0]: category \"late\" is not known\nthere is no default", err.Error())
	var got spec.Problems
	require.ErrorAs(t, fmt.Errorf("policy: %w", err), &got, "a program can get at the list")
	assert.Equal(t, p, got)
}

func TestMerge(t *testing.T) {
	nested := spec.Problems{{Path: "when.all[1]", Message: "a"}, {Path: "", Message: "b"}, {Path: "[2]", Message: "c"}}
	for _, c := range []struct {
		err    error
		want   []string
		reason string
	}{
		{nil, nil, "no error adds nothing"},
		{spec.Problems{}.Err(), nil, "nor do no problems"},
		{nested, []string{"rules[3].when.all[1]: a", "rules[3]: b", "rules[3][2]: c"}, "each below the prefix"},
		{fmt.Errorf("wrapped: %w", nested[:1]), []string{"rules[3].when.all[1]: a"}, "a wrapped list is still a list"},
		{errors.New("odd"), []string{"rules[3]: odd"}, "another error is one problem"},
		{errors.Join(errors.New("x"), nested[1:2]), []string{"rules[3]: x", "rules[3]: b"}, "joined errors one by one"},
	} {
		var p spec.Problems
		p.Merge("rules[3]", c.err)
		var got []string
		for _, x := range p {
			got = append(got, x.String())
		}
		assert.Equal(t, c.want, got, c.reason)
	}
}

func TestPaths(t *testing.T) {
	for _, c := range []struct{ path, name, want, reason string }{
		{"", "rules", "rules", "the first name has no dot"},
		{"rules[3]", "when", "rules[3].when", "a name below"},
		{"rules[3]", "", "rules[3]", "nothing below"},
		{"rules", "[3].when", "rules[3].when", "an index has no dot"},
	} {
		assert.Equal(t, c.want, spec.Join(c.path, c.name), c.reason)
	}
	assert.Equal(t, "rules[0][12]", spec.Index(spec.Index("rules", 0), 12))
}
