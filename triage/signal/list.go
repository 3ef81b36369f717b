package signal

// A list is one kind of word list; a language's folder has a file for each. The lists with weights come first.
type list uint8

const (
	feels list = iota
	boosts
	praises
	asks
	rages
	hurries
	insults
	slurs
	threatens
	obscene
	selfHarm
	endangers
	danger
	injury
	happens
	soon
	buys
	leaves
	complains
	sells
	accepts
	declines
	gives
	withholds
	thanks
	closes
	sues
	weighted // how many have weights

	negates list = iota - 1
	fills
	contrasts
	vetoes
	bridges
	counts
	numerals
	littles
	masks
	readable

	despairs // the lists of scenes
	endings
	weapons
	violence
	resolves
	persons
	hazards
	places
	distress
	frail
	helpless
	remedies
	lacks
	harms
	bodies
	causes
	ills
	controls
	fails
	allLists // how many there are
)

// kinds are the files a language's folder may have. A folder without one of them has an empty list, and what is read
// from an empty list is absent.
var kinds = [allLists]string{
	feels: "sentiment", boosts: "boosters", praises: "praise", asks: "questions", rages: "anger", hurries: "urgency",
	insults: AbuseInsult, slurs: AbuseSlur, threatens: AbuseThreat, obscene: AbuseSexual,
	selfHarm: LifeSelfHarm, endangers: LifeThreat, danger: LifeDanger, injury: LifeInjury,
	happens: "occasion", soon: "soon", buys: "lead", leaves: "churn", complains: "complaint", sells: "spam",
	accepts: ReplyAccepts, declines: ReplyDeclines, gives: ReplyGives, withholds: ReplyRefuses, thanks: ReplyThanks,
	closes: ReplyOver, sues: ReplyLaw,
	negates: "negators", fills: "fillers", contrasts: "contrast", vetoes: "vetoes", bridges: "bridges",
	counts: "ordinals", numerals: "numbers", littles: "common", masks: "masked", readable: "readable",
	despairs: "scene_despair", endings: "scene_endings", weapons: "scene_weapons", violence: "scene_violence",
	resolves: "scene_intent", persons: "scene_persons", hazards: "scene_hazards", places: "scene_places",
	distress: "scene_distress", frail: "scene_frail", helpless: "scene_helpless", remedies: "scene_remedies",
	lacks: "scene_lacks", harms: "scene_harms", bodies: "scene_bodies",
	causes: "scene_causes", ills: "scene_ills", controls: "scene_controls", fails: "scene_fails",
}

// A role is what a word does to the words around it: the lists without weights, one bit each.
type role uint16

const (
	roleNegates role = 1 << iota
	roleContrasts
	roleVetoes
	roleCounts
)

// A set is a set of lists.
type set uint64

func (s set) has(l list) bool { return s>>l&1 != 0 }

const rolesOf = 1<<boosts | 1<<negates | 1<<fills | 1<<contrasts | 1<<vetoes | 1<<bridges | 1<<counts

// An entry is what the lists say about one word or phrase.
type entry struct {
	lists   set
	next    uint64 // the words that phrases go on with, one bit of 64 for each, any number apart
	weights int32  // in the language's weights: one for each list with weights, in the order of the lists
	longer  bool   // phrases go on from here
	counts  bool   // some go on with any number
	number  bool   // it is a number itself
}

// A find is a phrase of the text that stands in lists.
type find struct {
	lists      set
	weights    int32
	first, end int32 // words: the first and the one behind the last
}

// opening is added to the weight of what counts at the beginning of a sentence only.
const opening = 10_000
