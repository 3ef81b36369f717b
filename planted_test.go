package reputation_test

import (
	"go/token"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The checks are shown bad source here, and good source that looks bad, so that a check that has gone blind fails.

// plant makes a folder of one shipped file, p.go, and if wanted a test, p_test.go.
func plant(t *testing.T, dir, text, testText string) *folder {
	t.Helper()
	f := &folder{path: dir, fset: token.NewFileSet()}
	require.NoError(t, f.add(path.Join(dir, "p.go"), []byte(text)), "the planted source must parse")
	if testText != "" {
		require.NoError(t, f.add(path.Join(dir, "p_test.go"), []byte(testText)), "the planted test must parse")
	}
	return f
}

func TestPlantedBodies(t *testing.T) {
	// Each row is the inside of a pure package, triage, behind these imports.
	const head = `package triage
import ("cmp"; "fmt"; "maps"; "reflect"; "slices"; "sort"; "strings"; "time"; "github.com/google/uuid")
var _ = cmp.Compare[int]; var _ = fmt.Sprint; var _ = maps.Keys[map[int]int]; var _ reflect.Value
var _ = slices.Max[[]int]; var _ = sort.Ints; var _ strings.Builder; var _ time.Time; var _ uuid.UUID
`
	rows := []struct {
		reason string
		check  func(*folder) []string
		body   string
		caught string // "" where the body is fine
	}{
		{"the clock is an argument", checkNames, `func f() time.Time { return time.Now() }`, "time.Now"},
		{"a function value is a use too", checkNames, `var clock = time.Now`, "time.Now"},
		{"Since reads the clock", checkNames,
			`func f(t time.Time) time.Duration { return time.Since(t) }`, "time.Since"},
		{"waiting", checkNames, `func f() { time.Sleep(1) }`, "time.Sleep"},
		{"a timer", checkNames, `func f() { time.NewTimer(1).Stop() }`, "time.NewTimer"},
		{"the machine's zone", checkNames, `var z = time.Local`, "time.Local"},
		{"the machine's zone by method", checkNames,
			`func f(t time.Time) time.Time { return t.Local() }`, "(time.Time).Local"},
		{"the method After compares and does not wait", checkNames,
			`func f(t time.Time) bool { return t.After(t) }`, ""},
		{"Unix gives the machine's zone", checkNames, `func f() time.Time { return time.Unix(1, 0) }`, "time.Unix"},
		{"Unix in UTC", checkNames, `func f() time.Time { return time.UnixMilli(1).UTC() }`, ""},
		{"zones elsewhere", checkNames, `func f() { time.LoadLocation("UTC") }`, "time.LoadLocation"},
		{"a random id", checkNames, `func f() string { return uuid.NewString() }`, "uuid.NewString"},
		{"a random id under any name", checkNames, `var draw = uuid.New`, "uuid.New"},
		{"an id of what it stands for", checkNames, `func f() uuid.UUID { return uuid.NewSHA1(uuid.Nil, nil) }`, ""},
		{"standard output", checkNames, `func f() { fmt.Println() }`, "fmt.Println"},
		{"reflection over a map", checkNames, `func f(v reflect.Value) { v.MapRange() }`, "MapRange"},

		{"a goroutine", checkWords, `func f() { go f() }`, "go statement"},
		{"a channel in a type", checkWords, `type t struct{ c chan int }`, "chan"},
		{"select", checkWords, `func f() { select {} }`, "select"},
		{"a receive", checkWords, `func f[C ~chan int](c C) { <-c }`, "receive"},
		{"a panic", checkWords, `func f() { panic("no") }`, "panic"},
		{"a panic of one's own making", checkWords, `func f(panic func()) { panic() }`, ""},

		{"an assignment", checkState, `var n int; func f() { n = 1 }`, "n is assigned"},
		{"init assigns as well", checkState, `var n int; func init() { n = 1 }`, "n is assigned"},
		{"counting", checkState, `var n int; func f() { n++ }`, "n is counted"},
		{"a cache", checkState, `var m = map[int]int{}; func f() { m[1] = 2 }`, "m is assigned"},
		{"a field deep inside", checkState,
			`var v struct{ a []struct{ n int } }; func f() { v.a[0].n = 1 }`, "v is assigned"},
		{"delete", checkState, `var m = map[int]int{}; func f() { delete(m, 1) }`, "changed by delete"},
		{"an address", checkState, `var n int; func f() *int { return &n }`, "address"},
		{"a method that takes the address", checkState,
			`var b strings.Builder; func f() { b.WriteString("x") }`, "WriteString"},
		{"a sort in place", checkState, `var s = []int{2, 1}; func f() { slices.Sort(s) }`, "sorted in place"},
		{"another package's variable", checkState, `func f() { uuid.Nil = uuid.UUID{} }`, "Nil is assigned"},
		{"assigned by a range", checkState, `var n int; func f() { for n = range 3 {} }`, "assigned by range"},
		{"a table that is only read", checkState, `var m = map[int]int{1: 2}; func f() int { return m[1] }`, ""},
		{"a local of the same name", checkState, `var n int; func f() { n := 0; n++ }; var _ = n`, ""},
		{"built in its declaration", checkState,
			`var m = func() map[int]int { m := map[int]int{}; m[1] = 1; return m }()`, ""},

		{"map order in a slice", checkMapOrder,
			`func f(m map[string]int) (out []string) { for k := range m { out = append(out, k) }; return }`, "map's own order"},
		{"the same, sorted", checkMapOrder, `func f(m map[string]int) []string { var out []string
			for k := range m { out = append(out, k) }; sort.Strings(out); return out }`, ""},
		{"a named map type", checkMapOrder, `type set map[string]bool
			func f(m set, w *strings.Builder) { for k := range m { w.WriteString(k) } }`, "map's own order"},
		{"the first found", checkMapOrder,
			`func f(m map[string]int) string { for k := range m { return k }; return "" }`, "map's own order"},
		{"two answers", checkMapOrder, `func f(m map[int]int) int {
			for k, v := range m { if k == v { return 1 }; if k > v { return 2 } }; return 0 }`, "map's own order"},
		{"one answer", checkMapOrder,
			`func f(m map[int]int) bool { for k, v := range m { if k == v { return true } }; return false }`, ""},
		{"adding strings", checkMapOrder,
			`func f(m map[string]int) (s string) { for k := range m { s += k }; return }`, "map's own order"},
		{"adding floats", checkMapOrder,
			`func f(m map[int]float64) (s float64) { for _, v := range m { s += v }; return }`, "map's own order"},
		{"adding whole numbers", checkMapOrder,
			`func f(m map[int]int) (s int) { for _, v := range m { s += v }; return }`, ""},
		{"a copy under the same keys", checkMapOrder,
			`func f(m map[int]int) { c := map[int]int{}; for k, v := range m { c[k] = v } }`, ""},
		{"turned round, two keys may meet", checkMapOrder,
			`func f(m map[int]int) { c := map[int]int{}; for k, v := range m { c[v] = k } }`, "map's own order"},
		{"maps.Keys bare", checkMapOrder,
			`func f(m map[int]int) []int { return slices.Collect(maps.Keys(m)) }`, "maps.Keys"},
		{"maps.Keys ranged over", checkMapOrder,
			`func f(m map[string]int, w *strings.Builder) { for k := range maps.Keys(m) { w.WriteString(k) } }`, "map's own order"},
		{"maps.Keys sorted", checkMapOrder, `func f(m map[int]int) []int { return slices.Sorted(maps.Keys(m)) }`, ""},
		{"collected, then sorted", checkMapOrder,
			`func f(m map[int]int) []int { s := slices.Collect(maps.Values(m)); slices.Sort(s); return s }`, ""},
		{"a slice has an order", checkMapOrder,
			`func f(s []int) (out []int) { for _, v := range s { out = append(out, v) }; return }`, ""},
	}
	var folders []*folder
	for _, row := range rows {
		require.NotEmpty(t, row.reason)
		folders = append(folders, plant(t, "triage", head+row.body, ""))
	}
	c, err := newTyped(folders[:1])
	require.NoError(t, err)
	for i, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			c.check(folders[i])
			require.NoError(t, folders[i].broken, "the planted source must compile")
			caught(t, row.check(folders[i]), row.caught, row.reason)
		})
	}
}

