package followup_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/followup"
)

var update = flag.Bool("update", false, "draw the machine anew; read the difference before it is committed")

func TestDrawings(t *testing.T) {
	rows := followup.Moves()
	for file, drawing := range map[string]string{"machine.mmd": rows.Mermaid(), "machine.dot": rows.DOT()} {
		path := "testdata/" + file
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(drawing), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want), drawing, "%s is of another machine: run with -update", file)
		for _, m := range rows {
			label := string(m.On)
			if g := m.If.String(); g != "" {
				label += " [" + g + "]"
			}
			assert.Contains(t, drawing, label, "every row is drawn")
		}
	}
	assert.Equal(t, len(rows)+3, strings.Count(rows.Mermaid(), "\n"), "a line for every row, one before them, a beginning and an end")
}
