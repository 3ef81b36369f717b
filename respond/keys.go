package respond

import "github.com/reputekit/reputation/mention"

// Keys returns what a mention is routed by, from the strongest key to the weakest:
//
//  1. the message it answers, with the author: a case knows the answers that are ours, so the customer's word beneath one
//     joins his case, and a stranger's does not;
//  2. where the platform names no root of the conversation, the mention itself, with the author: what he wrote beneath it
//     and came before it finds it;
//  3. the author's private thread with the account, for a private mention;
//  4. the root of the conversation with the author, for a public one: 10,000 commenters under one post are 10,000
//     possible cases.
//
// The store maps keys to cases; the first key that is known wins. When none is, the mention opens a case with CaseID.
// A mention without an author or a thread is a conversation of its own: who has no name cannot be told from others.
func Keys(tenant string, m mention.Mention) []string {
	var keys []string
	author := m.Author.Key()
	if m.Parent != "" && author != "" {
		keys = append(keys, messageKey(tenant, mention.Ref{Channel: m.Ref.Channel, ID: m.Parent}, author))
		if m.Thread == "" && !m.IsPrivate() {
			keys = append(keys, messageKey(tenant, m.Ref, author))
		}
	}
	switch {
	case author == "":
		keys = append(keys, mention.Key("mention", tenant, m.Ref.Channel, m.Ref.ID))
	case m.IsPrivate():
		keys = append(keys, privateKey(tenant, m.Ref.Channel, m.Account, author))
	default:
		keys = append(keys, mention.Key("conversation", tenant, m.Ref.Channel, m.Root(), author))
	}
	return keys
}

// CaseID returns the id of the case that a mention with these keys opens: it is named by the weakest of them.
func CaseID(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return mention.Key("case", keys[len(keys)-1])
}

// messageKey leads the customer's answer to one of our own messages, or to one of his, to the case it belongs to.
func messageKey(tenant string, ours mention.Ref, author string) string {
	return mention.Key("message", tenant, ours.Channel, ours.ID, author)
}

// privateKey leads the customer's private messages to the case that asked him to write there.
func privateKey(tenant, channel, account, author string) string {
	return mention.Key("private", tenant, channel, account, author)
}
