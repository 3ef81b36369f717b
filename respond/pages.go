package respond

import (
	"encoding/json"
	"slices"

	"github.com/reputekit/reputation/escalation"
)

// pages is what a change altered of the pages of a case's climb. A climb is written at two steps of three, and would
// repeat each time whom it has told since it began.
type pages struct {
	New    []escalation.Page            `json:"new,omitempty"`    // in the order of their numbers; or one in another's place
	Became map[int]escalation.PageState `json:"became,omitempty"` // the states of others, by number
	Gone   []int                        `json:"gone,omitempty"`   // the numbers of those that are remembered no more
}

// paged parts a climb into what its change says of it and of its pages. A climb whose pages do not stand in the order of
// their numbers keeps them.
func paged(was *escalation.Climb, is escalation.Climb) (*escalation.Climb, *pages) {
	var old []escalation.Page
	if was != nil {
		old = was.Pages
	}
	if is.Ladder == "" || !inOrder(old) || !inOrder(is.Pages) {
		return &is, nil
	}
	var p pages
	for _, page := range is.Pages {
		for len(old) > 0 && old[0].N < page.N {
			p.Gone, old = append(p.Gone, old[0].N), old[1:]
		}
		if len(old) > 0 && old[0].N == page.N {
			p.altered(old[0], page)
			old = old[1:]
			continue
		}
		p.New = append(p.New, page)
	}
	for _, page := range old {
		p.Gone = append(p.Gone, page.N)
	}
	is.Pages = nil
	return &is, &p
}

// after is a list of pages after what was altered of it.
func (p *pages) after(list []escalation.Page) []escalation.Page {
	if len(p.Gone) == 0 && len(p.New) == 0 && len(p.Became) == 0 {
		return list
	}
	out := make([]escalation.Page, 0, len(list)+len(p.New))
	for _, page := range list {
		if slices.Contains(p.Gone, page.N) {
			continue
		}
		if state, ok := p.Became[page.N]; ok {
			page.State = state
		}
		out = append(out, page)
	}
	for _, page := range p.New {
		i, known := slices.BinarySearchFunc(out, page.N, func(x escalation.Page, n int) int { return x.N - n })
		if known {
			out[i] = page
		} else {
			out = slices.Insert(out, i, page)
		}
	}
	return nonEmpty(out)
}

func inOrder(pages []escalation.Page) bool {
	for i := 1; i < len(pages); i++ {
		if pages[i-1].N >= pages[i].N {
			return false
		}
	}
	return true
}

func (p *pages) altered(was, is escalation.Page) {
	same := was
	same.At, same.Until, same.State = is.At, is.Until, is.State
	switch {
	case same != is, !was.At.Equal(is.At), !was.Until.Equal(is.Until):
		p.New = append(p.New, is)
	case was.State != is.State:
		if p.Became == nil {
			p.Became = make(map[int]escalation.PageState, 1)
		}
		p.Became[is.N] = is.State
	}
}

// A paging is what became of the pages of a climb in one entry after the other, which a replay decodes late.
type paging struct {
	before []escalation.Page // those that it had
	seqs   []int             // of the entries
	ends   []int             // where what each says ends in json
	json   []byte            // a list without its end
}

func (p *paging) add(seq int, pages []byte) {
	separator := byte(',')
	if len(p.seqs) == 0 {
		p.json, separator = p.json[:0], '['
	}
	p.json = append(append(p.json, separator), pages...)
	p.seqs, p.ends = append(p.seqs, seq), append(p.ends, len(p.json))
}

// pages is what the pages are now, and the first entry that cannot be read; 0 when all can.
func (p *paging) pages() ([]escalation.Page, int) {
	var list []pages
	if err := json.Unmarshal(append(p.json, ']'), &list); err != nil {
		from := 1
		for i, end := range p.ends {
			if json.Unmarshal(p.json[from:end], &pages{}) != nil {
				return nil, p.seqs[i]
			}
			from = end + 1
		}
	}
	now := p.before
	for _, altered := range list {
		now = altered.after(now)
	}
	return now, 0
}
