package trail

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// anyEffect is what every request has, and what tells one from another in words.
type anyEffect struct {
	Key     string `json:"key"`
	Kind    string `json:"kind"`
	Because string `json:"because"`
	Body    struct {
		Member     string `json:"member"`
		Contact    string `json:"contact"`
		Act        string `json:"act"`
		Draft      string `json:"draft"`
		Channel    string `json:"channel"`
		Visibility string `json:"visibility"`
		Category   string `json:"category"`
		Relief     bool   `json:"relief"`
	} `json:"body"`
}

// wanted is a request in words.
func (p *page) wanted(x anyEffect) string {
	parts := []string{x.Kind, x.Body.Act, x.Body.Member}
	if x.Kind == "join" {
		parts = append(parts, "the incident of", x.Body.Category)
	}
	if x.Body.Contact != "" {
		parts = append(parts, "by", x.Body.Contact)
	}
	if x.Body.Relief {
		parts = append(parts, "(need do nothing any more)")
	}
	if x.Body.Draft != "" {
		parts = append(parts, p.draft(x.Body.Draft))
	}
	if x.Body.Channel != "" {
		parts = append(parts, "on", x.Body.Channel)
	}
	if x.Body.Visibility != "" {
		parts = append(parts, "in", x.Body.Visibility)
	}
	return oneLine(strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " "))
}

// changes is what is told in words of a change, of a case or of an incident.
type changes struct {
	Moves []struct {
		From    string `json:"from"`
		On      string `json:"on"`
		To      string `json:"to"`
		Outcome string `json:"outcome"`
	} `json:"moves"`
	Verdict *struct {
		Category   string `json:"category"`
		Severity   string `json:"severity"`
		Legitimacy string `json:"legitimacy"`
	} `json:"verdict"`
	Owed   *time.Time `json:"owed"`
	Clocks *[]struct {
		Objective string    `json:"objective"`
		Due       time.Time `json:"due"`
		Still     time.Time `json:"still"`
		Breached  bool      `json:"breached"`
	} `json:"clocks"`
	Missed []struct {
		Objective string    `json:"objective"`
		Due       time.Time `json:"due"`
	} `json:"missed"`
	Hold *struct {
		Kind string `json:"kind"`
		Of   string `json:"of"`
	} `json:"hold"`
	Climb *struct {
		Taken  string `json:"taken"`
		Acting string `json:"acting"`
		Level  int    `json:"level"`
		Over   bool   `json:"over"`
	} `json:"climb"`
	Draft *struct {
		ID       string `json:"id"`
		By       string `json:"by"`
		Text     string `json:"text"`
		Approved string `json:"approved"`
		Stale    string `json:"stale"`
	} `json:"draft"`
	State     string  `json:"state"`
	Commander *string `json:"commander"`
}

// readChanged reads what it can of a change; of another form it is nothing.
func readChanged(change json.RawMessage) (c changes) {
	if json.Unmarshal(change, &c) != nil {
		return changes{}
	}
	return c
}

// bookkeeping are facets by which a case finds and remembers things. It is never written to.
var bookkeeping = [...]string{"awaited", "heard", "keys", "pages", "unread"}

// changed is what changed, in one line.
func (p *page) changed(c changes, change json.RawMessage) string {
	if p.style.Change != nil {
		if line := p.style.Change(change); line != "" {
			return oneLine(line)
		}
	}
	if words := p.inWords(c); len(words) > 0 {
		return oneLine(strings.Join(words, "; "))
	}
	var facets map[string]json.RawMessage
	if json.Unmarshal(change, &facets) != nil {
		return ""
	}
	for _, name := range bookkeeping {
		delete(facets, name)
	}
	return oneLine(strings.Join(slices.Sorted(maps.Keys(facets)), ", "))
}

// fresh is how the first stage is called, which is written as nothing.
const fresh = "fresh"

func (p *page) inWords(c changes) (words []string) {
	add := func(format string, args ...any) { words = append(words, fmt.Sprintf(format, args...)) }
	for _, m := range c.Moves {
		from := or(m.From, fresh) + " to "
		if m.From == m.To {
			from = "still "
		}
		add("%s%s on %s%s", from, or(m.To, fresh), m.On, before(", as ", m.Outcome))
	}
	if c.State != "" {
		add("it is %s", c.State)
	}
	if v := c.Verdict; v != nil {
		add("%s%s%s", or(v.Category, "no category"), before(", ", v.Severity), before(", ", v.Legitimacy))
	}
	for _, k := range c.Missed {
		add("%s of %s was missed", k.Objective, p.at(k.Due))
	}
	switch {
	case c.Owed == nil:
	case c.Owed.IsZero():
		add("no answer is owed")
	default:
		add("an answer is owed since %s", p.at(*c.Owed))
	}
	if c.Clocks != nil {
		words = append(words, p.clocks(c))
	}
	if k := c.Climb; k != nil {
		words = append(words, p.climb(k.Taken, k.Acting, k.Level, k.Over))
	}
	if h := c.Hold; h != nil {
		of := before(" ", h.Of)
		if p.style.Withhold {
			of = ""
		}
		add("%s", or(before("held by ", h.Kind+of), "held no more"))
	}
	if d := c.Draft; d != nil && d.ID != "" {
		name := p.draft(d.ID)
		if d.Text == "" { // it went, and its id with it
			name = "a draft" + before(" by ", d.By)
		}
		add("%s%s%s", name, before(", approved by ", d.Approved), before(", stale: ", d.Stale))
	}
	if c.Commander != nil {
		add("%s commands", or(*c.Commander, "nobody"))
	}
	return words
}

// clocks are those that run, with when they end.
func (p *page) clocks(c changes) string {
	var running []string
	for _, k := range *c.Clocks {
		switch {
		case k.Breached:
			running = append(running, k.Objective+" missed")
		case !k.Still.IsZero():
			running = append(running, k.Objective+" stands still")
		default:
			running = append(running, k.Objective+" by "+p.at(k.Due))
		}
	}
	if len(running) == 0 {
		return "no clock runs"
	}
	return strings.Join(running, ", ")
}

func (p *page) climb(taken, acting string, level int, over bool) string {
	switch {
	case taken != "":
		return taken + " has it"
	case over:
		return "nobody is called any more"
	}
	return fmt.Sprintf("%slevel %d of the ladder", before("owner ", or(acting, "nobody"))+", ", level)
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func before(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}
