package playbook

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// A Composer is a compiled Playbook: it chooses the play, writes the text, lints a draft and says what moderation does.
// It never changes and may be used from many goroutines.
type Composer struct {
	locale    language.Tag
	slots     []template.Slot
	plays     map[string]*compiledPlay
	unasked   map[string]string // ids of plays, by request
	pairs     map[string]string
	questions map[string]map[string]string
	outlets   []Outlet
	ours      []string        // what the links say: numbers and addresses that we publish ourselves
	ranked    []*compiledPlay // the most specific first
	index     *index
	general   string // the last play
	linter    *guideline.Linter
	table     *moderation.Table
	house     House
}

// A compiledPlay is a play with its texts.
type compiledPlay struct {
	Play
	reason   string
	texts    wordings
	private  wordings // where they differ from texts
	reminder wordings
}

// Choose gives the play for a situation and, for a person, why: the one whose scope has the most limits that all hold;
// of two with as many, the one limited by what stands further up in Scope; of two alike, the first. Danger to people
// only ever gets a play that names it. What it gives never goes out unattended in a crisis or for life. It shares its
// lists with the Composer and is not to be changed.
func (c *Composer) Choose(s Situation) (Play, string) {
	s = s.settled()
	rank := c.index.find(&s)
	if rank < 0 {
		return lifePlay, "where a life is in danger a person writes"
	}
	p := c.ranked[rank]
	out := p.Play
	out.Unattended = out.Unattended && s.Category != triage.Life && s.Severity < triage.Crisis
	return out, p.reason
}

// Play returns a play by its id. It shares its lists with the Composer and is not to be changed.
func (c *Composer) Play(id string) (Play, bool) {
	p := c.plays[id]
	if p == nil {
		return Play{}, false
	}
	return p.Play, true
}

// Unasked returns the play that speaks for a message that nobody asked for, by the name of its followup.Requests, or TakenUp. It
// shares its lists with the Composer and is not to be changed.
func (c *Composer) Unasked(request string) (Play, bool) { return c.Play(c.unasked[request]) }

// Lint holds a text to the playbook's guidelines, as guideline.Linter does: at each key press, if wanted. What the
// playbook's links say is never private.
func (c *Composer) Lint(text string, sc guideline.Scene) []guideline.Finding {
	if len(c.ours) > 0 {
		sc.Ours = slices.Concat(sc.Ours, c.ours)
	}
	return c.linter.Lint(text, sc)
}

// Rests returns what the facts say that a text rests on, as guideline.Linter does.
func (c *Composer) Rests(text string, sc guideline.Scene) []string { return c.linter.Rests(text, sc) }

// Moderate says what is done with an item, as moderation.Table.Decide does.
func (c *Composer) Moderate(x moderation.Item) moderation.Decision { return c.table.Decide(x) }

// Scene is what a text of a play is linted for in a situation, as far as play and situation tell. Said are the words of
// Play.Matter: add the customer's own to them. What else is known of the case (facts, limits, earlier answers) is for the
// caller to add. Of an unknown play it is the scene of a text that a person wrote.
func (c *Composer) Scene(play string, s Situation) guideline.Scene {
	s = s.settled()
	p := c.plays[play]
	if p == nil {
		p = &compiledPlay{}
	}
	sc := c.scene(&p.Play, s, !p.isPrivate(s))
	if p.Mode != None && p.Mode != "" {
		w := p.wordings(s)
		sc.Lang = c.localeFor(w, s.Lang)
		sc.Said = strings.Join(p.Matter[sc.Lang], " ")
	}
	return sc
}

func (c *Composer) scene(p *Play, s Situation, public bool) guideline.Scene {
	private := !public
	second := p.Mode == PublicThenPrivate && private
	return guideline.Scene{
		Visibility: visibility(public), Lang: s.Lang, Crisis: s.Severity == triage.Crisis || p.Mode == Holding, Aim: s.Aim,
		Standing: s.Standing, Legitimacy: s.Legitimacy, Safety: c.house.isSafety(s.Category), Stage: s.Stage,
		FirstReply: s.Stage == followup.Fresh.String() && p.Mode != Holding, Statement: p.Mode == Holding,
		WantsContact: p.Contact != "" && (len(p.PrivateTexts) == 0 || second),
		MovesPrivate: p.Mode == PublicThenPrivate && public, Asks: len(p.Asks) > 0 && private,
	}
}
