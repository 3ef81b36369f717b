package privacy_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/respond/privacy"
)

func TestQuotes(t *testing.T) {
	const said = "You lost my bag on the way to Bodø, and nobody answers the telephone."
	for _, row := range []struct {
		reason, text, said string
		quotes             bool
	}{
		{"word for word", "You wrote: “" + said + "” We are sorry.", said, true},
		{"a piece of it", "Nobody answers the telephone? Call us.", said, true},
		{"case, accents and punctuation make no difference", "MY BAG... on the WAY to Bodo!", said, true},
		{"the same matter in our words", "We are looking for your bag and call you.", said, false},
		{"a few words in a row are nobody's", "It was lost on the way to Oslo.", said, false},
		{"of a short message all of it", "You ask: where is it now? It is in Oslo.", "Where is it now??", true},
		{"but not what anybody says", "Thanks for that", "thanks", false},
		{"nothing was said", "We are sorry.", "", false},
		{"nothing is written", "", said, false},
		{"signs and no words", "!!! we are sorry ???", "!!! ??? !!! ??? !!! ???", false},
		{"another script", "您说: 我的行李在去奥斯陆的路上丢了", "我的行李在去奥斯陆的路上丢了, 没有人接电话", true},
	} {
		assert.Equal(t, row.quotes, privacy.Quotes(row.text, row.said), row.reason)
	}
	long := strings.Repeat("a b c ", 100_000)
	assert.True(t, privacy.Quotes(long, long))
}
