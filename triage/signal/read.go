package signal

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// An item is one entry of a list, as it is written.
type item struct {
	key    string // its words, folded
	text   Text   // cut into words
	weight int16  // 0 in a list without weights
}

// A heading is a line in brackets: what holds for the entries behind it.
type heading struct {
	weight int16
	seen   bool
	remove bool
}

// readLayers reads one list of a language from all layers. A file that is not there is an empty list.
func readLayers(layers []fs.FS, language string, k list) ([]item, error) {
	var all []item
	var wrong []error
	for _, layer := range layers {
		file := path.Join(language, kinds[k]+".txt")
		if language == anyLanguage && k == feels {
			file = path.Join(language, "emoji.txt")
		}
		data, err := fs.ReadFile(layer, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		all, err = readFile(all, string(data), file, k)
		wrong = append(wrong, err)
	}
	return all, errors.Join(wrong...)
}

// readFile puts the entries of one file above those of the layers below. Lines beginning with # are remarks, "[-300]"
// gives the weight of what follows, entries are separated by commas or line ends.
func readFile(below []item, data, file string, k list) ([]item, error) {
	var wrong []error
	at := map[string]int{}
	for i, it := range below {
		at[it.key] = i
	}
	here := map[string]bool{}
	head := heading{seen: k >= weighted}
	line := 0
	for text := range strings.SplitSeq(data, "\n") {
		line++
		text = strings.TrimSpace(text)
		switch {
		case text == "" || strings.HasPrefix(text, "# ") || text == "#":
		case text == "[replace]":
			below, at = nil, map[string]int{}
		case strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]"):
			if err := head.read(text, k < weighted); err != nil {
				wrong = append(wrong, fmt.Errorf("%s:%d: %w", file, line, err))
			}
		default:
			for entry := range strings.SplitSeq(text, ",") {
				if entry = strings.TrimSpace(entry); entry == "" {
					continue
				}
				it, err := newItem(entry, head, file)
				if err == nil && here[it.key] {
					err = fmt.Errorf("%q stands twice", entry)
				}
				if err != nil {
					wrong = append(wrong, fmt.Errorf("%s:%d: %w", file, line, err))
					continue
				}
				here[it.key] = true
				below = layOver(below, at, it, head.remove)
			}
		}
	}
	return below, errors.Join(wrong...)
}

// layOver puts an entry above those of lower layers, or takes it out.
func layOver(below []item, at map[string]int, it item, remove bool) []item {
	i, ok := at[it.key]
	switch {
	case remove && ok:
		below[i].text.words = nil // an entry without words is none
	case remove:
	case ok:
		below[i] = it
	default:
		at[it.key] = len(below)
		below = append(below, it)
	}
	return below
}

func (h *heading) read(text string, weights bool) error {
	if text == "[remove]" {
		h.remove = true
		return nil
	}
	v, err := strconv.Atoi(strings.Trim(text, "[]"))
	if !weights || err != nil || v < -1000 || v > 1000 {
		return fmt.Errorf("%s is no weight from -1000 to 1000", text)
	}
	h.weight, h.seen, h.remove = int16(v), true, false
	return nil
}

// newItem cuts an entry into words. "^" before it means the beginning of a sentence, "#" in it any number.
func newItem(entry string, head heading, file string) (item, error) {
	it := item{weight: head.weight}
	if !head.seen && !head.remove {
		return it, errors.New("an entry before the first weight")
	}
	text, atStart := strings.CutPrefix(entry, "^")
	if atStart {
		it.weight += opening
	}
	var plain []string
	for _, field := range strings.Fields(text) {
		if field == "#" {
			field = "0"
		}
		plain = append(plain, field)
	}
	text = strings.Join(plain, " ")
	it.text.cut(text)
	if n := len(it.text.words); n == 0 || n > longestPhrase {
		return it, fmt.Errorf("%q: an entry has one to %d words", entry, longestPhrase)
	}
	if path.Base(file) == "emoji.txt" && (len(text) > longestFace && text[0] < 0x80 || !isFace(text, &it.text)) {
		return it, fmt.Errorf("%q is neither one emoji nor a face of at most %d signs", entry, longestFace)
	}
	for _, w := range it.text.words {
		it.key += " " + string(it.text.folded[w.from:w.to])
	}
	if atStart {
		it.key = "^" + it.key
	}
	return it, nil
}
