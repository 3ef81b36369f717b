package sqlitestore

import "github.com/reputekit/reputation/channel/desk"

// Questions are all that a store asks of its file, by what they are for.
func Questions() map[string]string {
	out := map[string]string{
		"row": queryRow, "key": queryFind, "due": queryDue, "queue": queryRows, "label": queryLabel, "trail": queryEntries,
		"ready": queryReady, "inbox": queryInbox, "item": queryItem, "cursor": queryCursor, "text": queryText, "loose texts": queryLoose,
		"parked items": queryParked,
	}
	for name, q := range map[string]desk.OutboxQuery{
		"outbox by key": {Key: "k"}, "outbox by case": {ID: "a"}, "outbox by case, narrowed": {ID: "a", Tenant: "t", Open: true},
		"outbox that is open": {Open: true}, "outbox that is open, of a tenant": {Open: true, Tenant: "t"},
		"outbox by effect": {Effects: []string{"hold", "resume"}}, "outbox of a tenant": {Tenant: "t"},
	} {
		out[name], _ = queryOutbox(q)
	}
	return out
}

// OpenAs opens a file as a version would that knows these schemas beyond the first.
func OpenAs(path string, more ...string) (*Store, error) {
	return open(path, Options{}, append(migrations[:len(migrations):len(migrations)], more...))
}