// caught wants findings that all say want, or none where want is empty.
func caught(t *testing.T, findings []string, want, reason string) {
	t.Helper()
	if want == "" {
		assert.Empty(t, findings, reason)
		return
	}
	require.NotEmpty(t, findings, "not caught: %s", reason)
	assert.Contains(t, strings.Join(findings, "\n"), want, reason)
}

func TestPlantedExemption(t *testing.T) {
	once := `package ask; import "time"; func f() { time.LoadLocation("UTC") }`
	for _, row := range []struct{ reason, text, caught string }{
		{"exactly once is what was agreed", once, ""},
		{"twice is once too often", once + `; func g() { time.LoadLocation("UTC") }`, "time.LoadLocation in a pure"},
		{"not at all leaves an exemption behind", `package ask`, "exempt 1 times and used 0"},
	} {
		f := plant(t, "triage/ask", row.text, "")
		c, err := newTyped([]*folder{f})
		require.NoError(t, err)
		c.check(f)
		require.NoError(t, f.broken)
		caught(t, checkNames(f), row.caught, row.reason)
	}
}

func TestPlantedImports(t *testing.T) {
	const example = "package triage_test\n\nfunc Example() {\n\t// Output: x\n}\n"
	for _, row := range []struct {
		reason     string
		check      func(*folder) []string
		dir        string
		text, test string
		caught     string
	}{
		{"to the left", checkArrows, "triage", `package triage; import _ "` + module + `/mention"`, "", ""},
		{"to the right", checkArrows, "triage",
			`package triage; import _ "` + module + `/escalation"`, "", "to its right"},
		{"a sub-package of one's own that stands right", checkArrows, "triage",
			`package triage; import _ "` + module + `/triage/when"`, "", "to its right"},
		{"to what has no place", checkArrows, "triage",
			`package triage; import _ "` + module + `/mention/new"`, "", "no place"},
		{"tests go left too", checkArrows, "triage", `package triage`,
			`package triage_test; import _ "` + module + `/channel"`, "to its right"},
		{"a test may import its own sub-packages", checkArrows, "triage", `package triage`,
			`package triage_test; import _ "` + module + `/triage/when"`, ""},
		{"a test may import what it tests", checkArrows, "triage", `package triage`,
			`package triage_test; import _ "` + module + `/triage"`, ""},
		{"channel may import all that is pure", checkArrows, "channel",
			`package channel; import _ "` + module + `/respond"`, "", ""},

		{"context", checkImports, "mention", `package mention; import _ "context"`, "", "is pure"},
		{"a lock", checkImports, "respond/trail", `package trail; import _ "sync"`, "", "is pure"},
		{"a disk", checkImports, "escalation", `package escalation; import _ "os"`, "", "is pure"},
		{"an address is not a network", checkImports, "mention", `package mention; import _ "net/url"`, "", ""},
		{"random numbers of the second kind", checkImports, "triage",
			`package triage; import _ "math/rand/v2"`, "", "is pure"},
		{"a lock in the desk", checkImports, "channel/desk", `package desk; import _ "sync"`, "", ""},
		{"a disk in a test", checkImports, "mention", `package mention`, `package mention; import _ "os"`, ""},
		{"a new dependency", checkImports, "channel",
			`package channel; import _ "github.com/jackc/pgx/v5"`, "", "nested module"},
		{"one that only begins the same", checkImports, "mention",
			`package mention; import _ "golang.org/x/textual"`, "", "nested module"},
		{"testify in what is shipped", checkImports, "channel",
			`package channel; import _ "github.com/stretchr/testify/assert"`, "", "only _test.go"},

		{"no package comment", checkPackageComment, "triage", `package triage`, "", "has 0 package comments"},
		{"a package comment elsewhere", checkPackageComment, "triage",
			"// Package triage judges.\npackage triage", "", "stands in doc.go"},
		{"a package comment that begins otherwise", checkPackageComment, "triage",
			"// We judge.\npackage triage", "", "begins its comment"},
		{"no example", checkExample, "triage", `package triage`, "", "has no Example"},
		{"an example that nothing compares", checkExample, "triage",
			`package triage`, "package triage_test\n\nfunc Example() {}\n", "has no Example"},
		{"an example", checkExample, "triage", `package triage`, example, ""},

		{"a type", checkDocs, "triage", "package triage\n\ntype T int\n", "", "T has no comment"},
		{"a function", checkDocs, "triage", "package triage\n\nfunc F() {}\n", "", "F has no comment"},
		{"a method", checkDocs, "triage",
			"package triage\n\n// T is.\ntype T int\n\nfunc (T) M() {}\n", "", "M has no comment"},
		{"a method nobody can call by the type's name", checkDocs, "triage",
			"package triage\n\ntype t int\n\nfunc (*t) M() {}\n", "", ""},
		{"a constant", checkDocs, "triage", "package triage\n\nconst C = 1\n", "", "C has no comment"},
		{"constants under one comment", checkDocs, "triage",
			"package triage\n\n// C and D are.\nconst (\n\tC = 1\n\tD = 2\n)\n", "", ""},
		{"a method of an interface", checkDocs, "triage",
			"package triage\n\n// I is.\ntype I interface{ M() }\n", "", "I.M has no comment"},
		{"a number without its unit", checkDocs, "triage",
			"package triage\n\n// T is.\ntype T struct{ Score int }\n", "", "T.Score has no comment"},
		{"a time without its zone", checkDocs, "triage",
			"package triage\n\n// T is.\ntype T struct{ At *time.Time }\n", "", "T.At has no comment"},
		{"a number that the type's comment explains", checkDocs, "triage",
			"package triage\n\n// T has a score in per mille.\ntype T struct{ Score int }\n", "", ""},

		{"too many names", checkBudget, "triage",
			"package triage\n\n" + strings.Repeat("func F() {}\n", mostNames+1), "", "prints 31 lines"},
		{"just enough names", checkBudget, "triage",
			"package triage\n\n" + strings.Repeat("func F() {}\n", mostNames), "", ""},
		{"a vocabulary", checkBudget, "respond/event",
			"package event\n\n" + strings.Repeat("type T int\n", mostNames+1), "", ""},
		{"a long file", checkLength, "triage",
			"package triage\n" + strings.Repeat("\n", mostLines), "", "give its second noun a file"},
		{"a file just short enough", checkLength, "triage",
			"package triage\n" + strings.Repeat("\n", mostLines-1), "", ""},
		{"a long line", checkColumns, "triage",
			"package triage\n\n// " + strings.Repeat("word ", 30) + "\n", "", "columns"},
		{"left open", checkDrawers, "triage", "package triage\n\n// TO" + "DO: later\n", "", "do it"},
		{"a drawer for the rest", checkDrawers, "mention/utils", "package utils\n", "", "name it after"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			caught(t, row.check(plant(t, row.dir, row.text, row.test)), row.caught, row.reason)
		})
	}
}

