package insight

import (
	"maps"
	"slices"
	"strings"

	"github.com/reputekit/reputation/respond/insight/survey"
)

// Figures are counts over cases. The zero value is of none.
type Figures struct {
	Cases             int            `json:"cases"`               // opened
	Ends              map[string]int `json:"ends,omitempty"`      // by a followup.Outcome; those not ended: dormant, live
	Replies           Kept           `json:"replies"`             // one for each time that a customer began to wait for an answer
	Promises          Kept           `json:"promises"`            // news that we promised
	Pledges           Kept           `json:"pledges,omitzero"`    // what members promised customers by an instant; late is missed
	FirstReply        Spread         `json:"first_reply"`         // to the first answer of a person
	FirstReplyWorking Spread         `json:"first_reply_working"` // the same, in office time
	FirstResolution   Spread         `json:"first_resolution"`    // to the customer's first word that it is over
	LastResolution    Spread         `json:"last_resolution"`     // to the one that stands
	FirstContact      FirstContact   `json:"first_contact"`
	Reopened          int            `json:"reopened,omitempty"`  // times
	Automatic         int            `json:"automatic,omitempty"` // answers that no person let out
	Waivers           map[string]int `json:"waivers,omitempty"`   // by reason code
	Acts              []Act          `json:"acts,omitempty"`      // by act and clause
	Breaches          map[string]int `json:"breaches,omitempty"`  // by objective

	// Surveys are what customers answered, by question: nps, csat, "ces 1.0", "ces 2.0". Versions never mix.
	Surveys   map[string]survey.Counts `json:"surveys,omitempty"`
	Incidents Incidents                `json:"incidents,omitzero"` // of TellIncidents
}

// Kept is how obligations ended, each once.
type Kept struct {
	InTime    int `json:"in_time"`             // by a person, by the instant its clock had
	Late      int `json:"late"`                // by a person, after it
	Automatic int `json:"automatic,omitempty"` // answered without a person: neither in time nor late
	Waived    int `json:"waived,omitempty"`
	Released  int `json:"released,omitempty"` // the customer thanked, said that it is over, or withdrew; or it was taken back
	Open      int `json:"open,omitempty"`     // still owed
}

// Share is what was in time of all that a person did, per mille. ok is false when there was nothing.
func (k Kept) Share() (perMille int, ok bool) { return share(k.InTime, k.InTime+k.Late) }

// FirstContact is what one answer settled, in cases. The two are never one figure.
type FirstContact struct {
	Confirmed int `json:"confirmed"` // by the customer's word
	Quiet     int `json:"quiet"`     // answered or lapsed, and no new contact in 7 days
	Pending   int `json:"pending"`   // the 7 days are not over
}

// An Act is a kind of moderation under a clause of the house rules, and how often.
type Act struct {
	Act    string `json:"act"` // hide, delete, report
	Clause string `json:"clause"`
	Asked  int    `json:"asked"`            // times
	Done   int    `json:"done,omitempty"`   // times it was carried out
	Failed int    `json:"failed,omitempty"` // times it could not be
}

// Resolved is how many cases of those that ended did so by the customer's word, per mille. ok is false when none ended.
func (f Figures) Resolved() (perMille int, ok bool) { return share(f.Ends["resolved"], f.ended()) }

// Shares are the ends side by side: each one's part of the cases that ended, per mille, rounded half up. Those that live
// or are dormant have not ended. It is nil where none did.
func (f Figures) Shares() (perMille map[string]int) {
	for name, n := range f.Ends {
		if part, ok := share(n, f.ended()); ok && isEnd(name) {
			if perMille == nil {
				perMille = map[string]int{}
			}
			perMille[name] = part
		}
	}
	return perMille
}

func isEnd(name string) bool { return name != "live" && name != "dormant" }

// ended is how many cases are over.
func (f Figures) ended() (n int) {
	for name, of := range f.Ends {
		if isEnd(name) {
			n += of
		}
	}
	return n
}

// share is part of all per mille, rounded half up.
func share(part, all int) (int, bool) {
	if all <= 0 {
		return 0, false
	}
	return (2000*part + all) / (2 * all), true
}

