package signal

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// A heading is a line in brackets: what holds for the entries behind it.
type heading struct {
	weight int16
	seen   bool
	remove bool
}

// readLayers reads one list of a language from all layers. A file that is not there is an empty list.
func (b *builder) readLayers(layers []fs.FS, language string, k list) {
	file := path.Join(language, kinds[k]+".txt")
	if language == anyLanguage && k == feels {
		file = path.Join(language, "emoji.txt")
	}
	for _, layer := range layers {
		data, err := fs.ReadFile(layer, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			b.wrong = append(b.wrong, err)
			continue
		}
		b.readFile(string(data), file, k)
	}
}

// readFile puts the entries of one file above those of the layers below. Lines beginning with # are remarks, "[-300]"
// gives the weight of what follows, entries are separated by commas or line ends.
func (b *builder) readFile(data, file string, k list) {
	b.file++
	head := heading{seen: k >= weighted}
	line := 0
	for text := range strings.SplitSeq(data, "\n") {
		line++
		text = strings.TrimSpace(text)
		switch {
		case text == "" || strings.HasPrefix(text, "# ") || text == "#":
		case text == "[replace]":
			b.empty(k)
		case text[0] == '[' && text[len(text)-1] == ']':
			if err := head.read(text, k < weighted); err != nil {
				b.wrong = append(b.wrong, fmt.Errorf("%s:%d: %w", file, line, err))
			}
		default:
			for entry := range strings.SplitSeq(text, ",") {
				if entry = strings.TrimSpace(entry); entry == "" {
					continue
				}
				if err := b.readEntry(entry, head, file, k); err != nil {
					b.wrong = append(b.wrong, fmt.Errorf("%s:%d: %w", file, line, err))
				}
			}
		}
	}
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

// readEntry puts an entry where it belongs, or takes it out. "^" before it means the beginning of a sentence, "#" in it
// any number.
func (b *builder) readEntry(entry string, head heading, file string, k list) error {
	if !head.seen && !head.remove {
		return errors.New("an entry before the first weight")
	}
	text, atStart := strings.CutPrefix(entry, "^")
	weight := head.weight
	if atStart {
		weight += opening
	}
	if err := b.cutEntry(entry, text, file); err != nil {
		return err
	}
	var n *branch
	if !head.remove {
		n = b.put(k, b.ids, weight)
	} else if node := b.at(b.ids); node != 0 {
		n = &b.nodes[node]
	} else {
		return nil
	}
	seen := &n.plain
	if atStart {
		seen = &n.bold
	}
	if *seen == b.file {
		return fmt.Errorf("%q stands twice", entry)
	}
	*seen = b.file
	switch {
	case !head.remove:
		n.own |= 1 << k
	case n.own.has(k) && (k >= weighted || n.weights[k] > opening/2 == atStart):
		n.own &^= 1 << k
		n.lists &^= 1 << k
	}
	return nil
}

// cutEntry cuts the text of an entry into the numbers of its words.
func (b *builder) cutEntry(entry, text, file string) error {
	if strings.IndexByte(text, '#') >= 0 {
		fields := strings.Fields(text)
		for i, field := range fields {
			if field == "#" {
				fields[i] = "0"
			}
		}
		text = strings.Join(fields, " ")
	}
	t := &b.text
	t.cut(text)
	if n := len(t.words); n == 0 || n > longestPhrase {
		return fmt.Errorf("%q: an entry has one to %d words", entry, longestPhrase)
	}
	if path.Base(file) == "emoji.txt" && (len(text) > longestFace && text[0] < 0x80 || !isFace(text, t)) {
		return fmt.Errorf("%q is neither one emoji nor a face of at most %d signs", entry, longestFace)
	}
	b.ids = b.ids[:0]
	for i := range t.words {
		w := &t.words[i]
		n := int(w.to - w.from)
		if n == 1 && t.folded[w.from] == '0' {
			b.ids = append(b.ids, anyNumber)
			continue
		}
		b.ids = append(b.ids, int64(b.add(t.folded[w.from:cap(t.folded)], n)))
	}
	return nil
}
