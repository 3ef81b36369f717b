package template

import (
	"fmt"
	"strconv"
	"strings"
	"text/template/parse"
)

// A piece is a part of a template that is nothing but text, slots and {{if .Slot}}. Most are, and need no reflection.
type piece struct {
	text string
	leaf int     // number of the slot; -1 for text
	test bool    // the slot is only tested
	yes  []piece // when it has a value
	no   []piece
}

// pieces translates a template; ok is false where it is more than that.
func (t *Template) pieces(list *parse.ListNode, names slotNames) (out []piece, ok bool) {
	if list == nil {
		return nil, true
	}
	for _, n := range list.Nodes {
		var p piece
		switch n := n.(type) {
		case *parse.TextNode:
			p = piece{text: string(n.Text), leaf: -1}
		case *parse.CommentNode:
			continue
		case *parse.ActionNode:
			if p.leaf, ok = t.leafOf(n.Pipe, names); !ok {
				return nil, false
			}
		case *parse.IfNode:
			if p, ok = t.branch(n, names); !ok {
				return nil, false
			}
		default:
			return nil, false
		}
		out = append(out, p)
	}
	return out, true
}

func (t *Template) branch(n *parse.IfNode, names slotNames) (p piece, ok bool) {
	p.test = true
	if p.leaf, ok = t.leafOf(n.Pipe, names); !ok {
		return p, false
	}
	if p.yes, ok = t.pieces(n.List, names); !ok {
		return p, false
	}
	p.no, ok = t.pieces(n.ElseList, names)
	return p, ok
}

// leafOf is the number of the slot that a pipeline consists of.
func (t *Template) leafOf(p *parse.PipeNode, names slotNames) (int, bool) {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return 0, false
	}
	f, ok := p.Cmds[0].Args[0].(*parse.FieldNode)
	if !ok {
		return 0, false
	}
	path := strings.Join(f.Ident, ".")
	s, ok := names.leaf[path]
	if !ok {
		return 0, false
	}
	for i, l := range t.leaves {
		if l.path == path {
			return i, true
		}
	}
	t.leaves = append(t.leaves, &want{path: path, slot: &s, steps: f.Ident})
	return len(t.leaves) - 1, true
}

func (t *Template) renderQuick(slots Slots) (string, error) {
	var missing []string
	var box [16]any
	values := box[:0]
	for _, l := range t.leaves {
		v, err := valueOf(slots, l.steps)
		if err != nil {
			return "", err
		}
		if v, err = l.leaf(v, slots, &missing); err != nil {
			return "", err
		}
		values = append(values, v)
	}
	if len(missing) > 0 {
		return "", &MissingError{Slots: distinct(missing)}
	}
	var b strings.Builder
	b.Grow(len(t.text) + 64)
	writePieces(&b, t.quick, values)
	if b.Len() > mostText {
		return "", errTooLong
	}
	return b.String(), nil
}

func writePieces(b *strings.Builder, pieces []piece, values []any) {
	for i := range pieces {
		p := &pieces[i]
		switch {
		case p.leaf < 0:
			b.WriteString(p.text)
		case !p.test:
			writeValue(b, values[p.leaf])
		case isTrue(values[p.leaf]):
			writePieces(b, p.yes, values)
		default:
			writePieces(b, p.no, values)
		}
	}
}

func writeValue(b *strings.Builder, v any) {
	switch v := v.(type) {
	case nil:
		b.WriteString("<no value>")
	case string:
		b.WriteString(v)
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case fmt.Stringer:
		b.WriteString(v.String())
	}
}

// isTrue is text/template's truth for plain values.
func isTrue(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case int64:
		return v != 0
	case bool:
		return v
	}
	return true // a string with something in it, a time, a sum
}
