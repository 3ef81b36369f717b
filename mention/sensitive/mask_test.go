package sensitive_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention/sensitive"
)

func TestMask(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"card 4111 1111 1111 1111!", "card **** **** **** 1111!", "the last four of a card, and its form"},
		{"order 44-1092", "order **-**92", "of a short number a third"},
		{"me@example.com", "**@*******.***", "nothing of an address"},
		{"４１１１１１１１１１１１１１１１", "************１１１１", "full width"},
		{"password: hun!ter2, CVV 123", "password: ********, CVV ***", "nothing of a secret, not even its signs"},
		{"I live at 12 Elm Street", "I live at ** *** ******", "nothing of an address"},
		{"PESEL 44051401359", "PESEL ********359", "the last of a number"},
		{"078-05-1123, DOB 12/05/1984", "***-**-*123, DOB **/**/****", "a third of nine digits, nothing of a date"},
		{"nothing here", "nothing here", "nothing to mask"},
		{"\xff me@example.com \xff", "\xff **@*******.*** \xff", "broken bytes stay"},
	} {
		assert.Equal(t, c.want, sensitive.Mask(c.in), c.reason)
	}
}

func TestMaskSpans(t *testing.T) {
	text := "abcdefghij"
	for _, c := range []struct {
		spans  []sensitive.Span
		want   string
		reason string
	}{
		{nil, text, "no spans"},
		{[]sensitive.Span{{sensitive.Email, 6, 8}, {sensitive.Email, 0, 2}}, "**cdef**ij", "in any order"},
		{[]sensitive.Span{{sensitive.Email, 0, 4}, {sensitive.Email, 2, 6}}, "******ghij", "overlapping"},
		{[]sensitive.Span{{sensitive.Email, 0, 8}, {sensitive.Email, 2, 4}}, "********ij", "one inside another"},
		{[]sensitive.Span{{sensitive.Email, -3, 2}, {sensitive.Email, 8, 99}}, "**cdefgh**", "beyond the ends"},
		{[]sensitive.Span{{sensitive.Email, 5, 2}, {sensitive.Email, 50, 60}}, text, "nowhere"},
	} {
		assert.Equal(t, c.want, sensitive.MaskSpans(text, c.spans), c.reason)
	}
}

func ExampleFind() {
	text := "Order 44-1092 never came. My card is 4111 1111 1111 1111, write to jo@example.com"
	for _, s := range sensitive.Find(nil, text) {
		fmt.Println(s.Class, text[s.Start:s.End])
	}
	fmt.Println(sensitive.Mask(text))
	// Output:
	// order 44-1092
	// card 4111 1111 1111 1111
	// email jo@example.com
	// Order **-**92 never came. My card is **** **** **** 1111, write to **@*******.***
}
