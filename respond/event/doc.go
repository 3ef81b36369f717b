// Package event holds what can happen to a case or an incident: facts, in the past participle.
//
// Whoever brings a fact in wraps it in an Event and hands it to Decide:
//
//	e := event.Event{ID: event.ReceivedID(m), At: m.ReceivedAt, By: event.Customer, Body: event.Received{Mention: m}}
//
// The ID says what the fact is, so that the same fact brought twice is one fact: a mention's reference, revision and
// kind; the request id of a person; the key of an effect with its outcome; a case and the instant that fell due. The
// functions that end in ID make them.
//
// The JSON form is {"id", "at", "by", "kind", "body"}. A kind that this version does not know is kept as it is, as
// Unknown, so that an older host can store what a newer one wrote.
package event
