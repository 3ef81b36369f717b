package reputation_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the root's tests look at: every Go file of the module, parsed once. The checks in arrows_test.go,
// purity_test.go and habits_test.go take a folder and give sentences, one per finding, so that planted_test.go
// can show each of them bad source and see it caught.

const module = "github.com/reputekit/reputation"

// source is one Go file.
type source struct {
	name string // from the module's root, with slashes: mention/ref.go
	test bool
	text []byte
	ast  *ast.File
}

// folder is one package folder with its tests.
type folder struct {
	path    string // from the module's root: mention/spec, "." for the root
	fset    *token.FileSet
	sources []source
	pkg     *types.Package // nil until checked, and for what is not pure
	info    *types.Info
	broken  error // the first type error
}

// shipped are the files that are no tests.
func (f *folder) shipped() []source {
	return slices.DeleteFunc(slices.Clone(f.sources), func(s source) bool { return s.test })
}

// at writes a position the way compilers do.
func (f *folder) at(n ast.Node) string {
	p := f.fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

func (f *folder) add(name string, text []byte) error {
	file, err := parser.ParseFile(f.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	f.sources = append(f.sources, source{name: name, test: strings.HasSuffix(name, "_test.go"), text: text, ast: file})
	return nil
}

// imports gives the import paths of a file.
func imports(file *ast.File) []string {
	var out []string
	for _, spec := range file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// house is the whole module, read once per test binary. Reading the files here, and not in a child process,
// is also what tells go test that a cached result is stale.
var house = sync.OnceValues(func() ([]*folder, error) { return readHouse(os.DirFS(".")) })

func wholeHouse(t *testing.T) []*folder {
	t.Helper()
	folders, err := house()
	require.NoError(t, err, "every Go file must parse")
	require.NotEmpty(t, folders)
	return folders
}

// readHouse walks a module: not testdata, not what begins with a dot or underscore, not nested modules.
func readHouse(root fs.FS) ([]*folder, error) {
	byPath := map[string]*folder{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return enter(root, name)
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		dir := path.Dir(name)
		if byPath[dir] == nil {
			byPath[dir] = &folder{path: dir, fset: token.NewFileSet()}
		}
		return byPath[dir].add(name, text)
	})
	if err != nil {
		return nil, err
	}
	var out []*folder
	for _, dir := range order {
		if f := byPath[dir]; f != nil {
			out = append(out, f)
			delete(byPath, dir)
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(byPath)) { // what has no place yet stands at the end
		out = append(out, byPath[dir])
	}
	return out, nil
}

func enter(root fs.FS, name string) error {
	if name == "." {
		return nil
	}
	base := path.Base(name)
	if base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
		return fs.SkipDir
	}
	if _, err := fs.Stat(root, path.Join(name, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

// typed type-checks folders that stand in import order. Packages of the module are checked from source; others
// come from the export data that the go command has cached, so this needs no dependency and a second or two.
type typed struct {
	module map[string]*types.Package
	others types.Importer
}

// newTyped asks the go command for the export data of every package outside the module that the folders import.
func newTyped(folders []*folder) (*typed, error) {
	wanted := map[string]bool{}
	for _, f := range folders {
		for _, s := range f.shipped() {
			for _, p := range imports(s.ast) {
				if p != module && !strings.HasPrefix(p, module+"/") && p != "unsafe" && p != "C" {
					wanted[p] = true
				}
			}
		}
	}
	args := append([]string{"list", "-e", "-export", "-f", "{{.ImportPath}}\t{{.Export}}", "--"},
		slices.Sorted(maps.Keys(wanted))...)
	cmd := exec.Command("go", args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list -export: %w\n%s", err, stderr.String())
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		p, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		exports[p] = file
	}
	open := func(p string) (io.ReadCloser, error) {
		if exports[p] == "" {
			return nil, fmt.Errorf("no export data for %q", p)
		}
		return os.Open(filepath.Clean(exports[p]))
	}
	return &typed{
		module: map[string]*types.Package{},
		others: importer.ForCompiler(token.NewFileSet(), "gc", open),
	}, nil
}

// Import satisfies types.Importer.
func (c *typed) Import(p string) (*types.Package, error) {
	if p != module && !strings.HasPrefix(p, module+"/") {
		return c.others.Import(p)
	}
	if pkg := c.module[p]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("%s does not stand to the left, or does not compile", p)
}

// check fills in what the folder's names mean. The first type error is kept: half the information about a package
// is no ground for saying that it is pure.
func (c *typed) check(f *folder) {
	f.info = &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	var files []*ast.File
	for _, s := range f.shipped() {
		files = append(files, s.ast)
	}
	conf := types.Config{Importer: c, Error: func(err error) {
		if f.broken == nil {
			f.broken = err
		}
	}}
	full := path.Join(module, f.path)
	f.pkg, _ = conf.Check(full, f.fset, files, f.info) // errors arrive through conf.Error, all but one would be lost here
	if f.broken == nil {
		c.module[full] = f.pkg
	}
}

// pureHouse is every package left of channel, with types.
var pureHouse = sync.OnceValues(func() ([]*folder, error) {
	folders, err := house()
	if err != nil {
		return nil, err
	}
	var pure []*folder
	for _, f := range folders {
		if isPure(f.path) {
			pure = append(pure, f)
		}
	}
	c, err := newTyped(pure)
	if err != nil {
		return nil, err
	}
	for _, f := range pure {
		c.check(f)
	}
	return pure, nil
})

func TestPurePackagesCompile(t *testing.T) {
	folders, err := pureHouse()
	require.NoError(t, err)
	for _, f := range folders {
		if f.broken != nil {
			t.Errorf("%s: does not compile, so whether it is pure is not known: %v", f.path, f.broken)
		}
	}
}

// typedHouse is the pure packages that compile; TestPurePackagesCompile fails where one does not.
func typedHouse(t *testing.T) []*folder {
	t.Helper()
	folders, err := pureHouse()
	require.NoError(t, err)
	return slices.DeleteFunc(slices.Clone(folders), func(f *folder) bool { return f.broken != nil })
}

// each runs a check over folders and reports every finding as one failure line.
func each(t *testing.T, folders []*folder, check func(*folder) []string) {
	t.Helper()
	for _, f := range folders {
		for _, finding := range check(f) {
			t.Error(finding)
		}
	}
}
