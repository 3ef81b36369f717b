// Package effect holds what a case or an incident asks the world for: requests, in the imperative.
//
// Whoever calls Decide (a host, or package desk) carries out each Effect once, stores its Key with the state in one
// commit before it tries, and answers with an event that names the Key: Delivered, Undelivered or Uncertain. The key is
// stable: the same entry asks with the same keys, on every machine and in every replay.
//
// The JSON form is {"key", "because", "kind", "body"}; a kind that this version does not know is kept as Unknown.
package effect
