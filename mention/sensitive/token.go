package sensitive

import (
	"strings"
	"unicode/utf8"
)

// A prefix is how an issuer's tokens begin.
type prefix struct {
	head  string
	least int    // how many characters follow
	also  string // what stands in them beside letters and digits
}

// The prefixes are those that issuers publish so that leaks are found.
var prefixes = [...]prefix{
	// Amazon Web Services
	{"AKIA", 16, ""}, {"ASIA", 16, ""},
	// GitHub, GitLab
	{"ghp_", 36, ""}, {"gho_", 36, ""}, {"ghu_", 36, ""}, {"ghs_", 36, ""}, {"ghr_", 36, ""}, {"github_pat_", 40, "_"},
	{"glpat-", 20, "-_"},
	// Slack
	{"xoxb-", 20, "-"}, {"xoxp-", 20, "-"}, {"xoxa-", 20, "-"}, {"xoxr-", 20, "-"}, {"xoxs-", 20, "-"}, {"xapp-", 20, "-"},
	// Stripe
	{"sk_live_", 16, ""}, {"sk_test_", 16, ""}, {"rk_live_", 16, ""}, {"rk_test_", 16, ""}, {"whsec_", 24, "+/="},
	// Google
	{"AIza", 35, "-_"}, {"ya29.", 20, "-_"}, {"GOCSPX-", 28, "-_"},
	// OpenAI, Anthropic, Hugging Face
	{"sk-proj-", 20, "-_"}, {"sk-ant-", 20, "-_"}, {"sk-", 32, ""}, {"hf_", 30, ""},
	// SendGrid, Shopify, DigitalOcean
	{"SG.", 40, ".-_"}, {"shpat_", 32, ""}, {"shpss_", 32, ""}, {"dop_v1_", 64, ""},
	// npm, PyPI
	{"npm_", 36, ""}, {"pypi-", 50, "-_"},
}

// signedHead is how a JSON Web Token begins: {" in base64.
const signedHead = "eyJ"

// tokens finds API keys and tokens by their prefix, and JSON Web Tokens by their three parts (RFC 7519).
func tokens(f *finding) {
	text, inside := f.text, false // inside of a word
	for i := 0; i < len(text); i++ {
		c := sorts[text[i]]
		if !inside && (c == small || c == capital) && !wordly(lastRune(text[:i])) {
			if end := token(text, i); end > 0 {
				f.add(Token, i, end)
				i = end - 1
			}
		}
		inside = c == small || c == capital || c == figure
	}
}

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

// token gives the end of the token that begins at text[i:], or 0.
func token(text string, i int) int {
	for _, p := range prefixes {
		if !strings.HasPrefix(text[i:], p.head) {
			continue
		}
		from := i + len(p.head)
		end := from + tokenRun(text[from:], p.also)
		if end-from >= p.least && strings.ContainsAny(text[from:end], "0123456789") {
			return end
		}
	}
	if !strings.HasPrefix(text[i:], signedHead) {
		return 0
	}
	end := i
	for part := range 3 {
		n := tokenRun(text[end:], "-_")
		if n < 10 {
			return 0
		}
		if end += n; part == 2 {
			return end
		}
		if !strings.HasPrefix(text[end:], ".") {
			return 0
		}
		end++
	}
	return 0
}

// tokenRun gives how many letters, digits and signs of those given stand at the beginning of text.
func tokenRun(text, also string) int {
	n := 0
	for n < len(text) && (letter(text[n]) || decimal(text[n]) || strings.IndexByte(also, text[n]) >= 0) {
		n++
	}
	return n
}
