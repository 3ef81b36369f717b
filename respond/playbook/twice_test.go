package playbook_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/template"
)

// TestNothingIsSaidTwice: a customer gets each wording once, then the play has nothing left to say.
func TestNothingIsSaidTwice(t *testing.T) {
	c := careComposer(t)
	brand := template.Slots{"Brand": "Acme"}
	for _, asHash := range []bool{false, true} {
		s := playbook.Situation{ID: "case 7"}
		seen := map[string]bool{}
		for range 3 {
			got, err := c.Write("late", s, stars, brand)
			require.NoError(t, err)
			assert.False(t, seen[got.Body], "said before: %s", got.Body)
			seen[got.Body] = true
			if asHash {
				s.Had = append(s.Had, playbook.Hash(got.Body))
			} else {
				s.Had = append(s.Had, got.Body)
			}
		}
		got, err := c.Write("late", s, stars, brand)
		var said *playbook.SaidError
		require.ErrorAs(t, err, &said)
		assert.Equal(t, "late", said.Play)
		assert.Equal(t, playbook.Text{}, got)
	}
}

func TestRemindersAreNotSaidTwice(t *testing.T) {
	c := careComposer(t)
	s := playbook.Situation{Had: []string{"We still need the order number. - Acme"}}
	_, err := c.Remind("late-ask", s, chirp, template.Slots{"Brand": "Acme"})
	var said *playbook.SaidError
	require.ErrorAs(t, err, &said)
}

// TestNeighboursReadOtherWords: what others under the same post have had is said again only for want of other words.
func TestNeighboursReadOtherWords(t *testing.T) {
	c := careComposer(t)
	brand := template.Slots{"Brand": "Acme"}
	var beside []string
	for _, id := range []string{"a", "b", "c"} {
		got, err := c.Write("late", playbook.Situation{ID: id, Beside: beside}, stars, brand)
		require.NoError(t, err)
		assert.NotContains(t, beside, got.Body)
		beside = append(beside, got.Body)
	}
	_, err := c.Write("late", playbook.Situation{ID: "d", Beside: beside}, stars, brand)
	assert.NoError(t, err, "the fourth is answered all the same")
}

// TestAsked: only what is missing is asked for, and only in private.
func TestAsked(t *testing.T) {
	book := playbook.Playbook{
		Locale: "en",
		Slots:  []template.Slot{{Name: "Order", Private: true}, {Name: "Mail", Private: true}, {Name: "Phone", Private: true}},
		Questions: map[string]map[string]string{
			"Order": {"en": "your order number", "es": "el número de pedido"},
			"Mail":  {"en": "your e-mail", "es": "su correo"},
			"Phone": {"en": "a telephone", "es": "un teléfono"},
		},
		Plays: []playbook.Play{{ID: "ask", Mode: playbook.PublicThenPrivate,
			For: playbook.Scope{Categories: []string{"order"}}, Asks: []string{"Order", "Mail", "Phone"},
			Texts: map[string][]string{"en": {"We have sent you a private message."},
				"es": {"Le hemos escrito un mensaje privado."}},
			PrivateTexts: map[string][]string{
				"en": {"{{if .Asked}}Please send {{.Asked}}.{{else}}We have all we need.{{end}}"},
				"es": {"{{if .Asked}}Envíenos {{.Asked}}.{{else}}No nos falta nada.{{end}}"},
			},
		}, {ID: "any", Mode: playbook.None}},
	}
	c, err := book.Compile(playbook.House{})
	require.NoError(t, err)
	for _, row := range []struct {
		reason, lang string
		v            mention.Visibility
		slots        template.Slots
		want         string
		asks         []string
	}{
		{"everything", "en", mention.Private, nil, "Please send your order number, your e-mail and a telephone.",
			[]string{"Order", "Mail", "Phone"}},
		{"what is missing", "es", mention.Private, template.Slots{"Mail": "a@b.example"}, "Envíenos el número de pedido y un teléfono.",
			[]string{"Order", "Phone"}},
		{"one thing", "es-MX", mention.Private, template.Slots{"Mail": "a@b.example", "Phone": "1"},
			"Envíenos el número de pedido.", []string{"Order"}},
		{"nothing", "en", mention.Private, template.Slots{"Mail": "a@b.example", "Phone": "1", "Order": "2"}, "We have all we need.", nil},
		{"never in public", "en", mention.Public, nil, "We have sent you a private message.", nil},
	} {
		got, err := c.Write("ask", playbook.Situation{Lang: row.lang, Visibility: row.v}, mention.Venue{}, row.slots)
		require.NoError(t, err, row.reason)
		assert.Equal(t, row.want, got.Body, row.reason)
		assert.Equal(t, row.asks, got.Asks, row.reason)
	}
}
