package signal

import "slices"

// The names of the signals of this package, as conditions write them. Their values are per mille: Sentiment from -1000
// (bad) to 1000 (good), every other from 0 (nothing speaks for it) to 1000 (certain).
const (
	Sentiment = "sentiment" // how the author feels
	Praise    = "praise"    // he praises or thanks, and means it
	Question  = "question"  // he asks and wants an answer
	Anger     = "anger"     // he is angry, which is more than unhappy
	Complaint = "complaint" // he says that something is wrong
	Urgency   = "urgency"   // it cannot wait
	Occasion  = "occasion"  // something that will not come again hangs on it: a wedding, a flight, a funeral
	Lead      = "lead"      // he thinks of buying
	Churn     = "churn"     // he leaves, or says he will

	AbuseInsult = "abuse_insult" // he calls somebody names
	AbuseSlur   = "abuse_slur"   // he runs a group of people down
	AbuseThreat = "abuse_threat" // he threatens somebody with harm
	AbuseSexual = "abuse_sexual" // he is obscene

	LifeSelfHarm = "life_self_harm" // somebody may harm himself
	LifeThreat   = "life_threat"    // people or a place are threatened
	LifeDanger   = "life_danger"    // somebody is in danger now: gas, fire, allergy, trapped, stranded
	LifeInjury   = "life_injury"    // a product has hurt somebody, or may

	Spam      = "spam"      // traits of bulk advertising and fraud
	Gibberish = "gibberish" // keys struck at random; absent where there is too little to tell

	ReplyAccepts  = "reply_accepts"         // yes to what was offered
	ReplyDeclines = "reply_declines"        // no to what was offered
	ReplyGives    = "reply_gives_details"   // the details that were asked for, or that they were sent
	ReplyRefuses  = "reply_refuses_details" // will not give them
	ReplyThanks   = "reply_thanks"          // thanks
	ReplyOver     = "reply_over"            // says that it is solved
	ReplyLaw      = "reply_threatens_law"   // threatens with a lawyer, a court, an authority
)

// An ID stands for a signal's name, so that a name is looked up once. The zero ID is no signal.
type ID uint8

// A kind is one signal: how it is read.
type kind struct {
	name  string
	feels bool // a person's feelings or opinion: never evidence on who is genuine
	read  func(t *Text, rating int) Value
}

// signals stand in the order of their names.
var signals = [...]kind{
	{AbuseInsult, true, cued(cue{list: insults})},
	{AbuseSexual, true, cued(cue{list: obscene})},
	{AbuseSlur, true, cued(cue{list: slurs, negated: 1000})},
	{AbuseThreat, true, cued(cue{list: threatens})},
	{Anger, true, func(t *Text, _ int) Value { return t.anger() }},
	{Churn, true, cued(cue{list: leaves})},
	{Complaint, true, func(t *Text, _ int) Value { return t.complaint() }},
	{Gibberish, false, func(t *Text, _ int) Value { return t.gibberish() }},
	{Lead, false, cued(cue{list: buys})},
	{LifeDanger, false, cued(cue{list: danger, negated: 200, scenes: ofDanger})},
	{LifeInjury, false, cued(cue{list: injury, negated: 200, scenes: ofInjury})},
	{LifeSelfHarm, false, cued(cue{list: selfHarm, negated: 500, scenes: ofSelfHarm})},
	{LifeThreat, false, cued(cue{list: endangers, negated: 200, scenes: ofThreat})},
	{Occasion, false, func(t *Text, _ int) Value { return t.occasion() }},
	{Praise, true, func(t *Text, rating int) Value { return t.Praise(rating) }},
	{Question, false, func(t *Text, _ int) Value { return t.Question() }},
	{ReplyAccepts, false, cued(cue{list: accepts, asking: 300})},
	{ReplyDeclines, false, func(t *Text, _ int) Value { return t.declines() }},
	{ReplyGives, false, func(t *Text, _ int) Value { return t.givesDetails() }},
	{ReplyOver, false, func(t *Text, _ int) Value { return t.over() }},
	{ReplyRefuses, false, cued(cue{list: withholds, negated: 1000, asking: 1000})},
	{ReplyThanks, false, func(t *Text, _ int) Value { return t.thanks() }},
	{ReplyLaw, false, cued(cue{list: sues, negated: 300, asking: 600})},
	{Sentiment, true, func(t *Text, _ int) Value { return t.Sentiment() }},
	{Spam, false, func(t *Text, _ int) Value { return t.spam() }},
	{Urgency, true, cued(cue{list: hurries})},
}

// Names returns the names of all signals that are built in, sorted.
func Names() []string {
	names := make([]string, len(signals))
	for i := range signals {
		names[i] = signals[i].name
	}
	return names
}

// Lookup gives the ID of a built-in signal; ok is false when there is none of the name.
func Lookup(name string) (id ID, ok bool) {
	i := slices.IndexFunc(signals[:], func(k kind) bool { return k.name == name })
	return ID(i + 1), i >= 0
}

// IDs returns the IDs of all signals, in the order of Names.
func IDs() []ID {
	ids := make([]ID, len(signals))
	for i := range ids {
		ids[i] = ID(i + 1)
	}
	return ids
}

func (id ID) known() bool { return id > 0 && int(id) <= len(signals) }

// String returns the name.
func (id ID) String() string {
	if !id.known() {
		return ""
	}
	return signals[id-1].name
}

// Least is the lowest value the signal can have, per mille: -1000 for sentiment, else 0. The highest is 1000.
func (id ID) Least() int {
	if id.String() == Sentiment {
		return -1000
	}
	return 0
}

// Feels reports whether the signal is about feelings or opinions, which say nothing about who is genuine.
func (id ID) Feels() bool { return id.known() && signals[id-1].feels }

// Value reads one signal of the text. Each costs what it alone needs; nothing is cut or looked up again. Rating is that
// which came with the text, per mille of its scale, below 0 when there is none; only praise looks at it. An ID that
// stands for nothing is absent.
func (t *Text) Value(id ID, rating int) Value {
	if !id.known() {
		return Value{Absent: true}
	}
	return signals[id-1].read(t, rating)
}