func TestPlantedFolders(t *testing.T) {
	assert.Empty(t, checkPlaces(order), "the list agrees with itself")
	caught(t, checkPlaces(append([]string{"mention/new"}, order...)), "mention/new: has no place", "a new folder")
	caught(t, checkPlaces(order[1:]), "has no Go files", "a folder that went away")

	file := &fstest.MapFile{Data: []byte("package p\n")}
	folders, err := readHouse(fstest.MapFS{
		"mention/a.go": file, "mention/new/a.go": file, "mention/testdata/a.go": file, ".ci/tools/a.go": file,
		"_old/a.go": file, "channel/desk/sqlitestore/go.mod": file, "channel/desk/sqlitestore/a.go": file,
	})
	require.NoError(t, err)
	var dirs []string
	for _, f := range folders {
		dirs = append(dirs, f.path)
	}
	assert.Equal(t, []string{"mention", "mention/new"}, dirs, "testdata, dot and underscore folders and nested modules are not ours")

	_, err = readHouse(fstest.MapFS{"mention/a.go": &fstest.MapFile{Data: []byte("no go")}})
	assert.Error(t, err, "a file that does not parse is not passed over")
}

func TestPlantedOrderOfPureness(t *testing.T) {
	assert.True(t, isPure("mention/spec"))
	assert.True(t, isPure("respond/trail"))
	assert.True(t, isPure("respond/new"), "what has no place is pure until somebody says otherwise")
	assert.False(t, isPure("channel"))
	assert.False(t, isPure("examples/quickstart"))
}
