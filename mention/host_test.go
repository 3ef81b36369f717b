package mention_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention"
)

// TestLikeHosts has sites that may be misspelled, and no names that stand in their hosts.
func TestLikeHosts(t *testing.T) {
	m := compile(t, mention.Watchlist{Subjects: []mention.Subject{
		{Name: "acme.com", Kind: mention.Site, Misspellings: 1},
		{Name: "pay.fjordwing.co.uk", Kind: mention.Site, Misspellings: 2},
		{Name: "x.io", Kind: mention.Site},
		{Name: "shop24.net", Kind: mention.Site, Misspellings: 1},
	}})
	for _, c := range []struct{ text, want, reason string }{
		{"see acme.com and www.acme.com/x", "acme.com exact:acme.com|acme.com exact:acme.com", "the site itself"},
		{"https://acrne.com/login", "acme.com misspelled(1):acrne.com", "rn for m"},
		{"write to help@acrne.com.", "acme.com misspelled(1):acrne.com", "in an address, at the end of a sentence"},
		{"www.acrne.com:8080", "acme.com misspelled(1):acrne.com", "what stands before it is not part of it"},
		{"4cm3.c0m", "acme.com misspelled(1):4cm3.c0m", "digits for letters, however many"},
		{"acmee.com acm.com amce.com ACNE.COM", "acme.com misspelled(1):acmee.com|acme.com misspelled(1):acm.com|" +
			"acme.com misspelled(1):amce.com|acme.com misspelled(1):ACNE.COM", "one edit"},
		{"acme.co acme.cm", "acme.com misspelled(1):acme.co|acme.com misspelled(1):acme.cm", "in its end, too"},
		{"acme-support.com acmehelp.com my.acne.net acme.org", "", "another host altogether"},
		{"acrne.com.evil.io", "", "and one that only begins so"},
		{"me.at.acme-com", "", "no host of ours"},
		{"\u0430cme.com", "acme.com misspelled(1):\u0430cme.com", "a Cyrillic letter is an edit"},
		{"pay.fjordving.co.uk pay.fjordvin.co.uk", "pay.fjordwing.co.uk misspelled(1):pay.fjordving.co.uk|" +
			"pay.fjordwing.co.uk misspelled(2):pay.fjordvin.co.uk", "as many edits as it says"},
		{"fjordwing.co.uk", "", "a label less"},
		{"y.io", "", "a short one"},
		{"shop25.net shop24.met", "shop24.net misspelled(1):shop24.met", "digits must be right"},
		{"e.g. this... and 3.14 . .com", "", "dots that are in no host"},
	} {
		assert.Equal(t, c.want, spelled(c.text, m.Match(nil, c.text)), "%q: %s", c.text, c.reason)
	}
}

func TestIgnoreAccents(t *testing.T) {
	w := mention.Watchlist{IgnoreAccents: true, Subjects: []mention.Subject{
		{Name: "Nestlé", Kind: mention.Brand},
		{Name: "Telefonica", Kind: mention.Brand, Misspellings: 1},
		{Name: "Ørsted", Kind: mention.Brand},
	}}
	m := compile(t, w)
	for _, c := range []struct{ text, want, reason string }{
		{"Nestlé nestle NESTLE\u0301", "Nestlé exact:Nestlé|Nestlé folded:nestle|Nestlé folded:NESTLE\u0301", "with and without"},
		{"Telefónica, Telefónca", "Telefonica folded:Telefónica|Telefonica misspelled(1):Telefónca", "also where it is misspelled"},
		{"Orsted", "Ørsted folded:Orsted", "letters that carry their accent in them"},
	} {
		assert.Equal(t, c.want, spelled(c.text, m.Match(nil, c.text)), "%q: %s", c.text, c.reason)
	}
	w.Subjects = append(w.Subjects, mention.Subject{Name: "Nestle", Kind: mention.Competitor})
	_, err := w.Compile()
	assert.EqualError(t, err, `subjects[3].name: "Nestle" cannot be told from subjects[0].name`)
}
