package reputation_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
)

// order is the whole library as one list. A package imports only packages above it: left in the sentence
// mention -> triage -> escalation -> respond -> channel is up here. A new folder fails the tests until it is
// placed, and a line without a folder fails too.
var order = []string{
	".", // doc.go only

	"mention/spec",
	"mention/lexis",
	"mention/sensitive",
	"mention",
	"mention/rows",
	"mention/group",
	"mention/thread",

	"triage/tally",
	"triage/surge",
	"triage/ask",
	"triage/signal",
	"triage",
	"triage/when",
	"triage/learn",
	"triage/policies",
	"triage/policytest",
	"triage/backtest",

	"escalation/hours",
	"escalation/roster",
	"escalation",
	"escalation/chart",
	"escalation/throttle",
	"escalation/duty",
	"escalation/foresee",
	"escalation/standard",

	"respond/privacy",
	"respond/event",
	"respond/effect",
	"respond/trail",
	"respond/template",
	"respond/guideline",
	"respond/moderation",
	"respond/fact",
	"respond/strategy",
	"respond/followup",
	"respond/playbook",
	"respond/playbook/care",
	"respond/dealing",
	"respond",
	"respond/incident",
	"respond/incident/account",
	"respond/respondtest",
	"respond/insight/survey",
	"respond/insight/grade",
	"respond/insight",

	// From here on packages may wait, lock, read and write.
	"channel/gate",
	"channel",
	"channel/wire",
	"channel/memory",
	"channel/channeltest",
	"channel/webhook",
	"channel/mail",
	"channel/desk",
	"channel/desk/figures",
	"channel/desk/desktest",
	"channel/desk/notify",
	"channel/desk/memstore",
	"channel/desk/storetest",

	"examples/hello",
	"examples/quickstart/day",
	"examples/quickstart",
	"examples/measure",
	"examples/policytest",
	"examples/bot",
}

// firstImpure is where the pure part of order ends.
const firstImpure = "channel/gate"

// harnesses are packages that exist to test other packages. They stand in order like every package and import
// only to their left, but they need not be pure, and tests of packages to their left may import them.
var harnesses = []string{
	"triage/policytest", "respond/respondtest", "channel/desk/storetest", "channel/channeltest", "channel/desk/desktest",
}

// pureImports is what a pure package may take from the standard library: nothing that waits, locks, reads a
// clock, a disk or a network, or draws lots. Single names that are denied all the same stand in purity_test.go.
var pureImports = []string{
	"bufio", "bytes", "cmp", "compress/gzip", "crypto/sha1", "crypto/sha256", "embed",
	"encoding", "encoding/base64", "encoding/binary", "encoding/csv", "encoding/hex", "encoding/json",
	"errors", "fmt", "hash/fnv", "html", "io", "io/fs", "iter", "maps", "math", "math/bits", "net/url", "path",
	"reflect", "regexp", "regexp/syntax", "slices", "sort", "strconv", "strings",
	"text/template", "text/template/parse", "time", "unicode", "unicode/utf16", "unicode/utf8",
}

// modules are the direct dependencies of the core, with the tests' one apart. Anything else is a nested module.
var (
	modules     = []string{"golang.org/x/text", "github.com/google/uuid", "github.com/Masterminds/sprig/v3"}
	testModules = []string{"github.com/stretchr/testify"}
)

func place(dir string) int { return slices.Index(order, dir) }

// isPure says whether a folder stands left of channel and is no test harness. What has no place is pure until
// somebody says otherwise.
func isPure(dir string) bool {
	return place(dir) < place(firstImpure) && !slices.Contains(harnesses, dir)
}

func TestEveryPackageHasItsPlace(t *testing.T) {
	var dirs []string
	for _, f := range wholeHouse(t) {
		dirs = append(dirs, f.path)
	}
	for _, finding := range checkPlaces(dirs) {
		t.Error(finding)
	}
}

func checkPlaces(dirs []string) []string {
	var out []string
	for _, dir := range dirs {
		if place(dir) < 0 {
			out = append(out, fmt.Sprintf("%s: has no place: add it to order in arrows_test.go, right of all it imports", dir))
		}
	}
	for i, dir := range order {
		if !slices.Contains(dirs, dir) {
			out = append(out, fmt.Sprintf("%s: stands in order in arrows_test.go but has no Go files: take the line out", dir))
		}
		if place(dir) != i {
			out = append(out, fmt.Sprintf("%s: stands in order twice: take one line out", dir))
		}
	}
	for _, dir := range harnesses {
		if place(dir) < 0 {
			out = append(out, fmt.Sprintf("%s: is named as a harness but stands nowhere in order", dir))
		}
	}
	return out
}

func TestImportsGoLeft(t *testing.T) { each(t, wholeHouse(t), checkArrows) }

// checkArrows looks at tests as well: a package that can only be tested with what stands right of it is not
// finished. They may import what stands inside their own folder: triage is tested with the words of triage/when.
func checkArrows(f *folder) []string {
	var out []string
	for _, s := range f.sources {
		for _, p := range imports(s.ast) {
			dir, ours := inModule(p)
			switch {
			case !ours || s.test && (dir == f.path || strings.HasPrefix(dir, f.path+"/")):
			case place(dir) < 0:
				out = append(out, fmt.Sprintf("%s: imports %s, which has no place in order (arrows_test.go)", s.name, p))
			case slices.Contains(harnesses, dir) && s.test:
			case slices.Contains(harnesses, dir) && !slices.Contains(harnesses, f.path):
				out = append(out, fmt.Sprintf("%s: imports the test harness %s: only tests may", s.name, p))
			case place(dir) >= place(f.path):
				out = append(out, fmt.Sprintf("%s: imports %s, which stands to its right: what comes back from the right "+
					"comes back as an event; move the shared piece under its leftmost user", s.name, p))
			}
		}
	}
	return out
}

func inModule(p string) (dir string, ours bool) {
	if p == module {
		return ".", true
	}
	return strings.CutPrefix(p, module+"/")
}

func TestPureImports(t *testing.T) { each(t, wholeHouse(t), checkImports) }

// checkImports holds pure packages to the allow-list, and every package to the module's few dependencies.
func checkImports(f *folder) []string {
	var out []string
	for _, s := range f.sources {
		for _, p := range imports(s.ast) {
			_, ours := inModule(p)
			standard := !strings.Contains(strings.Split(p, "/")[0], ".")
			switch {
			case ours:
			case standard && (s.test || !isPure(f.path) || slices.Contains(pureImports, p)):
			case standard:
				out = append(out, fmt.Sprintf("%s: imports %s: a package left of channel is pure; take what it gives as "+
					"an argument, or add it to pureImports in arrows_test.go with the reason", s.name, p))
			case within(p, modules) || s.test && within(p, testModules):
			case within(p, testModules):
				out = append(out, fmt.Sprintf("%s: imports %s: only _test.go files may", s.name, p))
			default:
				out = append(out, fmt.Sprintf("%s: imports %s: no dependency of the core; what needs it is a nested module",
					s.name, p))
			}
		}
	}
	return out
}

func within(p string, modules []string) bool {
	return slices.ContainsFunc(modules, func(m string) bool { return p == m || strings.HasPrefix(p, m+"/") })
}

func TestTopLevelStaysSmall(t *testing.T) {
	top := []string{".", "mention", "triage", "escalation", "respond", "channel", "examples"}
	for _, f := range wholeHouse(t) {
		if first, _, _ := strings.Cut(path.Clean(f.path), "/"); !slices.Contains(top, first) {
			t.Errorf("%s: new packages go inside the five, or under examples", f.path)
		}
	}
}
