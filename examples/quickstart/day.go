package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// A scene is what people do at one moment of the day. What is decided about it is not written here: it is asked of the
// desk, and told afterwards from what the desk has stored.
type scene struct {
	at   string // in the house's zone
	what string // for the timeline; empty when it only prepares something
	do   func(*house) error
}

// script is the day, in order. What customers say stands in day/mentions.jsonl.
func script() []scene {
	return []scene{
		{"00:01", "", func(h *house) error { h.deaf["ext-102"] = true; return nil }}, // ben's telephone is in his locker

		{"02:16", "cleo takes the incident", func(h *house) error { return h.ofIncident("cleo", event.Taken{}) }},
		{"02:31", "cleo declares it", func(h *house) error {
			return h.ofIncident("cleo", event.Declared{Note: "bookings and check-in are both gone"})
		}},
		{"02:44", "cleo writes a statement", func(h *house) error {
			return h.state1("cleo", "We are on it and will be back soon. Next update at 7:00.", "")
		}},
		{"02:45", "dora wants to approve it", func(h *house) error { return h.approveStatement("dora") }},
		{"02:47", "cleo corrects it", func(h *house) error {
			return h.state1("cleo", "Since 02:14 CEST you cannot check in online. Our desks check you in by hand: please come 30 minutes "+
				"earlier. Next update here at 07:00 CEST.", "07:00")
		}},
		{"02:52", "dora approves it", func(h *house) error { return h.approveStatement("dora") }},
		{"06:50", "cleo writes the update", func(h *house) error {
			return h.state1("cleo", "Online check-in is still down. Our desks check you in by hand, all flights wait for their "+
				"passengers. Next update here at 09:30 CEST.", "09:30")
		}},
		{"06:54", "dora approves it", func(h *house) error { return h.approveStatement("dora") }},
		{"07:05", "dora answers the night's posts", func(h *house) error { return h.clear("dora") }},
		{"08:30", "emil goes through the drafts", func(h *house) error { return h.clear("emil") }},
		{"09:00", "the scheduled campaign post is due", (*house).campaign},
		{"09:04", "dora answers the morning's posts", func(h *house) error { return h.clear("dora") }},
		{"09:15", "cleo writes the update", func(h *house) error {
			return h.state1("cleo", "Online check-in works again since 08:50 CEST. What went wrong, and what we change, will stand "+
				"here on 26 June at 12:00 CEST.", "26 June 12:00")
		}},
		{"09:18", "dora approves it", func(h *house) error { return h.approveStatement("dora") }},
		{"09:20", "cleo ends the incident, and its cases are let go", func(h *house) error {
			return h.ofIncident("cleo", event.Dismissed{Note: "works again since 08:50"})
		}},
		{"09:25", "dora writes to each who was held", func(h *house) error { return h.release("dora") }},

		{"09:47", "frida answers a customer of the shop", func(h *house) error {
			return h.draft("frida", pillow, "So sorry! Order 44-1092 was lost and that was our mistake.", false)
		}},
		{"09:48", "emil wants to approve it", func(h *house) error { return h.approve("emil", pillow) }},
		{"09:52", "frida writes it anew", func(h *house) error {
			return h.draft("frida", pillow, "We are sorry that your pillow has not come. I have asked the carrier and will write to you "+
				"by 16:00 CEST today. Frida", false)
		}},
		{"09:54", "emil approves it", func(h *house) error { return h.approve("emil", pillow) }},
		{"09:58", "emil goes through the drafts", func(h *house) error { return h.clear("emil") }},

		{"10:06", "frida answers a customer on the tarmac", func(h *house) error {
			return h.draft("frida", tarmac, "Two hours without water is hard. The crew is told to hand it out now.", false)
		}},
		{"10:12", "the customer edits her post; emil approves the answer", func(h *house) error {
			h.platforms[tarmac.Channel].Edit(tarmac, "@fjordwing two hours on the tarmac in Alta. Edit: water is here and we are moving, all good!")
			return h.approve("emil", tarmac)
		}},
		{"10:14", "frida answers a customer in Tromsø", func(h *house) error {
			return h.draft("frida", replacement, "Der Ersatzflug geht heute um 18:40 MESZ ab Tromsø. Ihr Platz ist gesichert.", false)
		}},
		{"10:18", "a colleague answers in the platform's own app; emil approves the draft", func(h *house) error {
			h.platforms[replacement.Channel].Elsewhere(replacement, "fjordwing", "Heute 18:40 ab Tromsø, Schalter 4 hilft beim Umbuchen.")
			return h.approve("emil", replacement)
		}},

		{"10:17", "frida answers a customer with a dog", func(h *house) error {
			return h.draft("frida", dog, "Dogs up to 8 kg fly in the cabin. You book the seat with yours at fjordwing.example/dogs.", true)
		}},
		{"10:19", "emil approves it, and the desk is killed while it goes out", func(h *house) error {
			h.doomed = true
			return h.approve("emil", dog)
		}},
		{"10:25", "the desk is started again from its snapshot", (*house).resume},

		{"10:48", "hana takes the matter of life", func(h *house) error { return h.of("hana", unconscious, event.Taken{}) }},
		{"10:49", "hana writes, and approves", func(h *house) error {
			if err := h.draft("hana", unconscious, "Bitte sofort 113 anrufen. Unsere Leute am Gate B7 sind gerufen und gleich bei Ihnen.", false); err != nil {
				return err
			}
			return h.approve("hana", unconscious)
		}},
		{"10:52", "hana writes what the gate told her", func(h *house) error {
			return h.answer("hana", "hana", unconscious, "Der Rettungsdienst ist da, der Mann ist wach. Danke, dass Sie geholfen haben. Ich schreibe bis Mittag wieder.")
		}},
		{"10:55", "emil goes through the drafts", func(h *house) error { return h.clear("emil") }},
		{"11:03", "dora answers the paper", func(h *house) error {
			return h.answer("dora", "dora", paper, "Good morning, I am Dora, the press officer. My number stands at fjordwing.example/press, and I am at my desk until 18:00 CEST.")
		}},
		{"11:10", "the service desk writes what no play has words for", func(h *house) error { return h.write(morning) }},
		{"11:45", "emil goes through the drafts", func(h *house) error { return h.clear("emil") }},
		{"12:30", "the service desk writes", func(h *house) error { return h.write(noon) }},
		{"13:30", "gus writes to the two reviewers", func(h *house) error { return h.clear("gus") }},
		{"14:30", "the service desk writes", func(h *house) error { return h.write(afternoon) }},
		{"15:20", "a customer says that it is over", func(h *house) error {
			h.platforms[pillow.Channel].Reply(pillow, mention.Mention{
				Ref: mention.Ref{ID: "c301"}, Author: mention.Author{ID: "u-pillow_talker", Handle: "pillow_talker"},
				Text: "@fjordwing the pillow came just now. All sorted, thank you.", Lang: "en", Addressed: mention.ToUs,
			})
			return nil
		}},
		{"15:22", "emil lets out the thanks to a reviewer: where there is one answer a person gives it",
			func(h *house) error { return h.clear("emil") }},
		{"15:25", "emil reads it so", func(h *house) error { return h.of("emil", pillow, event.Meant{Said: event.Over}) }},

		{"fri 17:30", "emil goes through the drafts", func(h *house) error { return h.clear("emil") }},
		{"fri 18:00", "", func(*house) error { return nil }},
	}
}

