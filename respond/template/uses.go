package template

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/reputekit/reputation/mention/spec"
)

const (
	mostText = 16 << 10 // bytes of a template, and of what it may become
	mostWork = 100_000  // nodes that one rendering may walk, lists counted at their longest
)

// A dot is what a pipeline stands for before there are values: a place in the slots, or something computed.
type dot struct {
	path     string // Agent, Items[]; empty for all slots
	computed bool
	longest  string // of what it prints
	constant bool   // written in the template
	many     bool   // computed: it is a list, or may be
}

// A walker goes through every branch of a template and notes which slots it uses, what it may not do, and the longest
// text it can become.
type walker struct {
	where    string // path of the template in the specification
	text     string
	trees    map[string]*parse.Tree
	names    slotNames
	public   bool
	zones    zones
	problems *spec.Problems

	uses   []string
	inside []string         // templates being walked, the outermost first
	vars   []map[string]dot // innermost last
	work   int              // nodes walked so far, times the items of the lists around them
	times  int              // items of the lists around this node
	said   map[string]bool  // problems already noted: a template used twice is wrong once
	called map[string]bool  // templates that are used
	groups map[string]parse.Node
	texts  []*parse.TextNode // every piece of fixed text
}

func (w *walker) problem(n parse.Node, format string, args ...any) {
	msg := fmt.Sprintf(format, args...)
	at := w.where + ":" + lineColumn(w.text, int(n.Position()))
	if !w.said[at+msg] {
		w.said[at+msg] = true
		w.problems.Add(at, "%s", msg)
	}
}

// template walks one template with its dot, and gives its longest text.
func (w *walker) template(name string, at dot) string {
	w.inside = append(w.inside, name)
	outer := w.vars
	w.vars = []map[string]dot{{"$": at}}
	longest := w.list(w.trees[name].Root, at)
	w.vars = outer
	w.inside = w.inside[:len(w.inside)-1]
	return longest
}

func (w *walker) list(l *parse.ListNode, at dot) string {
	if l == nil {
		return ""
	}
	w.vars = append(w.vars, map[string]dot{})
	var b strings.Builder
	for _, n := range l.Nodes {
		if longest := w.node(n, at); b.Len()+len(longest) <= 4*mostText {
			b.WriteString(longest)
		}
	}
	w.vars = w.vars[:len(w.vars)-1]
	return b.String()
}

// node walks one node. Beyond mostWork it walks no more: the template is refused.
func (w *walker) node(n parse.Node, at dot) string {
	if w.work > mostWork {
		return ""
	}
	if w.work += w.times; w.work > mostWork {
		w.problem(n, "the template is too much work: fewer lists inside lists, fewer templates inside templates")
		return ""
	}
	switch n := n.(type) {
	case *parse.TextNode:
		w.texts = append(w.texts, n)
		return string(n.Text)
	case *parse.ActionNode:
		d := w.pipe(n.Pipe, at)
		if len(n.Pipe.Decl) > 0 {
			return ""
		}
		return w.printed(n, d)
	case *parse.IfNode:
		return w.branch(&n.BranchNode, at)
	case *parse.WithNode:
		return w.branch(&n.BranchNode, at)
	case *parse.RangeNode:
		return w.loop(&n.BranchNode, at)
	case *parse.TemplateNode:
		return w.call(n, at)
	}
	return "" // comments, break and continue
}

// printed checks that what is printed is a value.
func (w *walker) printed(n parse.Node, d dot) string {
	switch {
	case d.many:
		w.problem(n, "this is a list, or may be one: say it with words or range")
	case d.computed:
		return d.longest
	case w.names.list[d.path]:
		w.problem(n, "%s is a list: say it with words or range", d.path)
	case w.names.group[d.path]:
		w.problem(n, "%s is not a value: name one of its fields", orWhole(d.path))
	}
	return d.longest
}

func orWhole(path string) string {
	if path == "" {
		return "the dot"
	}
	return path
}

func (w *walker) branch(b *parse.BranchNode, at dot) string {
	w.vars = append(w.vars, map[string]dot{})
	d := w.pipe(b.Pipe, at)
	inner := at
	if b.NodeType == parse.NodeWith {
		inner = d
	}
	yes := w.list(b.List, inner)
	no := w.list(b.ElseList, at)
	w.vars = w.vars[:len(w.vars)-1]
	return longer(yes, no)
}

func (w *walker) loop(b *parse.BranchNode, at dot) string {
	w.vars = append(w.vars, map[string]dot{})
	decl, d := b.Pipe.Decl, w.value(b.Pipe, at)
	item := dot{path: d.path + "[]"}
	switch {
	case d.computed && d.path == "":
		w.problem(b, "range needs a list among the slots")
		item = dot{computed: true}
	case !w.names.list[d.path]:
		w.problem(b, "%s is not a list: declare %s[]", orWhole(d.path), d.path)
		item = dot{computed: true}
	default:
		item = w.place(b, item.path)
	}
	for i, v := range decl {
		w.declare(v, item)
		if i == 0 && len(decl) == 2 {
			w.declare(v, dot{computed: true, longest: "20"})
		}
	}
	w.times *= mostItems
	yes := w.list(b.List, item)
	w.times /= mostItems
	if len(yes) < mostText {
		yes = strings.Repeat(yes, mostItems)
	}
	no := w.list(b.ElseList, at)
	w.vars = w.vars[:len(w.vars)-1]
	return longer(yes, no)
}

