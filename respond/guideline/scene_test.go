package guideline_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/triage"
)

// TestLintInItsScene has the rules that look at more than the text.
func TestLintInItsScene(t *testing.T) {
	c := linter(t, guideline.Guidelines{})
	said := "@acme the blender leaked, you idiots, and I burned my hand. Order 44-1092, call +44 20 7946 0018"
	tests := []struct {
		reason, text string
		sc           guideline.Scene
		want         []string // rule:level:text, of the rules in only
		only         string
	}{
		{"regret is for complaints", "Thanks, we will look into it.",
			guideline.Scene{Lang: "en", Aim: triage.Question}, nil, "R08"},
		{"not for the press", "Thanks.",
			guideline.Scene{Lang: "en", Aim: triage.Complaint, Standing: triage.Press}, nil, "R08"},
		{"not where somebody may be hurt", "Thanks.",
			guideline.Scene{Lang: "en", Aim: triage.Complaint, Safety: true}, nil, "R08"},
		{"not to a doubtful author", "Thanks.",
			guideline.Scene{Lang: "en", Aim: triage.Complaint, Legitimacy: triage.Doubtful}, nil, "R08"},
		{"not in public where it is regulated", "Thanks.",
			guideline.Scene{Lang: "en", Aim: triage.Complaint, Regulated: true}, nil, "R08"},
		{"but in private", "Thanks.",
			guideline.Scene{Lang: "en", Aim: triage.Complaint, Regulated: true, Visibility: mention.Private},
			[]string{"R08:warning:"}, "R08"},
		{"in a language without rules nothing is missing", "Kiitos.",
			guideline.Scene{Lang: "fi", Aim: triage.Complaint}, nil, "R08"},
		{"in an unknown one what any language has is enough", "Das tut uns leid.", guideline.Scene{Aim: triage.Complaint}, nil, "R08"},
		{"and what none has is missing once", "Kiitos.", guideline.Scene{Aim: triage.Complaint}, []string{"R08:warning:"}, "R08"},
		{"the matter is named", "We are sorry that the blender leaked.",
			guideline.Scene{Lang: "en", FirstReply: true, Aim: triage.Complaint, Said: said}, nil, "R11"},
		{"an insult is not repeated", "We are no idiots, and the blender is safe.",
			guideline.Scene{Lang: "en", FirstReply: true, Aim: triage.Complaint, Said: said}, []string{"R11:warning:idiots"}, "R11"},
		{"praise need not be said again", "Thank you!",
			guideline.Scene{Lang: "en", FirstReply: true, Said: "love my new blender"},
			nil, "R11"},
		{"an injury neither", "Sorry that the blender burned you.",
			guideline.Scene{Lang: "en", FirstReply: true, Aim: triage.Complaint, Said: said},
			[]string{"R11:warning:burned"}, "R11"},
		{"unless it is a fact", "Sorry that the blender burned you.",
			guideline.Scene{Lang: "en", FirstReply: true, Aim: triage.Complaint, Said: said,
				Facts: []guideline.Fact{{Says: "the hand was burned"}}}, nil, "R11"},
		{"private data is no matter", "We see 1092.",
			guideline.Scene{Lang: "en", FirstReply: true, Aim: triage.Complaint, Said: "44-1092!!"}, nil, "R11"},
		{"a first part need not say what comes next", "We are sorry.",
			guideline.Scene{Lang: "en", Aim: triage.Complaint, More: true}, nil, "R12"},
		{"the last one does", "We are sorry.",
			guideline.Scene{Lang: "en", Aim: triage.Complaint}, []string{"R12:warning:"}, "R12"},
		{"when it is over nothing comes next", "We are sorry.",
			guideline.Scene{Lang: "en", Aim: triage.Complaint, Stage: "confirming"},
			nil, "R12"},
		{"a statement says when", "We are at it.",
			guideline.Scene{Lang: "en", Statement: true}, []string{"R13:error:"}, "R13"},
		{"never asking is no asking", "We'll never ask you to send your password.", guideline.Scene{Lang: "en"}, nil, "R19"},
		{"nor is don't", "Please don’t share your PIN code.", guideline.Scene{Lang: "en"}, nil, "R19"},
		{"asking is", "To go on, confirm the last digits of your PIN.", guideline.Scene{Lang: "en"},
			[]string{"R19:error:confirm the last digits of your PIN"}, "R19"},
		{"answering questions is no asking", "Happy to answer any questions you have about your account.",
			guideline.Scene{Lang: "en"}, nil, "R18"},
		{"confirming is for regulated trades to fear", "Your appointment on Monday ran late.",
			guideline.Scene{Lang: "en"}, nil, "R21"},
		{"a coupon far from a review",
			"A coupon is on its way. " + strings.Repeat("Thank you for waiting. ", 5) + "Tell others in a review.",
			guideline.Scene{Lang: "en"}, nil, "R22"},
		{"a review before the coupon", "For a review you get a coupon.", guideline.Scene{Lang: "en"},
			[]string{"R22:error:review you get a coupon"}, "R22"},
		{"his own data may be asked away", "Please delete your post, your number is in it.",
			guideline.Scene{Lang: "en", PrivateFound: true}, nil, "R23"},
		{"no sum may be promised", "We will refund you 40 EUR.",
			guideline.Scene{Lang: "en"}, []string{"R27:error:40 EUR"}, "R27"},
		{"thousands with a comma", "We'll credit you $1,250.00 today.", guideline.Scene{Lang: "en",
			Limit: escalation.Money{Minor: 1250_00, Currency: "USD"}}, nil, "R27"},
		{"with a point, and a cent too much", "Wir erstatten Ihnen 1.250,01 €.", guideline.Scene{Lang: "de",
			Limit: escalation.Money{Minor: 1250_00, Currency: "EUR"}}, []string{"R27:error:1.250,01 €"}, "R27"},
		{"no decimals", "We will refund you ¥5000.",
			guideline.Scene{Lang: "en", Limit: escalation.Money{Minor: 5000, Currency: "JPY"}},
			nil, "R27"},
		{"another currency", "We will refund you £10.",
			guideline.Scene{Lang: "en", Limit: escalation.Money{Minor: 50_00, Currency: "EUR"}},
			[]string{"R27:error:£10"}, "R27"},
		{"what he paid is no offer", "You told us you paid 900 EUR and no refund came.",
			guideline.Scene{Lang: "en"}, nil, "R27"},
		{"a claim that is a fact", "The courier delivered your parcel.", guideline.Scene{Lang: "en",
			Facts: []guideline.Fact{{Says: "Parcel delivered on 12 May, says the courier"}}}, nil, "R28"},
		{"that was one", "The courier delivered your parcel.", guideline.Scene{Lang: "en",
			Facts: []guideline.Fact{{Says: "Parcel delivered on 12 May", Expired: true}}}, []string{"R28:error:delivered"}, "R28"},
		{"a fact of another matter", "The courier delivered your parcel.", guideline.Scene{Lang: "en",
			Facts: []guideline.Fact{{Says: "the voucher was delivered"}}}, []string{"R28:error:delivered"}, "R28"},
		{"a DM that came and was answered", "We received and have responded to your DM.", guideline.Scene{Lang: "en"}, nil, "R28"},
		{"money that was given is no offer", "Our system shows you were compensated with $100.00 today, we see.", guideline.Scene{Lang: "en"}, nil, "R27"},
		{"a guarantee that is denied", "We are not able to guarantee seats.", guideline.Scene{Lang: "en"}, nil, "R26"},
		{"always here is no promise", "We are always here.", guideline.Scene{Lang: "en"}, nil, "R26"},
		{"a question claims nothing", "Was your parcel delivered?", guideline.Scene{Lang: "en"}, nil, "R28"},
		{"a condition neither", "If it was lost we send it again.", guideline.Scene{Lang: "en"}, nil, "R28"},
		{"nor what he said", "You told us the parcel was lost.", guideline.Scene{Lang: "en"}, nil, "R28"},
		{"nor that his message came", "We have received your message.", guideline.Scene{Lang: "en"}, nil, "R28"},
		{"a claim is one whatever is said behind it", "Order 44-1092 was lost and that was our mistake.",
			guideline.Scene{Lang: "en"}, []string{"R28:error:lost"}, "R28"},
		{"only mail comes without a claim", "The courier delivered the letter.",
			guideline.Scene{Lang: "en"}, []string{"R28:error:delivered"}, "R28"},
		{"a lost bag is his word", "Our colleagues at lost luggage look for the lost bag.",
			guideline.Scene{Lang: "en"}, nil, "R28"},
		{"a slot for a fact without one", "Flight AB12 leaves at 18:40 CET.",
			guideline.Scene{Lang: "en", Claims: []string{"18:40"}},
			[]string{"R28:error:18:40"}, "R28"},
		{"and with it", "Flight AB12 leaves at 18:40 CET.", guideline.Scene{Lang: "en", Claims: []string{"18:40"},
			Facts: []guideline.Fact{{Says: "AB12 leaves at 18:40"}}}, nil, "R28"},
		{"the same again", "We are sorry for the wait. Please send us your number in a private message.",
			guideline.Scene{Lang: "en",
				Earlier: []string{"Other words entirely were here before.",
					"We're sorry for the wait! Please send us your number in a private message."}},
			[]string{"R30:warning:We are sorry for the wait. Please send us your number in a private message."}, "R30"},
		{"other words", "Dana has your number now and rings at noon CET.", guideline.Scene{Lang: "en",
			Earlier: []string{"We are sorry for the wait. Please send us your number in a private message."}}, nil, "R30"},
		{"the second answer in public", "Here for all to read.", guideline.Scene{Lang: "en", PublicTurns: 1}, nil, "R37"},
		{"the third", "Here for all to read.", guideline.Scene{Lang: "en", PublicTurns: 2}, []string{"R37:warning:"}, "R37"},
		{"while anger rises", "Here for all to read.", guideline.Scene{Lang: "en", PublicTurns: 3, AngerRose: true},
			[]string{"R37:error:"}, "R37"},
		{"the third in private", "Here for you.",
			guideline.Scene{Lang: "en", PublicTurns: 2, Visibility: mention.Private}, nil, "R37"},
	}
	for _, tt := range tests {
		var got []string
		for _, f := range c.Lint(tt.text, tt.sc) {
			if f.Rule == tt.only {
				got = append(got, f.Rule+":"+string(f.Level)+":"+tt.text[f.Start:f.End])
			}
		}
		assert.Equal(t, tt.want, got, "%s: %s", tt.reason, tt.text)
	}
}
