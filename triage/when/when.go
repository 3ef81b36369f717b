package when

import (
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage"
)

// All holds when every condition holds.
func All(of ...triage.Condition) triage.Condition { return triage.Condition{All: of} }

// Any holds when one condition or more holds.
func Any(of ...triage.Condition) triage.Condition { return triage.Condition{Any: of} }

// Not holds when the condition does not.
func Not(c triage.Condition) triage.Condition { return triage.Condition{Not: &c} }

// AtLeast holds when n or more of the conditions hold.
func AtLeast(n int, of ...triage.Condition) triage.Condition {
	return triage.Condition{AtLeast: &triage.AtLeast{N: n, Of: of}}
}

// About holds when the mention names the subject of this name on the watchlist.
func About(subject string) triage.Condition { return triage.Condition{About: subject} }

// AboutKind holds when the mention names any subject of the kind.
func AboutKind(kind mention.SubjectKind) triage.Condition {
	return triage.Condition{About: "kind:" + string(kind)}
}

// Words holds when the text has one of the words or phrases; "cancel*" is every word that begins so. A negated word
// ("not broken") does not count.
func Words(any ...string) triage.Condition {
	return triage.Condition{Words: &triage.Words{Any: any}}
}

// AllWords holds when the text has every one of the words or phrases, none of them negated.
func AllWords(all ...string) triage.Condition {
	return triage.Condition{Words: &triage.Words{All: all}}
}

// WordsEvenNegated is Words, and a negated word counts too.
func WordsEvenNegated(any ...string) triage.Condition {
	return triage.Condition{Words: &triage.Words{Any: any, Negated: true}}
}

// Signal holds when the signal lies in the range, per mille. A signal that is absent lies nowhere.
func Signal(name string, in triage.Between) triage.Condition {
	return triage.Condition{Signal: &triage.Signal{Name: name, Between: in}}
}

// Rating holds when the stars lie in the range, per mille of their scale: of five stars 0 is one and 1000 is five.
func Rating(in triage.Between) triage.Condition { return triage.Condition{Rating: &in} }

// Followers holds when the number of the author's followers lies in the range.
func Followers(in triage.Between) triage.Condition { return triage.Condition{Followers: &in} }

// AuthorDays holds when the age of the author's account, in whole days, lies in the range; an unknown age lies nowhere.
func AuthorDays(in triage.Between) triage.Condition { return triage.Condition{AuthorDays: &in} }

// Contacts holds when the number of earlier mentions of this author within 30 days lies in the range.
func Contacts(in triage.Between) triage.Condition { return triage.Condition{Contacts: &in} }

// Min is the range from n up.
func Min(n int) triage.Between { return triage.Between{Min: &n} }

// Max is the range up to n.
func Max(n int) triage.Between { return triage.Between{Max: &n} }

// Between is the range from low to high, both included.
func Between(low, high int) triage.Between { return triage.Between{Min: &low, Max: &high} }

// Channel holds when the mention comes from one of the channels.
func Channel(names ...string) triage.Condition { return triage.Condition{Channel: names} }

// Kind holds when the mention is of one of the kinds.
func Kind(kinds ...mention.Kind) triage.Condition { return triage.Condition{Kind: texts(kinds)} }

// Lang holds when the mention is in one of the languages; "es" covers es-MX, and a language nobody knows is none of
// them.
func Lang(tags ...string) triage.Condition { return triage.Condition{Lang: tags} }

// Public holds when the world can read the mention.
func Public() triage.Condition { return public(true) }

// InPrivate holds when only we and the author can read the mention.
func InPrivate() triage.Condition { return public(false) }

func public(yes bool) triage.Condition { return triage.Condition{Public: &yes} }

// Addressed holds when the mention speaks to one of these.
func Addressed(to ...mention.Addressed) triage.Condition {
	return triage.Condition{Addressed: texts(to)}
}

// Standing holds when the author is one of these to us.
func Standing(is ...triage.Standing) triage.Condition { return triage.Condition{Standing: is} }

// Legitimacy holds when the author has been found to be one of these.
func Legitimacy(is ...triage.Legitimacy) triage.Condition { return triage.Condition{Legitimacy: is} }

// Private holds when the text has private data of the class; "any" is every class.
func Private(class sensitive.Class) triage.Condition { return triage.Condition{Private: class} }

// Given holds when the host gave the key with one of the values; without values, when it gave the key at all.
func Given(key string, is ...string) triage.Condition {
	return triage.Condition{Given: &triage.Given{Key: key, Is: is}}
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