func (w *walker) call(n *parse.TemplateNode, at dot) string {
	w.called[n.Name] = true
	d := dot{computed: true}
	if n.Pipe != nil {
		d = w.pipe(n.Pipe, at)
	}
	tree := w.trees[n.Name]
	if tree == nil || tree.Root == nil {
		w.problem(n, "template %q is not defined", n.Name)
		return ""
	}
	for _, name := range w.inside {
		if name == n.Name {
			w.problem(n, "template %q calls itself", n.Name)
			return ""
		}
	}
	return w.template(n.Name, d)
}

func (w *walker) declare(v *parse.VariableNode, d dot) { w.vars[len(w.vars)-1][v.Ident[0]] = d }

func (w *walker) variable(n parse.Node, name string) dot {
	for i := len(w.vars) - 1; i >= 0; i-- {
		if d, ok := w.vars[i][name]; ok {
			return d
		}
	}
	w.problem(n, "%s has no value here", name)
	return dot{computed: true}
}

// pipe is what a pipeline stands for; its variables stand for the same.
func (w *walker) pipe(p *parse.PipeNode, at dot) dot {
	d := w.value(p, at)
	for _, v := range p.Decl {
		w.declare(v, d)
	}
	return d
}

func (w *walker) value(p *parse.PipeNode, at dot) dot {
	if p.IsAssign {
		w.problem(p, "%s is given a second value: that hides which slot is used", p.Decl[0])
	}
	d := dot{computed: true}
	for i, c := range p.Cmds {
		w.work += w.times
		d = w.command(c, at, d, i > 0)
	}
	return d
}

// command is one step of a pipeline; piped says that before is its last argument.
func (w *walker) command(c *parse.CommandNode, at, before dot, piped bool) dot {
	first := c.Args[0]
	if id, ok := first.(*parse.IdentifierNode); ok {
		args := make([]dot, 0, len(c.Args))
		for _, a := range c.Args[1:] {
			args = append(args, w.operand(a, at))
		}
		if piped {
			args = append(args, before)
		}
		return w.function(id, args)
	}
	if len(c.Args) > 1 || piped {
		w.problem(first, "%s is not a function", first)
		return dot{computed: true}
	}
	if first.Type() == parse.NodeNil {
		w.problem(first, "nil is not a value")
	}
	return w.operand(first, at)
}

func (w *walker) operand(n parse.Node, at dot) dot {
	switch n := n.(type) {
	case *parse.DotNode:
		return w.reach(n, at, nil)
	case *parse.FieldNode:
		return w.reach(n, at, n.Ident)
	case *parse.VariableNode:
		return w.reach(n, w.variable(n, n.Ident[0]), n.Ident[1:])
	case *parse.ChainNode:
		return w.reach(n, w.operand(n.Node, at), n.Field)
	case *parse.PipeNode:
		return w.pipe(n, at)
	case *parse.IdentifierNode:
		return w.function(n, nil)
	case *parse.StringNode:
		return dot{computed: true, constant: true, longest: n.Text}
	case *parse.NumberNode:
		return dot{computed: true, constant: true, longest: n.Text}
	case *parse.BoolNode:
		return dot{computed: true, constant: true, longest: "false"}
	}
	return dot{computed: true, constant: true}
}

// reach follows field names from a dot.
func (w *walker) reach(n parse.Node, at dot, fields []string) dot {
	if len(fields) == 0 {
		return at
	}
	if at.computed {
		w.problem(n, "%s is a field of something computed: name the slot itself", n)
		return dot{computed: true}
	}
	return w.place(n, spec.Join(at.path, strings.Join(fields, ".")))
}

// place is the dot of a path in the slots, noted as used when it is a value or a list of values.
func (w *walker) place(n parse.Node, path string) dot {
	value := path
	if w.names.list[path] {
		value += "[]"
	}
	s, ok := w.names.leaf[value]
	switch {
	case ok && s.Private && w.public:
		w.problem(n, "slot %s is private and the text is public", value)
	case !ok && !w.names.group[path] && !w.names.list[path]:
		w.problem(n, "unknown slot %s", path)
		return dot{computed: true}
	}
	if !ok {
		w.groups[path] = n
		return dot{path: path}
	}
	w.uses = append(w.uses, value)
	if value != path {
		return dot{path: path, longest: strings.Repeat(s.fill()+", ", mostItems)}
	}
	return dot{path: path, longest: s.fill()}
}

// untold finds groups that are asked for without any field of theirs: they would always be empty.
func (w *walker) untold() {
	for _, path := range slices.Sorted(maps.Keys(w.groups)) {
		if !slices.ContainsFunc(w.uses, func(use string) bool {
			return strings.HasPrefix(use, path+".") || strings.HasPrefix(use, path+"[]")
		}) {
			w.problem(w.groups[path], "%s is named and none of its fields is: name the field", path)
		}
	}
}
