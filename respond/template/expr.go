package template

import (
	"slices"
	"strings"
	"text/template/parse"
)

// An expr is a value of a template on the quick way: a slot, a constant, or a function of others.
//
// It is no second language. Each function here is one that templates may use, told apart only by the kinds of its
// arguments; what it does not know gives ok false, and the whole text is written by text/template instead. A test holds
// both ways beside each other.
type expr struct {
	leaf  int // number of the slot; -1 for anything else
	is    any // constant, where there is no function
	one   func(any) (any, bool)
	two   func(a, b any) (any, bool)
	whole func(e *expr, values []any) (any, bool) // functions of any number, or that do not look at all of them
	args  []expr
}

// of is the value, for these slots.
func (e *expr) of(values []any) (any, bool) {
	switch {
	case e.leaf >= 0:
		return values[e.leaf], true
	case e.one != nil:
		a, ok := e.args[0].of(values)
		if !ok {
			return nil, false
		}
		return e.one(a)
	case e.two != nil:
		a, ok := e.args[0].of(values)
		if !ok {
			return nil, false
		}
		b, ok := e.args[1].of(values)
		if !ok {
			return nil, false
		}
		return e.two(a, b)
	case e.whole != nil:
		return e.whole(e, values)
	}
	return e.is, true
}

// pipe translates a pipeline.
func (m *quickMaker) pipe(p *parse.PipeNode) (*expr, bool) {
	if len(p.Decl) > 0 {
		return nil, false
	}
	var before *expr
	for _, c := range p.Cmds {
		e, ok := m.command(c, before)
		if !ok {
			return nil, false
		}
		before = &e
	}
	return before, before != nil
}

// command is one step of a pipeline; what came before is its last argument.
func (m *quickMaker) command(c *parse.CommandNode, before *expr) (expr, bool) {
	id, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok {
		if len(c.Args) > 1 || before != nil {
			return expr{}, false
		}
		return m.operand(c.Args[0])
	}
	var args []expr
	for _, a := range c.Args[1:] {
		e, ok := m.operand(a)
		if !ok {
			return expr{}, false
		}
		args = append(args, e)
	}
	if before != nil {
		args = append(args, *before)
	}
	return m.call(id.Ident, args)
}

func (m *quickMaker) operand(n parse.Node) (expr, bool) {
	switch n := n.(type) {
	case *parse.FieldNode:
		leaf, ok := m.leafOf(n)
		return expr{leaf: leaf}, ok
	case *parse.StringNode:
		return expr{leaf: -1, is: n.Text}, true
	case *parse.BoolNode:
		return expr{leaf: -1, is: n.True}, true
	case *parse.NumberNode:
		return expr{leaf: -1, is: int(n.Int64)}, n.IsInt && !strings.ContainsAny(n.Text, "'.eEpP")
	case *parse.PipeNode:
		e, ok := m.pipe(n)
		if !ok {
			return expr{}, false
		}
		return *e, true
	}
	return expr{}, false
}

// call is a function of arguments; ok is false for those that only text/template knows.
func (m *quickMaker) call(name string, args []expr) (expr, bool) {
	e := expr{leaf: -1, args: args}
	switch n := len(args); {
	case n == 1:
		e.one = m.unary(name)
	case n == 2:
		e.two = m.binary(name)
	case name == "ternary" && n == 3:
		e.whole = ternary
	case name == "plural" && n >= 3:
		e.whole = m.say.pluralOf
	}
	switch {
	case len(args) == 0:
	case name == "and":
		e.one, e.two, e.whole = nil, nil, func(e *expr, values []any) (any, bool) { return e.until(values, false) }
	case name == "or":
		e.one, e.two, e.whole = nil, nil, func(e *expr, values []any) (any, bool) { return e.until(values, true) }
	case name == "coalesce":
		e.one, e.two, e.whole = nil, nil, coalesce
	}
	return e, e.one != nil || e.two != nil || e.whole != nil
}

