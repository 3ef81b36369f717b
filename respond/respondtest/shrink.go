package respondtest

import (
	"slices"
	"strings"
)

// Shrink makes a story that fails as short as it gets: lines go, then words, then what says that a step may be refused.
// fails says whether a story still fails; it is asked often, and about stories that no longer make sense.
func Shrink(story string, fails func(story string) bool) string {
	lines := strings.Split(strings.TrimSpace(story), "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
	still := func(lines []string) bool { return len(lines) > 0 && fails(strings.Join(lines, "\n")+"\n") }
	for before := -1; before != size(lines); {
		before = size(lines)
		lines = fewer(lines, still)
		for i := range lines {
			words := pieces(lines[i])
			lines[i] = strings.Join(fewer(words, func(words []string) bool {
				shorter := slices.Clone(lines)
				shorter[i] = strings.Join(words, " ")
				return still(shorter)
			}), " ")
		}
	}
	for i := range lines {
		if strings.HasSuffix(lines[i], " elapsed") {
			continue // it wakes a few, and is never refused
		}
		for _, hope := range []string{" ", " ! "} {
			sure := slices.Clone(lines)
			sure[i] = strings.Replace(lines[i], " ? ", hope, 1)
			if still(sure) {
				lines = sure
				break
			}
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

func size(lines []string) (n int) {
	for _, l := range lines {
		n += 1 + len(l)
	}
	return n
}

// fewer takes pieces out of a list, big ones first, as long as it still fails.
func fewer(list []string, still func([]string) bool) []string {
	for n := len(list) / 2; n > 0; {
		taken := false
		for i := 0; i+n <= len(list); {
			without := slices.Delete(slices.Clone(list), i, i+n)
			if still(without) {
				list, taken = without, true
				continue
			}
			i++
		}
		if !taken || n > len(list) {
			n /= 2
		}
	}
	return list
}

// pieces cuts a line at its blanks, but not within quotation marks.
func pieces(line string) []string {
	var out []string
	quoted := false
	from := 0
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && quoted:
			i++
		case line[i] == '"':
			quoted = !quoted
		case line[i] == ' ' && !quoted:
			out = append(out, line[from:i])
			from = i + 1
		}
	}
	return append(out, line[from:])
}
