package spec

import (
	"reflect"
	"slices"
	"strings"
)

// A field is one member that a struct takes from JSON.
type field struct {
	name   string
	index  []int
	typ    reflect.Type
	quoted bool // the tag says ",string"
	tagged bool
}

type fields struct {
	list   []field // in the order of the struct
	byName map[string]int
}

// fieldsOf lists the members by encoding/json's rules: the shallowest of a name wins, then the tagged one; two equals
// hide each other.
func fieldsOf(t reflect.Type) *fields {
	type level struct {
		typ   reflect.Type
		index []int
	}
	out := &fields{byName: map[string]int{}}
	settled := map[string]bool{}
	visited := map[reflect.Type]bool{}
	for current := []level{{typ: t}}; len(current) > 0; {
		var next []level
		var found []field
		for _, l := range current {
			if visited[l.typ] {
				continue
			}
			visited[l.typ] = true
			for i := range l.typ.NumField() {
				f := l.typ.Field(i)
				index := append(slices.Clone(l.index), i)
				inner := f.Type
				if inner.Kind() == reflect.Pointer {
					inner = inner.Elem()
				}
				tag := f.Tag.Get("json")
				name, options, _ := strings.Cut(tag, ",")
				switch {
				case tag == "-", !f.IsExported() && !(f.Anonymous && inner.Kind() == reflect.Struct):
					continue
				case f.Anonymous && name == "" && inner.Kind() == reflect.Struct:
					next = append(next, level{inner, index})
					continue
				case !f.IsExported():
					continue
				}
				tagged := name != ""
				if !tagged {
					name = f.Name
				}
				quoted := slices.Contains(strings.Split(options, ","), "string") && scalar(f.Type)
				found = append(found, field{name, index, f.Type, quoted, tagged})
			}
		}
		out.take(found, settled)
		current = next
	}
	slices.SortFunc(out.list, func(a, b field) int { return slices.Compare(a.index, b.index) })
	for i, f := range out.list {
		out.byName[f.name] = i
	}
	return out
}

// scalar reports whether encoding/json heeds ",string" on a field of type t.
func scalar(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return reflect.Bool <= t.Kind() && t.Kind() <= reflect.Float64 || t.Kind() == reflect.String
}

// take adds the fields of one depth whose names no shallower field has.
func (fs *fields) take(found []field, settled map[string]bool) {
	byName := map[string][]field{}
	for _, f := range found {
		byName[f.name] = append(byName[f.name], f)
	}
	for _, f := range found {
		if settled[f.name] {
			continue
		}
		settled[f.name] = true
		same := byName[f.name]
		if len(same) > 1 {
			same = slices.DeleteFunc(slices.Clone(same), func(f field) bool { return !f.tagged })
		}
		if len(same) == 1 {
			fs.list = append(fs.list, same[0])
		}
	}
}

// nearest looks for the field that was probably meant: the same but for case, else the closest in spelling.
func (fs *fields) nearest(name string) (f *field, sameButCase bool) {
	best := 1 + min(2, len(name)/3)
	for i := range fs.list {
		known := &fs.list[i]
		if strings.EqualFold(known.name, name) {
			return known, true
		}
		if d := distance(strings.ToLower(known.name), strings.ToLower(name)); d < best {
			f, best = known, d
		}
	}
	return f, false
}

func (fs *fields) names() string {
	var names []string
	for _, f := range fs.list {
		names = append(names, f.name)
	}
	return strings.Join(names, ", ")
}

// distance is the optimal string alignment distance of a and b. Names longer than any field count as far away.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	var rows [3][65]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := range len(a) {
		row, above, above2 := &rows[(i+1)%3], &rows[i%3], &rows[(i+2)%3]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, above[j+1]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], above2[j-1]+1)
			}
		}
	}
	return rows[len(a)%3][len(b)]
}
