package reputation_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// denied are single names out of packages that are allowed, as go/types writes them in full.
var denied = map[string]string{
	"time.Now":                 "take now as an argument",
	"time.Since":               "take now as an argument",
	"time.Until":               "take now as an argument",
	"time.After":               "waiting is an effect with a due time",
	"time.AfterFunc":           "waiting is an effect with a due time",
	"time.Tick":                "waiting is an effect with a due time",
	"time.NewTicker":           "waiting is an effect with a due time",
	"time.NewTimer":            "waiting is an effect with a due time",
	"time.Sleep":               "waiting is an effect with a due time",
	"time.Local":               "the machine's zone is not ours: zones come in by name",
	"time.LoadLocation":        "zones come in through Options.Zone of triage and escalation",
	"(time.Time).Local":        "the machine's zone is not ours: zones come in by name",
	"time.Unix":                "gives the machine's zone: put .UTC() behind it",
	"time.UnixMilli":           "gives the machine's zone: put .UTC() behind it",
	"time.UnixMicro":           "gives the machine's zone: put .UTC() behind it",
	"fmt.Print":                "write to an io.Writer that was given",
	"fmt.Printf":               "write to an io.Writer that was given",
	"fmt.Println":              "write to an io.Writer that was given",
	"fmt.Scan":                 "read from an io.Reader that was given",
	"fmt.Scanf":                "read from an io.Reader that was given",
	"fmt.Scanln":               "read from an io.Reader that was given",
	"(reflect.Value).MapRange": "gives the map's own order",
	"(reflect.Value).MapKeys":  "gives the map's own order",
}

// exempt are the lines that may: how many uses of a denied name a folder has, exactly.
var exempt = map[string]map[string]int{
	"triage/ask": {"time.LoadLocation": 1}, // what a nil Options.Zone means, in triage and in escalation
}

const uuidPath = "github.com/google/uuid"

func TestPurePackagesAskNobody(t *testing.T) { each(t, typedHouse(t), checkNames) }

// checkNames looks every used name up: clocks, standard output, random ids.
func checkNames(f *folder) []string {
	var out []string
	used := map[string]int{}
	for _, s := range f.shipped() {
		above := parents(s.ast)
		ast.Inspect(s.ast, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok || f.info.Uses[id] == nil || f.info.Uses[id].Pkg() == nil {
				return true
			}
			name := fullName(f.info.Uses[id])
			why, bad := denied[name]
			if f.info.Uses[id].Pkg().Path() == uuidPath && strings.HasPrefix(name, uuidPath+".New") &&
				!strings.HasSuffix(name, ".NewSHA1") {
				bad, why = true, "ids are mention.Key of what they stand for, never drawn"
			}
			if strings.HasPrefix(name, "time.Unix") && isUTC(id, above) {
				bad = false
			}
			if !bad {
				return true
			}
			used[name]++
			if used[name] > exempt[f.path][name] {
				out = append(out, fmt.Sprintf("%s: %s in a pure package: %s", f.at(id), name, why))
			}
			return true
		})
	}
	for name, times := range exempt[f.path] {
		if used[name] < times {
			out = append(out, fmt.Sprintf("%s: %s is exempt %d times and used %d: take the exemption out of purity_test.go",
				f.path, name, times, used[name]))
		}
	}
	return out
}

func fullName(o types.Object) string {
	if fn, ok := o.(*types.Func); ok {
		return fn.FullName()
	}
	if o.Parent() == o.Pkg().Scope() {
		return o.Pkg().Path() + "." + o.Name()
	}
	return o.Name()
}

// isUTC says whether a call time.Unix...(x) is at once followed by .UTC() or .In(zone).
func isUTC(id *ast.Ident, above map[ast.Node]ast.Node) bool {
	call, ok := above[above[id]].(*ast.CallExpr)
	if !ok {
		return false
	}
	next, ok := above[call].(*ast.SelectorExpr)
	return ok && (next.Sel.Name == "UTC" || next.Sel.Name == "In")
}

// parents maps every node of a file to the one around it.
func parents(file *ast.File) map[ast.Node]ast.Node {
	above := map[ast.Node]ast.Node{}
	var stack []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if len(stack) > 0 {
			above[n] = stack[len(stack)-1]
		}
		stack = append(stack, n)
		return true
	})
	return above
}

