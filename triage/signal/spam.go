package signal

// What traits of spam are worth besides its words.
const (
	spamLink    = 250 // a web address
	spamNumber  = 450 // a number of five digits and more: to be called, to be texted
	spamMoney   = 350 // an amount of money
	spamShouted = 200 // three words and more in capitals
	spamExclaim = 100 // two exclamation marks and more
	spamAlone   = 400 // what the traits keep in a text without a word of spam
)

// Spam is how many traits of bulk advertising and fraud a text has: 0 to 1000.
func (t *Text) spam() Value {
	if !t.readable(sells) {
		return Value{Absent: true}
	}
	known := 0
	add := func(has bool, w int) {
		if has {
			known += (1000 - known) * w / 1000
		}
	}
	add(t.links > 0, spamLink)
	add(t.codes > 0, spamNumber)
	add(t.money > 0, spamMoney)
	add(t.shouted > 2, spamShouted)
	add(t.shouts > 1, spamExclaim)
	if !t.in.has(sells) {
		return Value{PerMille: known * spamAlone / 1000}
	}
	return t.evidence(cue{list: sells, negated: 500}, known)
}