// The mentions that the script speaks of.
var (
	first       = chirp("c101") // 02:14
	sarcastic   = chirp("c204")
	pillow      = chirp("c208")
	tarmac      = chirp("c210")
	replacement = chirp("c211")
	dog         = chirp("c212")
	unconscious = chirp("c217")
	paper       = chirp("c218")
	fiveStars   = mention.Ref{Channel: "stars", ID: "s303"}
	oneStar     = mention.Ref{Channel: "stars", ID: "s304"}
	backpack    = mention.Ref{Channel: "inbox", ID: "m401"}
)

func chirp(id string) mention.Ref { return mention.Ref{Channel: "chirp", ID: id} }

// An answer is what a member writes where no play has words. It leaves nothing owed.
type answer struct {
	to   mention.Ref
	text string
}

var (
	morning = []answer{
		{tarmac, "Good that the water came. We are sorry for the two hours without it. Frida"},
		{chirp("c214"), "La segunda maleta cuesta 35 EUR si la reserva antes del vuelo. Frida"},
		{chirp("c216"), "Forty minutes is long. I have told the café in Bodø, and there is a second one behind gate A2. Emil"},
	}
	noon = []answer{
		{mention.Ref{Channel: "stars", ID: "s302"}, "Das tut uns leid. Bitte schreiben Sie uns eine Direktnachricht, " +
			"dann schicken wir heute einen neuen Becher. Frida"},
		{mention.Ref{Channel: "inbox", ID: "m402"}, "Please do not send card numbers, not even here. You pay for the upgrade at fjordwing.example/upgrade. Emil"},
		{mention.Ref{Channel: "inbox", ID: "m403"}, "Die Rechnung steht unter fjordwing.example/rechnung bereit. Frida"},
	}
	afternoon = []answer{
		{replacement, "Der Ersatzflug geht um 18:40 MESZ, wie angekündigt. Frida"},
		{chirp("c223"), "Ja, von November bis März zweimal in der Woche. Frida"},
	}
)

// of is a member's word about the case of a mention.
func (h *house) of(by string, ref mention.Ref, body event.Body) error {
	c, err := h.caseOf(ref)
	if err != nil {
		return err
	}
	return h.do(by, c.ID, body)
}

func (h *house) draft(by string, ref mention.Ref, text string, settles bool) error {
	return h.of(by, ref, event.Drafted{Text: text, Settles: settles})
}