func TestPurePackagesStartNothing(t *testing.T) { each(t, typedHouse(t), checkWords) }

// checkWords looks at the language's own words: nothing runs beside, nothing falls over.
func checkWords(f *folder) []string {
	var out []string
	say := func(n ast.Node, what, instead string) {
		out = append(out, fmt.Sprintf("%s: %s in a pure package: %s", f.at(n), what, instead))
	}
	for _, s := range f.shipped() {
		ast.Inspect(s.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				say(n, "go statement", "goroutines belong to channel/desk alone")
			case *ast.SelectStmt:
				say(n, "select", "waiting belongs to channel/desk alone")
			case *ast.ChanType:
				say(n, "chan", "give an iter.Seq or a slice")
			case *ast.SendStmt:
				say(n, "send", "give an iter.Seq or a slice")
			case *ast.UnaryExpr:
				if n.Op == token.ARROW {
					say(n, "receive", "take an iter.Seq or a slice")
				}
			case *ast.Ident:
				b, ok := f.info.Uses[n].(*types.Builtin)
				switch {
				case ok && b.Name() == "panic":
					say(n, "panic", "bad input costs an error or an answer")
				case ok && strings.HasPrefix(b.Name(), "print"):
					say(n, b.Name(), "write to an io.Writer that was given")
				}
			}
			return true
		})
	}
	return out
}

func TestPurePackagesHoldNoState(t *testing.T) { each(t, typedHouse(t), checkState) }

// checkState finds package-level variables that are written outside their declaration, in whole or in part, or
// whose address is taken, which is how they would be written. It does not follow copies of a map or slice.
func checkState(f *folder) []string {
	var out []string
	written := func(at ast.Node, e ast.Expr, how string) {
		if v := rootVar(f.info, e); v != nil && v.Parent() == v.Pkg().Scope() {
			out = append(out, fmt.Sprintf("%s: package-level %s %s: build it in its declaration, or make it an argument",
				f.at(at), v.Name(), how))
		}
	}
	for _, s := range f.shipped() {
		ast.Inspect(s.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if n.Tok != token.DEFINE {
					for _, left := range n.Lhs {
						written(n, left, "is assigned")
					}
				}
			case *ast.IncDecStmt:
				written(n, n.X, "is counted")
			case *ast.RangeStmt:
				if n.Tok == token.ASSIGN {
					written(n, n.Key, "is assigned by range")
					written(n, n.Value, "is assigned by range")
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					written(n, n.X, "has its address taken")
				}
			case *ast.CallExpr:
				writtenByCall(f, n, written)
			}
			return true
		})
	}
	return out
}

// writtenByCall knows what changes its argument: builtins, sorts, and methods on an address taken silently.
func writtenByCall(f *folder, call *ast.CallExpr, written func(ast.Node, ast.Expr, string)) {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		b, ok := f.info.Uses[fun].(*types.Builtin)
		if ok && len(call.Args) > 0 && slices.Contains([]string{"delete", "clear", "copy"}, b.Name()) {
			written(call, call.Args[0], "is changed by "+b.Name())
		}
	case *ast.SelectorExpr:
		if sorts(f.info, call) {
			written(call, call.Args[0], "is sorted in place")
		}
		sel := f.info.Selections[fun]
		if sel == nil || sel.Kind() != types.MethodVal {
			return
		}
		_, onPointer := sel.Obj().(*types.Func).Signature().Recv().Type().(*types.Pointer)
		_, isPointer := sel.Recv().Underlying().(*types.Pointer)
		if onPointer && !isPointer {
			written(call, fun.X, "is changed by method "+fun.Sel.Name)
		}
	}
}

// rootVar is the variable that is written when e is: table in table[k].field.
func rootVar(info *types.Info, e ast.Expr) *types.Var {
	for e != nil {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			v, _ := info.Uses[x].(*types.Var)
			if v == nil || v.Pkg() == nil {
				return nil
			}
			return v
		case *ast.SelectorExpr:
			if info.Selections[x] == nil { // a variable of another package
				e = x.Sel
			} else {
				e = x.X
			}
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		default:
			return nil
		}
	}
	return nil
}
