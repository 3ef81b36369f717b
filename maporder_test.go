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

func TestNoMapOrderEscapes(t *testing.T) { each(t, typedHouse(t), checkMapOrder) }

// checkMapOrder finds walks over maps whose order could be seen. Walk slices.Sorted(maps.Keys(m)) and the question
// does not arise. A plain range over a map passes only where no order can show: every statement of its body puts
// something under the same key, or a constant under any, or counts in whole numbers, or stops with one constant
// answer; or it appends to one slice that the same function sorts afterwards. It is a sieve and no proof: calls that
// write elsewhere pass it.
func checkMapOrder(f *folder) []string {
	var out []string
	for _, s := range f.shipped() {
		above := parents(s.ast)
		ast.Inspect(s.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.RangeStmt:
				if !isMap(f.info, n.X) && mapsCall(f.info, n.X) == "" {
					return true
				}
				w := walk{info: f.info, loop: n, body: around(n, above)}
				if !w.harmless(n.Body.List) || len(w.answers(n.Body)) > 1 {
					out = append(out, fmt.Sprintf("%s: the map's own order could show: range over slices.Sorted(maps.Keys(m))",
						f.at(n)))
				}
			case *ast.CallExpr:
				name := mapsCall(f.info, n)
				if name != "" && !orderless(f.info, n, above) {
					out = append(out, fmt.Sprintf("%s: %s gives the map's own order: wrap it in slices.Sorted", f.at(n), name))
				}
			}
			return true
		})
	}
	return out
}

func isMap(info *types.Info, e ast.Expr) bool {
	t := info.TypeOf(e)
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// called is the full name of a function that is called: maps.Keys.
func called(info *types.Info, e ast.Expr) string {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return ""
	}
	fun := ast.Unparen(call.Fun)
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok || info.Uses[sel.Sel] == nil || info.Uses[sel.Sel].Pkg() == nil {
		return ""
	}
	return fullName(info.Uses[sel.Sel])
}

func mapsCall(info *types.Info, e ast.Expr) string {
	if name := called(info, e); slices.Contains([]string{"maps.Keys", "maps.Values", "maps.All"}, name) {
		return name
	}
	return ""
}

// sorts says whether a call puts its first argument in order, in place.
func sorts(info *types.Info, e ast.Expr) bool {
	name := called(info, e)
	return strings.HasPrefix(name, "slices.Sort") && !strings.HasPrefix(name, "slices.Sorted") ||
		slices.Contains([]string{"sort.Strings", "sort.Ints", "sort.Slice", "sort.SliceStable", "sort.Sort", "sort.Stable"}, name)
}

// orderless says whether what takes a maps.Keys, Values or All puts it in order or does not care.
func orderless(info *types.Info, call *ast.CallExpr, above map[ast.Node]ast.Node) bool {
	switch taker := above[call].(type) {
	case *ast.RangeStmt:
		return true // looked at as a range
	case *ast.CallExpr:
		name := called(info, taker)
		if strings.HasPrefix(name, "slices.Sorted") || name == "maps.Collect" || name == "maps.Insert" {
			return true
		}
		assign, ok := above[taker].(*ast.AssignStmt)
		return name == "slices.Collect" && ok && len(assign.Lhs) == 1 &&
			sortedAfter(info, around(call, above), assign.Lhs[0], assign.End())
	}
	return false
}

// around is the body of the innermost function.
func around(n ast.Node, above map[ast.Node]ast.Node) *ast.BlockStmt {
	for ; n != nil; n = above[n] {
		switch fn := n.(type) {
		case *ast.FuncDecl:
			return fn.Body
		case *ast.FuncLit:
			return fn.Body
		}
	}
	return nil
}

