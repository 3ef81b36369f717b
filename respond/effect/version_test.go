package effect_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/effect"
)

var update = flag.Bool("update", false, "add the kinds that the golden of the newest version does not have yet")

// TestEveryVersionIsRead: every kind, as every version wrote it, is read and loses nothing. A kind that is new is added to
// the golden of the newest version, and stays there for ever.
func TestEveryVersionIsRead(t *testing.T) {
	files, err := filepath.Glob("../testdata/versions/*/effects.jsonl")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	newest := files[len(files)-1]
	written := map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range bytes.Lines(data) {
			var x effect.Effect
			require.NoError(t, json.Unmarshal(line, &x), "%s: %s", file, line)
			_, unknown := x.Body.(effect.Unknown)
			require.False(t, unknown, "%s: the kind %s is known", file, x.Kind())
			again, err := json.Marshal(x)
			require.NoError(t, err)
			assert.JSONEq(t, string(line), string(again), "%s: nothing of it is lost", file)
			written[x.Kind()] = written[x.Kind()] || file == newest
		}
	}
	var missing strings.Builder
	for _, b := range bodies() {
		x := effect.Effect{Key: "k", Because: "why", Body: b}
		if data, err := json.Marshal(x); !written[x.Kind()] && assert.NoError(t, err) {
			missing.Write(append(data, '\n'))
		}
	}
	if *update {
		f, err := os.OpenFile(newest, os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = f.WriteString(missing.String())
		require.NoError(t, err)
		require.NoError(t, f.Close())
		return
	}
	assert.Empty(t, missing.String(), "run go test -update: the golden wants every kind")
}