func (m *quickMaker) unary(name string) func(any) (any, bool) {
	switch name {
	case "trim":
		return onText(strings.TrimSpace)
	case "upper":
		return onText(strings.ToUpper)
	case "lower":
		return onText(strings.ToLower)
	case "not":
		return func(a any) (any, bool) { return !isTrue(a), true }
	case "empty":
		return func(a any) (any, bool) { return isEmpty(a), true }
	case "money":
		return func(a any) (any, bool) { return orBail(m.say.money(a)) }
	case "clock":
		return func(a any) (any, bool) { return orBail(m.say.clock(a)) }
	case "day":
		return func(a any) (any, bool) { return orBail(m.say.day(a)) }
	}
	return nil
}

func (m *quickMaker) binary(name string) func(a, b any) (any, bool) {
	switch name {
	case "default":
		return func(d, given any) (any, bool) {
			if isEmpty(given) {
				return d, true
			}
			return given, true
		}
	case "cut":
		return func(n, s any) (any, bool) {
			count, isInt := n.(int)
			text, isText := s.(string)
			if !isInt || !isText {
				return nil, false
			}
			return orBail(cut(count, text))
		}
	case "clock", "day":
		say := m.say.clock
		if name == "day" {
			say = m.say.day
		}
		return func(at, zone any) (any, bool) {
			name, ok := zone.(string)
			if !ok {
				return nil, false
			}
			return orBail(say(at, name))
		}
	case "eq":
		return same
	case "ne":
		return func(a, b any) (any, bool) {
			is, ok := same(a, b)
			return is == false, ok
		}
	case "contains":
		return onTexts(func(a, b string) bool { return strings.Contains(b, a) })
	case "hasPrefix":
		return onTexts(func(a, b string) bool { return strings.HasPrefix(b, a) })
	case "hasSuffix":
		return onTexts(func(a, b string) bool { return strings.HasSuffix(b, a) })
	}
	return nil
}

func onText(f func(string) string) func(any) (any, bool) {
	return func(a any) (any, bool) {
		s, ok := a.(string)
		if !ok {
			return nil, false
		}
		if out := f(s); out != s {
			return out, true
		}
		return a, true // as it came, without a new box
	}
}

func onTexts(f func(a, b string) bool) func(a, b any) (any, bool) {
	return func(a, b any) (any, bool) {
		x, okX := a.(string)
		y, okY := b.(string)
		return okX && okY && f(x, y), okX && okY
	}
}

func orBail(s string, err error) (any, bool) { return s, err == nil }

// same is eq for texts, numbers and booleans.
func same(a, b any) (any, bool) {
	if x, ok := a.(int); ok {
		a = int64(x)
	}
	if y, ok := b.(int); ok {
		b = int64(y)
	}
	switch x := a.(type) {
	case string:
		y, ok := b.(string)
		return x == y, ok
	case int64:
		y, ok := b.(int64)
		return x == y, ok
	case bool:
		y, ok := b.(bool)
		return x == y, ok
	}
	return nil, false
}

// isEmpty is sprig's empty for plain values.
func isEmpty(v any) bool { return !isTrue(v) }

// until is the first argument that is as true as wanted, or the last; those behind it are not looked at.
func (e *expr) until(values []any, wanted bool) (v any, ok bool) {
	for i := range e.args {
		if v, ok = e.args[i].of(values); !ok || isTrue(v) == wanted {
			return v, ok
		}
	}
	return v, ok
}

func coalesce(e *expr, values []any) (any, bool) {
	var first any
	for i := range e.args {
		v, ok := e.args[i].of(values)
		if !ok {
			return nil, false
		}
		if first == nil && !isEmpty(v) {
			first = v
		}
	}
	return first, true
}

func ternary(e *expr, values []any) (any, bool) {
	yes, okYes := e.args[0].of(values)
	no, okNo := e.args[1].of(values)
	is, okIs := e.args[2].of(values)
	test, isBool := is.(bool)
	if !okYes || !okNo || !okIs || !isBool {
		return nil, false
	}
	if test {
		return yes, true
	}
	return no, true
}

func (v voice) pluralOf(e *expr, values []any) (any, bool) {
	args := make([]any, len(e.args))
	forms := make([]string, 0, len(e.args))
	for i := range e.args {
		var ok bool
		if args[i], ok = e.args[i].of(values); !ok {
			return nil, false
		}
		if form, isText := args[i].(string); isText && i > 0 {
			forms = append(forms, form)
		}
	}
	if len(forms) != len(args)-1 {
		return nil, false
	}
	return orBail(v.plural(args[0], slices.Clip(forms)...))
}