// sortedAfter says whether a slice is put in order somewhere in the function behind a position.
func sortedAfter(info *types.Info, body *ast.BlockStmt, slice ast.Expr, after token.Pos) bool {
	found := false
	want := types.ExprString(slice)
	if body != nil {
		ast.Inspect(body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if ok && call.Pos() > after && sorts(info, call) && types.ExprString(call.Args[0]) == want {
				found = true
			}
			return true
		})
	}
	return found
}

// walk is one range over a map.
type walk struct {
	info *types.Info
	loop *ast.RangeStmt
	body *ast.BlockStmt
}

func (w walk) harmless(list []ast.Stmt) bool {
	for _, stmt := range list {
		if !w.fine(stmt) {
			return false
		}
	}
	return true
}

// answers are the different values the walk may return: with two, the first one met wins.
func (w walk) answers(body *ast.BlockStmt) map[string]bool {
	out := map[string]bool{}
	ast.Inspect(body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if ret, ok := n.(*ast.ReturnStmt); ok {
			var parts []string
			for _, e := range ret.Results {
				parts = append(parts, types.ExprString(e))
			}
			out[strings.Join(parts, ", ")] = true
		}
		return true
	})
	return out
}

func (w walk) fine(stmt ast.Stmt) bool {
	switch stmt := stmt.(type) {
	case nil, *ast.EmptyStmt:
		return true
	case *ast.BranchStmt:
		return stmt.Tok == token.CONTINUE
	case *ast.BlockStmt:
		return w.harmless(stmt.List)
	case *ast.IfStmt:
		return w.setup(stmt.Init) && w.harmless(stmt.Body.List) && w.fine(stmt.Else)
	case *ast.IncDecStmt:
		return w.whole(stmt.X)
	case *ast.ReturnStmt:
		return !slices.ContainsFunc(stmt.Results, func(e ast.Expr) bool { return !w.constant(e) })
	case *ast.ExprStmt:
		call, ok := stmt.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "delete"
	case *ast.AssignStmt:
		return w.assigns(stmt)
	case *ast.RangeStmt: // an inner walk, over anything, is as good as its body; an inner map is looked at by itself
		return stmt.Tok != token.ASSIGN && w.harmless(stmt.Body.List)
	}
	return false
}

func (w walk) setup(stmt ast.Stmt) bool {
	assign, ok := stmt.(*ast.AssignStmt)
	return stmt == nil || ok && assign.Tok == token.DEFINE
}

func (w walk) assigns(a *ast.AssignStmt) bool {
	switch {
	case a.Tok == token.DEFINE:
		return true
	case len(a.Lhs) != 1 || len(a.Rhs) != 1:
		return false
	case a.Tok == token.ADD_ASSIGN, a.Tok == token.SUB_ASSIGN, a.Tok == token.OR_ASSIGN, a.Tok == token.AND_ASSIGN:
		return w.whole(a.Lhs[0])
	case a.Tok != token.ASSIGN:
		return false
	}
	if w.constant(a.Rhs[0]) {
		return true
	}
	if index, ok := a.Lhs[0].(*ast.IndexExpr); ok && isMap(w.info, index.X) {
		return w.isKey(index.Index)
	}
	call, ok := a.Rhs[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := call.Fun.(*ast.Ident)
	return ok && id.Name == "append" && types.ExprString(call.Args[0]) == types.ExprString(a.Lhs[0]) &&
		sortedAfter(w.info, w.body, a.Lhs[0], w.loop.End())
}

// whole says whether e counts in integers, where the order of adding cannot show.
func (w walk) whole(e ast.Expr) bool {
	basic, ok := w.info.TypeOf(e).Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

func (w walk) constant(e ast.Expr) bool {
	tv := w.info.Types[e]
	if tv.Value != nil || tv.IsNil() {
		return true
	}
	lit, ok := e.(*ast.CompositeLit)
	return ok && len(lit.Elts) == 0
}

func (w walk) isKey(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	key, named := w.loop.Key.(*ast.Ident)
	return ok && named && w.info.Uses[id] != nil && w.info.Uses[id] == w.info.Defs[key]
}
