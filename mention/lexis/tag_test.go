package lexis_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention/lexis"
)

func TestBase(t *testing.T) {
	for _, c := range []struct{ tag, want, reason string }{
		{"", "", "no tag"},
		{"es", "es", "a base alone"},
		{"es-MX", "es", "a country"},
		{"zh-Hant-TW", "zh", "a script and a country"},
		{"pt_BR", "pt", "an underscore"},
		{"DE", "de", "capitals"},
		{"und", "und", "what is not known is a tag too"},
		{"-x", "", "nothing before the hyphen"},
	} {
		assert.Equal(t, c.want, lexis.Base(c.tag), c.reason)
	}
}
