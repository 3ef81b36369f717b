package sensitive

import "strings"

var (
	// diagnoses are the words before an illness that say that a person has it.
	diagnoses = words("diagnosed|diagnosis|suffer|suffers|suffering|suffered|treated|positive|" +
		"diagnosticado|diagnosticada|diagnostico|padezco|padece|sufro|sufre|" +
		"diagnostiziert|leide|leidet|erkrankt")
	// possessors are those that say whose it is.
	possessors = words("my|your|his|her|their|mi|su|tu|mein|meine|meiner|meinem|meinen|dein|deine|deiner|" +
		"ihr|ihre|ihrer|ihrem|ihren|sein|seine|seiner")
	// between are those that may stand between these and the illness.
	between = words("with|from|for|of|by|type|stage|the|a|severe|chronic|early|late|breast|lung|skin|colon|prostate|ovarian|" +
		"bone|blood|brain|terminal|metastatic|high-risk|con|de|por|la|el|un|una|mit|an|von|wegen|der|die|schwerer|chronischer")
)

// illness reports an illness text[start:end] if it is said of a person: behind a word like diagnosed, behind my or her
// where it is a grave one, or before "positive". An illness that is only talked about is nobody's.
func illness(text string, start, end int, c cue) (from, to int) {
	if strings.HasPrefix(text[end:], " of ") { // a miscarriage of justice
		return 0, 0
	}
	if c == gravelyIll && strings.EqualFold(text[end:min(len(text), end+9)], " positive") {
		return start, end
	}
	from = start
	for i, n := start, 0; n < 4; n++ {
		word, at := wordBefore(text, i, " -:")
		var buf [48]byte
		folded := string(fold(buf[:0], word))
		switch {
		case diagnoses[folded], c == gravelyIll && possessors[folded]:
			return from, end
		case !between[folded] && !(len(folded) == 1 && decimal(folded[0])):
			return 0, 0
		}
		i = at
	}
	return 0, 0
}
