package playbook_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
)

func TestCoverage(t *testing.T) {
	p := plays(
		playbook.Scope{Categories: []string{"late"}, Stages: []string{"fresh"}},
		playbook.Scope{Aims: []triage.Aim{triage.Praise}},
		playbook.Scope{Categories: []string{"late"}, Visibilities: []mention.Visibility{mention.Private}},
	)
	c, err := p.Compile(playbook.House{Policy: &triage.Policy{Categories: []triage.Category{{Name: "late"}, {Name: "lost"}}}})
	require.NoError(t, err)
	got := c.Coverage()
	assert.Equal(t, "last", got.General)
	assert.Equal(t, 3*6*10*2, got.Situations, "categories, aims, stages and visibilities; no play looks at the rest")
	require.Len(t, got.Rows, 3)
	late := got.Rows[0]
	assert.Equal(t, playbook.Cell{Aim: triage.Complaint, Play: "p0", Others: []string{"p2"}, Open: 9}, late.Cells[0])
	open := 0
	for _, row := range got.Rows {
		for _, cell := range row.Cells {
			open += cell.Open
		}
	}
	assert.Equal(t, got.Situations, got.Covered+open)
	later := []string{"answered", "asking", "closed", "confirming", "dormant", "fulfilling", "proposed", "surveying", "working"}
	others := []triage.Aim{"", triage.Complaint, triage.Lead, triage.Nothing, triage.Question}
	assert.Equal(t, []playbook.Scope{
		{Categories: []string{"", "lost"}, Aims: others},
		{Categories: []string{"late"}, Aims: others, Stages: later, Visibilities: []mention.Visibility{mention.Public}},
	}, got.Gaps)
	assert.Contains(t, got.String(), "lost         -          p1")
}

// TestGapsAreWhatOnlyTheLastPlayAnswers asks for each situation of a gap, and counts them.
func TestGapsAreWhatOnlyTheLastPlayAnswers(t *testing.T) {
	c := careComposer(t)
	got := c.Coverage()
	or := func(list []string, all ...string) []string {
		if list == nil {
			return all
		}
		return list
	}
	gaps := 0
	for _, gap := range got.Gaps {
		for _, category := range or(gap.Categories, "account", "late", "outage", "") {
			aims := gap.Aims
			if aims == nil {
				aims = []triage.Aim{triage.Complaint, triage.Praise, triage.Question, triage.Lead, triage.Nothing, ""}
			}
			severities := gap.Severities
			if severities == nil {
				severities = []triage.Severity{triage.Routine, triage.Elevated, triage.Serious, triage.Crisis}
			}
			for _, aim := range aims {
				for _, severity := range severities {
					gaps++
					play, _ := c.Choose(playbook.Situation{Category: category, Aim: aim, Severity: severity})
					assert.Equal(t, got.General, play.ID, "%s", gap)
				}
			}
		}
	}
	assert.Equal(t, got.Situations-got.Covered, gaps)
	assert.Positive(t, gaps)
}

func TestCoverageOfAChannelThatHasItsOwn(t *testing.T) {
	p := plays(playbook.Scope{Channels: []string{"chirp"}})
	c, err := p.Compile(playbook.House{Venues: []mention.Venue{chirp, stars}})
	require.NoError(t, err)
	got := c.Coverage()
	assert.Equal(t, []playbook.Scope{{Channels: []string{"stars"}}}, got.Gaps)
	assert.Equal(t, got.Situations/2, got.Covered)
}