func (f *Figures) count(x fact) {
	switch x.count {
	case opened:
		f.Cases++
	case ended:
		more(&f.Ends, x.name)
	case replied:
		f.Replies.count(x.name)
	case promised:
		f.Promises.count(x.name)
	case pledged:
		f.Pledges.count(x.name)
	case breached:
		more(&f.Breaches, x.name)
	case reopened:
		f.Reopened++
	case waived:
		more(&f.Waivers, x.name)
	case wentOut:
		f.Automatic++
	case moderated:
		f.act(x.name)
	case surveyed:
		f.answered(x.name, survey.Counts{int(x.ms): 1})
	case befell, toDeclare, toStatement, toEnd, newsKept:
		f.Incidents.count(x)
	case firstReply:
		f.FirstReply.add(x.ms)
	case firstReplyWorking:
		f.FirstReplyWorking.add(x.ms)
	case firstResolution:
		f.FirstResolution.add(x.ms)
	case lastResolution:
		f.LastResolution.add(x.ms)
	case firstContact:
		switch x.name {
		case "confirmed":
			f.FirstContact.Confirmed++
		case "quiet":
			f.FirstContact.Quiet++
		default:
			f.FirstContact.Pending++
		}
	}
}

func more(m *map[string]int, name string) {
	if *m == nil {
		*m = map[string]int{}
	}
	(*m)[name]++
}

func (k *Kept) count(how string) {
	switch how {
	case inTime:
		k.InTime++
	case late:
		k.Late++
	case automatic:
		k.Automatic++
	case byWaiver:
		k.Waived++
	case stillOpen:
		k.Open++
	default:
		k.Released++
	}
}

func (k *Kept) merge(o Kept) {
	k.InTime += o.InTime
	k.Late += o.Late
	k.Automatic += o.Automatic
	k.Waived += o.Waived
	k.Released += o.Released
	k.Open += o.Open
}

func (f *Figures) act(name string) {
	parts := strings.SplitN(name, "\x00", 3)
	if len(parts) != 3 {
		return
	}
	a := Act{Act: parts[0], Clause: parts[1]}
	switch parts[2] {
	case "asked":
		a.Asked = 1
	case "done":
		a.Done = 1
	case "failed":
		a.Failed = 1
	}
	f.addAct(a)
}

// addAct keeps the acts in order, so that the same acts are the same bytes.
func (f *Figures) addAct(a Act) {
	for i, x := range f.Acts {
		switch {
		case x.Act == a.Act && x.Clause == a.Clause:
			f.Acts[i].Asked += a.Asked
			f.Acts[i].Done += a.Done
			f.Acts[i].Failed += a.Failed
			return
		case x.Act > a.Act || x.Act == a.Act && x.Clause > a.Clause:
			f.Acts = append(f.Acts[:i], append([]Act{a}, f.Acts[i:]...)...)
			return
		}
	}
	f.Acts = append(f.Acts, a)
}

func (f *Figures) merge(o Figures) {
	f.Cases += o.Cases
	f.Ends = sum(f.Ends, o.Ends)
	f.Replies.merge(o.Replies)
	f.Promises.merge(o.Promises)
	f.Pledges.merge(o.Pledges)
	f.FirstReply.merge(o.FirstReply)
	f.FirstReplyWorking.merge(o.FirstReplyWorking)
	f.FirstResolution.merge(o.FirstResolution)
	f.LastResolution.merge(o.LastResolution)
	f.FirstContact.Confirmed += o.FirstContact.Confirmed
	f.FirstContact.Quiet += o.FirstContact.Quiet
	f.FirstContact.Pending += o.FirstContact.Pending
	f.Reopened += o.Reopened
	f.Automatic += o.Automatic
	f.Waivers = sum(f.Waivers, o.Waivers)
	for _, a := range o.Acts {
		f.addAct(a)
	}
	f.Breaches = sum(f.Breaches, o.Breaches)
	for _, name := range slices.Sorted(maps.Keys(o.Surveys)) {
		f.answered(name, o.Surveys[name])
	}
	f.Incidents.merge(o.Incidents)
}

// answered adds answers to a question. What was there is not written to: another report may have it.
func (f *Figures) answered(name string, more survey.Counts) {
	if len(more) == 0 {
		return
	}
	all, counts := maps.Clone(f.Surveys), survey.Counts{}
	if all == nil {
		all = map[string]survey.Counts{}
	}
	for _, part := range []survey.Counts{all[name], more} {
		for score, n := range part {
			counts[score] += n
		}
	}
	all[name] = counts
	f.Surveys = all
}

// sum adds counts; nothing and nothing stays nothing.
func sum(a, b map[string]int) map[string]int {
	if len(a)+len(b) == 0 {
		return nil
	}
	out := map[string]int{}
	for name, n := range a {
		out[name] += n
	}
	for name, n := range b {
		out[name] += n
	}
	return out
}
