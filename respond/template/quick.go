package template

import (
	"fmt"
	"strconv"
	"strings"
	"text/template/parse"
)

// A piece is a part of a template that is nothing but text, values and {{if}}. Most are, and need no reflection.
type piece struct {
	text  string
	value *expr // printed, or only tested; nil is text
	test  bool
	yes   []piece // when it has a value
	no    []piece
}

// A quickMaker translates a template into pieces and expressions.
type quickMaker struct {
	t     *Template
	names slotNames
	say   voice
}

// pieces translates a template; ok is false where it is more than that.
func (m *quickMaker) pieces(list *parse.ListNode) (out []piece, ok bool) {
	if list == nil {
		return nil, true
	}
	for _, n := range list.Nodes {
		var p piece
		switch n := n.(type) {
		case *parse.TextNode:
			p = piece{text: string(n.Text)}
		case *parse.CommentNode:
			continue
		case *parse.ActionNode:
			if p.value, ok = m.pipe(n.Pipe); !ok {
				return nil, false
			}
		case *parse.IfNode:
			if p, ok = m.branch(n); !ok {
				return nil, false
			}
		default:
			return nil, false
		}
		out = append(out, p)
	}
	return out, true
}

func (m *quickMaker) branch(n *parse.IfNode) (p piece, ok bool) {
	p.test = true
	if p.value, ok = m.pipe(n.Pipe); !ok {
		return p, false
	}
	if p.yes, ok = m.pieces(n.List); !ok {
		return p, false
	}
	p.no, ok = m.pieces(n.ElseList)
	return p, ok
}

// leafOf is the number of the slot that a field is.
func (m *quickMaker) leafOf(f *parse.FieldNode) (int, bool) {
	path := strings.Join(f.Ident, ".")
	s, ok := m.names.leaf[path]
	if !ok {
		return 0, false
	}
	for i, l := range m.t.leaves {
		if l.path == path {
			return i, true
		}
	}
	m.t.leaves = append(m.t.leaves, &want{path: path, slot: &s, steps: f.Ident})
	return len(m.t.leaves) - 1, true
}

// renderQuick writes the text without reflection. ok is false where a function was given what it does not take, or had an
// error: the full way then says what is wrong.
func (t *Template) renderQuick(slots Slots) (text string, ok bool, err error) {
	var missing []string
	var box [16]any
	values := box[:0]
	for _, l := range t.leaves {
		v, err := valueOf(slots, l.steps)
		if err != nil {
			return "", true, err
		}
		if v, err = l.leaf(v, slots, &missing); err != nil {
			return "", true, err
		}
		values = append(values, v)
	}
	if len(missing) > 0 {
		return "", true, &MissingError{Slots: distinct(missing)}
	}
	var b strings.Builder
	b.Grow(len(t.text) + 64)
	if !writePieces(&b, t.quick, values) {
		return "", false, nil
	}
	if b.Len() > mostText {
		return "", true, errTooLong
	}
	return b.String(), true, nil
}

func writePieces(b *strings.Builder, pieces []piece, values []any) bool {
	for i := range pieces {
		p := &pieces[i]
		if p.value == nil {
			b.WriteString(p.text)
			continue
		}
		v, ok := p.value.of(values)
		if !ok || b.Len() > mostText {
			return false
		}
		switch {
		case !p.test:
			ok = writeValue(b, v)
		case isTrue(v):
			ok = writePieces(b, p.yes, values)
		default:
			ok = writePieces(b, p.no, values)
		}
		if !ok {
			return false
		}
	}
	return true
}

func writeValue(b *strings.Builder, v any) bool {
	switch v := v.(type) {
	case nil:
		b.WriteString("<no value>")
	case string:
		b.WriteString(v)
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case int:
		b.WriteString(strconv.Itoa(v))
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case fmt.Stringer:
		b.WriteString(v.String())
	default:
		return false
	}
	return true
}

// isTrue is text/template's truth for plain values.
func isTrue(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case int64:
		return v != 0
	case int:
		return v != 0
	case bool:
		return v
	}
	return true // a time, a sum
}
