package sqlitestore_test

import (
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk/sqlitestore"
)

func TestNothingWalksATable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.sqlite")
	opened(t, path, sqlitestore.Options{})
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	for name, text := range sqlitestore.Questions() {
		args := make([]any, strings.Count(text, "?"))
		for n := range args {
			args[n] = ""
		}
		rows, err := db.Query("EXPLAIN QUERY PLAN "+text, args...)
		require.NoError(t, err, "%s: %s", name, text)
		var plan []string
		for rows.Next() {
			var id, parent, unused int
			var detail string
			require.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
			plan = append(plan, detail)
		}
		require.NoError(t, rows.Err())
		rows.Close()
		require.NotEmpty(t, plan, name)
		for _, line := range plan {
			assert.NotRegexp(t, "^SCAN ", line, "%s walks: %s", name, text)
			if !strings.Contains(name, "effect") { // those are few, and by several effects
				assert.NotContains(t, line, "TEMP B-TREE", "%s sorts: %s", name, text)
			}
		}
	}
}

// TestTenantInEveryKey looks at what makes a record one of its kind.
func TestTenantInEveryKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.sqlite")
	opened(t, path, sqlitestore.Options{})
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	holdsItself := map[string]string{
		"outbox":  "a request's key is made with its tenant, and is unique in the store",
		"events":  "an event's id comes with the tenant in it",
		"cursors": "a cursor is of a channel, whoever it serves",
	}
	rows, err := db.Query(`SELECT m.name, i.name FROM sqlite_schema m, pragma_index_list(m.name) i
		WHERE m.type = 'table' AND i."unique" = 1`)
	require.NoError(t, err)
	keys := map[string][]string{}
	for rows.Next() {
		var table, index string
		require.NoError(t, rows.Scan(&table, &index))
		keys[table] = append(keys[table], index)
	}
	require.NoError(t, rows.Err())
	rows.Close()
	require.Len(t, keys, 9)
	for table, indexes := range keys {
		for _, index := range indexes {
			var first string
			require.NoError(t, db.QueryRow(fmt.Sprintf("SELECT name FROM pragma_index_info('%s') WHERE seqno = 0", index)).Scan(&first))
			if _, reason := holdsItself[table]; !reason {
				assert.Equal(t, "tenant", first, "%s, %s", table, index)
			}
		}
	}
	assert.Subset(t, slices.Collect(maps.Keys(keys)), slices.Collect(maps.Keys(holdsItself)))
}
