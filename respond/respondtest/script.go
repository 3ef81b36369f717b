package respondtest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/mention/spec"
)

// A script is a story as it was read: what happens, and the trail that is wanted of it.
type script struct {
	head  string // everything down to and with the line that parts it from the trail
	lines []line
	trail string // as wanted; empty when there is none yet
	told  bool   // there is a wanted trail
}

// parting stands between a story and its trail.
const parting = "-- trail --"

// A line is one line that says something.
type line struct {
	n     int    // in the file, from 1
	text  string // as it stands
	verb  string // the kind of an event, or a word of ours
	when  []word // of a step: the words of its instant
	hope  hope
	words []word
}

// A hope is what a step is to come to.
type hope int

const (
	taken   hope = iota
	refused      // "!": the step is to be refused
	either       // "?": it may be, as in stories that nobody wrote
)

// A word is one argument: name=value, or a value alone.
type word struct{ name, value string }

func (w word) String() string {
	if w.name == "" {
		return w.value
	}
	return w.name + "=" + w.value
}

// settings are the words that are no events and have no instant.
var settings = map[string]bool{"start": true, "customer": true, "world": true, "clock": true, "reasons": true, "want": true}

// read reads a story. The error is spec.Problems: all that is wrong with its form, each with its line.
func read(text string) (*script, error) {
	s := &script{}
	var problems spec.Problems
	rest, n := text, 0
	for rest != "" {
		one, after, _ := strings.Cut(rest, "\n")
		rest = after
		n++
		if strings.TrimSpace(one) == parting {
			s.told, s.trail = true, strings.TrimPrefix(rest, "\n")
			break
		}
		from := n
		for strings.HasSuffix(one, `\`) && rest != "" {
			more, after, _ := strings.Cut(rest, "\n")
			one, rest = strings.TrimSuffix(one, `\`)+strings.TrimSpace(more), after
			n++
		}
		one = strings.TrimSpace(one)
		if one == "" || one[0] == '#' {
			continue
		}
		l, err := readLine(one)
		if err != nil {
			problems.Add(at(from), "%s", err)
			continue
		}
		l.n = from
		s.lines = append(s.lines, l)
	}
	s.head = text[:len(text)-len(rest)]
	if !s.told {
		s.head = strings.TrimRight(text, "\n") + "\n\n" + parting + "\n"
	} else if !strings.HasSuffix(s.head, "\n") {
		s.head += "\n"
	}
	if len(s.lines) == 0 && len(problems) == 0 {
		problems.Add(at(1), `nothing happens: a story begins with a line like: at 0 received from=dana text="..."`)
	}
	return s, problems.Err()
}

func at(n int) string { return "line " + strconv.Itoa(n) }

func readLine(text string) (line, error) {
	words, err := split(text)
	if err != nil {
		return line{}, err
	}
	l := line{text: text, verb: words[0].value}
	if words[0].name != "" {
		return l, fmt.Errorf("a line begins with at, want, start, customer, world, clock or reasons, and not with %s", words[0])
	}
	if settings[l.verb] {
		l.words = words[1:]
		return l, nil
	}
	if l.verb != "at" {
		return l, fmt.Errorf("%q is no word of a story: a step begins with its instant, as in: at +1h %s", l.verb, text)
	}
	return l, l.step(words[1:])
}

// step takes the instant, the hope and the verb.
func (l *line) step(words []word) error {
	for i, w := range words {
		isInstant := w.name == "" && (i == 0 || isTimeOfDay(w.value))
		if isInstant {
			continue
		}
		if i == 0 {
			break
		}
		l.when, words = words[:i], words[i:]
		switch words[0].String() {
		case "!":
			l.hope, words = refused, words[1:]
		case "?":
			l.hope, words = either, words[1:]
		}
		if len(words) == 0 || words[0].name != "" {
			break
		}
		l.verb, l.words = words[0].value, words[1:]
		return nil
	}
	return fmt.Errorf(`a step is an instant and what happened then, as in: at +1h approved by=ana`)
}

func isTimeOfDay(s string) bool {
	h, m, ok := strings.Cut(s, ":")
	_, err := strconv.Atoi(h)
	return ok && err == nil && len(m) >= 2
}

// split cuts a line into words. A value in double quotes is a Go string: \n and \u00e9 are written so.
func split(text string) ([]word, error) {
	var words []word
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		if text[0] == '#' {
			break
		}
		var w word
		end := strings.IndexAny(text, " \t=\"")
		if end > 0 && text[end] == '=' {
			w.name, text = text[:end], text[end+1:]
		}
		if strings.HasPrefix(text, `"`) {
			quoted, err := strconv.QuotedPrefix(text)
			if err != nil {
				return nil, fmt.Errorf("the quotation marks at %s do not close, or a \\ in them is none that Go knows", cut(text, 30))
			}
			w.value, _ = strconv.Unquote(quoted)
			text = text[len(quoted):]
			if text != "" && text[0] != ' ' && text[0] != '\t' {
				return nil, fmt.Errorf("after %s there is no blank", quoted)
			}
		} else {
			end := strings.IndexAny(text, " \t")
			if end < 0 {
				end = len(text)
			}
			w.value, text = text[:end], text[end:]
		}
		words = append(words, w)
	}
	return words, nil
}

// cut is a text in one line, with at most n runes.
func cut(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
