package reputation_test

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	mostLines   = 450 // of a file; pleasant ones have 70 to 330
	mostColumns = 120 // of a line, give or take twenty
	mostNames   = 30  // lines of go doc -short
)

// longFiles may be longer than mostLines. A file that has to stand here usually holds a second noun.
var longFiles = []string{}

// vocabularies are packages that are lists of names by their nature, so mostNames is not asked of them.
var vocabularies = []string{"respond/event", "respond/effect", "triage/when"}

func TestFilesAreShort(t *testing.T) { each(t, wholeHouse(t), checkLength) }

func checkLength(f *folder) []string {
	var out []string
	for _, s := range f.sources {
		lines := strings.Split(strings.TrimSuffix(string(s.text), "\n"), "\n")
		if len(lines) > mostLines && !slices.Contains(longFiles, s.name) {
			out = append(out, fmt.Sprintf("%s: %d lines, at most %d: give its second noun a file", s.name, len(lines), mostLines))
		}
	}
	return out
}

func TestNamesSayWhatIsInside(t *testing.T) { each(t, wholeHouse(t), checkDrawers) }

// checkDrawers refuses names for whatever is left over, and work left over.
func checkDrawers(f *folder) []string {
	var out []string
	leftovers := []string{"utils", "util", "types", "common", "helpers", "helper", "manager", "misc", "base"}
	for _, s := range f.sources {
		name := strings.TrimSuffix(strings.TrimSuffix(path.Base(s.name), ".go"), "_test")
		if slices.Contains(leftovers, name) || slices.Contains(leftovers, path.Base(f.path)) {
			out = append(out, fmt.Sprintf("%s: name it after what is in it", s.name))
		}
		for _, group := range s.ast.Comments {
			if word := unfinished.FindString(group.Text()); word != "" {
				out = append(out, fmt.Sprintf("%s: %s: do it, or write an issue", f.at(group), word))
			}
		}
	}
	return out
}

var unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`)

func TestPackagesAreReadInAMinute(t *testing.T) { each(t, wholeHouse(t), checkBudget) }

// checkBudget counts the lines that go doc -short prints.
func checkBudget(f *folder) []string {
	if n := shortLines(f); n > mostNames && !slices.Contains(vocabularies, f.path) {
		return []string{fmt.Sprintf("%s: go doc -short prints %d lines, at most %d: unexport what only this package needs, "+
			"or give a second noun a package", f.path, n, mostNames)}
	}
	return nil
}

// shortLines is the length of go doc -short: a line per function, per type, and per group of constants or variables.
func shortLines(f *folder) int {
	n := 0
	for _, s := range f.shipped() {
		for _, decl := range s.ast.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.IsExported() {
					n++
				}
			case *ast.GenDecl:
				n += shortLinesOf(d)
			}
		}
	}
	return n
}

func shortLinesOf(d *ast.GenDecl) int {
	n := 0
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() {
				n++
			}
		case *ast.ValueSpec:
			if slices.ContainsFunc(spec.Names, (*ast.Ident).IsExported) {
				return 1
			}
		}
	}
	return n
}

func TestEverythingExportedIsDocumented(t *testing.T) { each(t, wholeHouse(t), checkDocs) }

// checkDocs asks for a comment on every exported function, method, type, interface method, constant and variable,
// and on fields that hold a bare number or a time, whose unit or zone no name tells. One comment serves the fields
// that stand beneath it without an empty line, and those that the type's own comment names.
func checkDocs(f *folder) []string {
	if strings.HasPrefix(f.path, "examples/") {
		return nil
	}
	var out []string
	missing := func(n ast.Node, name string) {
		out = append(out, fmt.Sprintf("%s: %s has no comment: say shape, unit, zone, zero value, errors", f.at(n), name))
	}
	for _, s := range f.shipped() {
		for _, decl := range s.ast.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					missing(d, d.Name.Name)
				}
			case *ast.GenDecl:
				docsOfGroup(f, d, missing)
			}
		}
	}
	return out
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if index, ok := t.(*ast.IndexExpr); ok {
		t = index.X
	}
	id, ok := t.(*ast.Ident)
	return ok && id.IsExported()
}

func docsOfGroup(f *folder, d *ast.GenDecl, missing func(ast.Node, string)) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if !spec.Name.IsExported() {
				continue
			}
			if spec.Doc == nil && d.Doc == nil {
				missing(spec, spec.Name.Name)
			}
			about := strings.ToLower(d.Doc.Text() + spec.Doc.Text())
			switch t := spec.Type.(type) {
			case *ast.StructType:
				docsOfFields(f, spec.Name.Name, about, t.Fields, hasUnit, missing)
			case *ast.InterfaceType:
				docsOfFields(f, spec.Name.Name, about, t.Methods, func(ast.Expr) bool { return true }, missing)
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() && spec.Doc == nil && spec.Comment == nil && d.Doc == nil {
					missing(spec, name.Name)
				}
			}
		}
	}
}

func docsOfFields(f *folder, of, about string, fields *ast.FieldList, asked func(ast.Expr) bool,
	missing func(ast.Node, string),
) {
	served, last := false, 0
	for _, field := range fields.List {
		line := f.fset.Position(field.Pos()).Line
		served = field.Doc != nil || field.Comment != nil || served && line == last+1
		last = f.fset.Position(field.End()).Line
		for _, name := range field.Names {
			named := strings.Contains(about, strings.ToLower(name.Name))
			if name.IsExported() && asked(field.Type) && !served && !named {
				missing(field, of+"."+name.Name)
			}
		}
	}
}

// hasUnit says whether a field's type is a bare number, an instant or a length of time, or many of them.
func hasUnit(t ast.Expr) bool {
	switch t := t.(type) {
	case *ast.Ident:
		return numbers.MatchString(t.Name)
	case *ast.StarExpr:
		return hasUnit(t.X)
	case *ast.ArrayType:
		return hasUnit(t.Elt) && types.ExprString(t.Elt) != "byte"
	case *ast.MapType:
		return hasUnit(t.Value)
	case *ast.SelectorExpr:
		return types.ExprString(t) == "time.Time" || types.ExprString(t) == "time.Duration"
	}
	return false
}

var numbers = regexp.MustCompile(`^(u?int(8|16|32|64)?|float(32|64)|byte)$`)

func TestPackagesSayWhatToDo(t *testing.T) { each(t, wholeHouse(t), checkPackageComment) }

// checkPackageComment wants one package comment, in doc.go, or beside main for a command.
func checkPackageComment(f *folder) []string {
	var out, where []string
	for _, s := range f.shipped() {
		if s.ast.Doc == nil {
			continue
		}
		where = append(where, s.name)
		if s.ast.Name.Name != "main" && path.Base(s.name) != "doc.go" {
			out = append(out, fmt.Sprintf("%s: has the package comment: it stands in doc.go", s.name))
		}
		if s.ast.Name.Name != "main" && !strings.HasPrefix(s.ast.Doc.Text(), "Package "+s.ast.Name.Name+" ") {
			out = append(out, fmt.Sprintf("%s: begins its comment otherwise than with Package %s", s.name, s.ast.Name.Name))
		}
	}
	if len(where) != 1 {
		out = append(out, fmt.Sprintf("%s: has %d package comments, wants one, beginning with what the reader must do",
			f.path, len(where)))
	}
	return out
}

// withoutExample are packages that hold nothing to call.
var withoutExample = []string{"."}

func TestPackagesHaveAnExample(t *testing.T) { each(t, wholeHouse(t), checkExample) }

// checkExample wants an example whose output go test compares, in every package that is a library.
func checkExample(f *folder) []string {
	if strings.HasPrefix(f.path, "examples/") || slices.Contains(withoutExample, f.path) ||
		slices.Contains(harnesses, f.path) {
		return nil
	}
	var tests []*ast.File
	for _, s := range f.sources {
		if s.test {
			tests = append(tests, s.ast)
		}
	}
	for _, example := range doc.Examples(tests...) {
		if example.Output != "" {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s: has no Example with an // Output: write one for somebody who has never seen it", f.path)}
}

func TestLinesFit(t *testing.T) { each(t, wholeHouse(t), checkColumns) }

// checkColumns counts a tab as four and lets a line that is one long string or address be.
func checkColumns(f *folder) []string {
	var out []string
	for _, s := range f.sources {
		file := f.fset.File(s.ast.Pos())
		long := longLiterals(file, s.ast)
		n := 0
		for line := range strings.Lines(string(s.text)) {
			n++
			width := len([]rune(strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    ")))
			if width > mostColumns+20 && !long[n] && !strings.Contains(line, "://") {
				out = append(out, fmt.Sprintf("%s:%d: %d columns, about %d fit", s.name, n, width, mostColumns))
			}
		}
	}
	return out
}

// longLiterals are the lines that a string of more than half a line stands on: test data is not broken for looks.
func longLiterals(file *token.File, f *ast.File) map[int]bool {
	out := map[int]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && len(lit.Value) > mostColumns/2 {
			for line := file.Line(lit.Pos()); line <= file.Line(lit.End()); line++ {
				out[line] = true
			}
		}
		return true
	})
	return out
}

// mostBytes is the size of a file that somebody wrote; the longest has a tenth of it.
const mostBytes = 1 << 20

// TestNothingBuiltIsKept looks at every file that is under version control, or would be.
func TestNothingBuiltIsKept(t *testing.T) {
	out, err := exec.Command("git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z").Output()
	if err != nil {
		t.Skipf("no checkout to look at: %v", err)
	}
	for name := range strings.SplitSeq(strings.Trim(string(out), "\x00"), "\x00") {
		if is, err := os.Stat(name); err == nil && is.Size() > mostBytes {
			t.Errorf("%s: %d bytes, at most %d: nobody wrote it", name, is.Size(), mostBytes)
		}
	}
}