// approve is a member's consent to the draft as it stands.
func (h *house) approve(by string, ref mention.Ref) error {
	c, err := h.caseOf(ref)
	if err != nil {
		return err
	}
	if c.Draft == nil {
		return fmt.Errorf("%s: there is no draft to approve", ref)
	}
	return h.do(by, c.ID, event.Approved{Draft: c.Draft.ID})
}

// clear is a member going through the queue: he takes each case with a draft that is clean and his to approve, and
// approves it.
func (h *house) clear(by string) error {
	queue, err := h.desk.Queue(h.ctx, "")
	if err != nil {
		return err
	}
	for _, c := range queue {
		d := c.Draft
		if d == nil || d.Stale != "" || d.Approved != "" || len(d.Findings) > 0 || !h.may(by, c) {
			continue
		}
		if err := h.do(by, c.ID, event.Taken{}); err != nil {
			return err
		}
		if err := h.do(by, c.ID, event.Approved{Draft: d.ID}); err != nil {
			return err
		}
	}
	return nil
}

// works is what each customer is told whom the incident had held.
var works = map[string]string{
	"en": "We are sorry for last night. Online check-in works again since 08:50 CEST. Dora",
	"es": "Sentimos lo de esta noche. La facturación en línea funciona desde las 08:50 CEST. Dora",
	"de": "Die letzte Nacht tut uns leid. Online einchecken geht seit 08:50 MESZ wieder. Dora",
}

// release is a member writing a word of his own to each customer whom the incident had held.
func (h *house) release(by string) error {
	queue, err := h.desk.Queue(h.ctx, "")
	if err != nil {
		return err
	}
	for _, c := range queue {
		if !c.Verdict.Crisis || c.Verdict.Rank.Life || c.Owed.IsZero() || c.Open == nil {
			continue
		}
		if err := h.answer(by, by, c.Open.Ref, works[c.Open.Lang]); err != nil {
			return err
		}
	}
	return nil
}

// may says whether a member may approve an answer of this case.
func (h *house) may(by string, c respond.Case) bool {
	return h.rules.Directory().Authorize(escalation.Ask{Act: "approve", By: by,
		Matter: escalation.Matter{Category: c.Verdict.Category, Severity: c.Verdict.Severity}}) == nil
}

// write is the service desk answering: frida writes, emil approves.
func (h *house) write(answers []answer) error {
	for _, a := range answers {
		if err := h.answer("frida", "emil", a.to, a.text); err != nil {
			return err
		}
	}
	return nil
}

// answer is one member writing and one approving an answer that leaves nothing owed.
func (h *house) answer(writer, approver string, ref mention.Ref, text string) error {
	if err := h.draft(writer, ref, text, true); err != nil {
		return err
	}
	return h.approve(approver, ref)
}

// theIncident is the incident that stands first.
func (h *house) theIncident() (string, string, error) {
	for in, err := range h.desk.Incidents(h.ctx, "") {
		if err != nil {
			return "", "", err
		}
		draft := ""
		if in.Draft != nil {
			draft = in.Draft.ID
		}
		return in.ID, draft, nil
	}
	return "", "", errors.New("there is no incident")
}

func (h *house) ofIncident(by string, body event.Body) error {
	id, _, err := h.theIncident()
	if err != nil {
		return err
	}
	return h.do(by, id, body)
}

// state1 is a member writing a holding statement, with the instant of the next news where he has one.
func (h *house) state1(by, text, next string) error {
	s := event.Statement{Text: text, Look: "fjordwing.example/status"}
	if next != "" {
		s.Zone = h.zone.String()
		at, err := time.ParseInLocation("2 January 15:04 2006", next+" 2026", h.zone)
		if err != nil {
			at = h.at(next)
		}
		s.Next = at.UTC()
	}
	return h.ofIncident(by, event.Stated{Statement: s})
}

func (h *house) approveStatement(by string) error {
	id, draft, err := h.theIncident()
	if err != nil {
		return err
	}
	return h.do(by, id, event.Approved{Draft: draft})
}

// campaignText was written and scheduled a week ago.
const campaignText = "Good morning! Check in with two taps, sit back, fly north: summer fares from today."

// campaign is the house's own scheduler at the moment of sending. It asks the channel, like everybody.
func (h *house) campaign() error {
	_, err := h.channels["chirp"].Publish(h.ctx, channel.Post{Key: "campaign-summer", Account: "fjordwing", Text: campaignText})
	var p *gate.Pause
	if errors.As(err, &p) {
		h.diary.stopped = append(h.diary.stopped, stopped{h.now, campaignText, *p})
		return nil
	}
	return err
}

// resume starts the desk again, and notes what was under way when it died.
func (h *house) resume() error {
	if err := h.restart(); err != nil {
		return err
	}
	h.diary.restarted = h.now
	open, err := h.outbox(desk.OutboxQuery{Open: true})
	for _, o := range open {
		if o.State == desk.Trying {
			h.diary.inFlight = append(h.diary.inFlight, o)
		}
	}
	return err
}
