package ask

// Words holds when the text has one of Any and every one of All, folded as package mention folds: case, width and hidden
// signs do not count, a letter may be another that looks like it, and accents count unless Policy.IgnoreAccents is set.
// An entry is a word, a sign or a phrase; a trailing * makes its last word a stem: "cancel*" is cancelled and
// cancellation. Negated says what a negation within the three words before and in the same clause ("not broken") does:
// by default such a word does not count. Negations are known in the languages of package signal.
type Words struct {
	Any     []string `json:"any,omitempty"`
	All     []string `json:"all,omitempty"`
	Negated bool     `json:"negated,omitempty"` // a negated word counts too
}

// Together is several words that stand near each other. An entry is written as in Words; there are two to eight, each
// once.
//
// As a Phrase they stand in this order, with at most Within other words between one and the next, 0 to 20; what is no
// word, such as a sign or the end of a sentence, is not counted. The phrase is negated when its first word is.
//
// As Near they stand in any order within Within words, counted from the first of them to the last, 2 to 50; a negated
// word is none of them.
type Together struct {
	Words   []string `json:"words"`
	Within  int      `json:"within,omitempty"`  // words between two of a phrase, or words in all
	Negated bool     `json:"negated,omitempty"` // what is negated counts too
}

// Signal holds when the named signal lies within the bounds, per mille. An absent signal lies nowhere.
type Signal struct {
	Name string `json:"name"`
	Between
}
