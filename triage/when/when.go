package when

import (
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/tally"
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

// Impostor holds when the author looks like a subject of ours, and is none of us.
func Impostor() triage.Condition { return AboutKind(mention.SubjectKind(mention.Impostor)) }

// Words holds when the text has one of the words or phrases; "cancel*" is every word that begins so. A negated word
// ("not broken") does not count.
func Words(any ...string) triage.Condition {
	return triage.Condition{Words: &ask.Words{Any: any}}
}

// AllWords holds when the text has every one of the words or phrases, none of them negated.
func AllWords(all ...string) triage.Condition {
	return triage.Condition{Words: &ask.Words{All: all}}
}

// WordsEvenNegated is Words, and a negated word counts too.
func WordsEvenNegated(any ...string) triage.Condition {
	return triage.Condition{Words: &ask.Words{Any: any, Negated: true}}
}

// Phrase holds when the words stand in this order, with at most gap other words between one and the next: Phrase(2,
// "charged", "twice") is "charged me almost twice" too. When the first is negated it does not count.
func Phrase(gap int, words ...string) triage.Condition {
	return triage.Condition{Phrase: &ask.Together{Words: words, Within: gap}}
}

// Near holds when the words stand within so many words, in any order, none of them negated.
func Near(within int, words ...string) triage.Condition {
	return triage.Condition{Near: &ask.Together{Words: words, Within: within}}
}

// Pattern holds when the RE2 expression fits somewhere in the text as it was written; "(?i)" makes it blind to case.
func Pattern(expression string) triage.Condition { return triage.Condition{Pattern: expression} }

// Signal holds when the signal lies in the range, per mille. A signal that is absent lies nowhere.
func Signal(name string, in ask.Between) triage.Condition {
	return triage.Condition{Signal: &ask.Signal{Name: name, Between: in}}
}

// Sentiment is Signal for the feeling of the text, -1000 to 1000.
func Sentiment(in ask.Between) triage.Condition { return triage.Condition{Sentiment: &in} }

// Aim holds when an earlier rule has found one of these, or, where none has found any, when the text says so.
func Aim(is ...triage.Aim) triage.Condition { return triage.Condition{Aim: is} }

// Rating holds when the stars lie in the range, per mille of their scale: of five stars 0 is one and 1000 is five.
func Rating(in ask.Between) triage.Condition { return triage.Condition{Rating: &in} }

// Followers holds when the number of the author's followers lies in the range.
func Followers(in ask.Between) triage.Condition { return triage.Condition{Followers: &in} }

// Verified holds when the platform has checked who the author is.
func Verified() triage.Condition { return triage.Condition{Verified: yes()} }

// Audience holds when the number of people the mention could have reached lies in the range; an unknown one lies
// nowhere.
func Audience(in ask.Between) triage.Condition { return triage.Condition{Audience: &in} }

// AuthorDays holds when the age of the author's account, in whole days, lies in the range; an unknown age lies nowhere.
func AuthorDays(in ask.Between) triage.Condition { return triage.Condition{AuthorDays: &in} }

// Contacts holds when the number of earlier mentions of this author within 30 days lies in the range.
func Contacts(in ask.Between) triage.Condition { return triage.Condition{Contacts: &in} }

// OpenCases holds when the number of the author's open cases lies in the range.
func OpenCases(in ask.Between) triage.Condition { return triage.Condition{OpenCases: &in} }

// BrokenPromises holds when the number of promises to the author that were not kept lies in the range.
func BrokenPromises(in ask.Between) triage.Condition { return triage.Condition{BrokenPromises: &in} }

// Answered holds when one of our messages stands before this one in its thread.
func Answered() triage.Condition { return triage.Condition{Answered: yes()} }

// Message holds when this is, counted from 1, such a message of the customer in its thread: Message(Min(3)) is his third
// and every later one.
func Message(in ask.Between) triage.Condition { return triage.Condition{Message: &in} }

// Waiting holds when the thread waited for one of these.
func Waiting(is ...tally.Waiting) triage.Condition { return triage.Condition{Waiting: is} }

// Duplicates holds when the number of posts like this one, itself counted, lies in the range.
func Duplicates(in ask.Between) triage.Condition { return triage.Condition{Duplicates: &in} }

// Surge holds when one of the series surges now; "any" is every series.
func Surge(series ...string) triage.Condition { return triage.Condition{Surge: series} }

// Hours holds from one time of the day until before another, on these days ("mon", "tue" ...; none is every day), on the
// wall clock of the zone. From 22:00 to 06:00 goes past midnight.
func Hours(zone, from, to string, days ...string) triage.Condition {
	return triage.Condition{Hours: &ask.Hours{Zone: zone, Days: days, From: from, To: to}}
}

// Min is the range from n up.
func Min(n int) ask.Between { return ask.Between{Min: &n} }

// Max is the range up to n.
func Max(n int) ask.Between { return ask.Between{Max: &n} }

// Between is the range from low to high, both included.
func Between(low, high int) ask.Between { return ask.Between{Min: &low, Max: &high} }

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

func yes() *bool { return new(true) }

// Media holds when something of one of the kinds came with it: image, video, audio, file, or any.
func Media(kinds ...string) triage.Condition { return triage.Condition{Media: kinds} }

// Place holds when it was made at, or is about, one of the places: "ES" is a country, others are written like
// "region:Bavaria", "city:Berlin", "name:Gate 7". Case does not count.
func Place(places ...string) triage.Condition { return triage.Condition{Place: places} }

// Customer holds when the host knows the author as a customer: it gave customer=yes, or orders.
func Customer() triage.Condition { return triage.Condition{Customer: yes()} }

// NoCustomer holds when the host says that the author is none: it gave customer=no. Nobody having said is neither.
func NoCustomer() triage.Condition { return triage.Condition{Customer: new(false)} }

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
	return triage.Condition{Given: &ask.Given{Key: key, Is: is}}
}

// GivenNumber holds when the host gave the key with a whole number in the range.
func GivenNumber(key string, in ask.Between) triage.Condition {
	return triage.Condition{Given: &ask.Given{Key: key, Between: in}}
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
