// Package wire makes the HTTP calls of a connector, and says what their failures mean.
//
// A connector builds the request and reads the answer; Do stands between:
//
//	resp, err := wire.Do(client, req, "send", true) // true: it changes something
//	if err != nil {
//		return channel.Receipt{}, err // a *channel.Error already
//	}
//	defer resp.Body.Close()
//
// Do makes one attempt. It knows whether the first byte of the request had left, which decides whether a failure of a
// write may have been applied all the same. It follows no redirect of a write, and none to another host. What it fails
// with never holds the URL, a header or a body: secrets travel in all three.
//
// Timeouts and where it may connect to are the client's. A host that lets others choose the URL keeps it from the inside
// of its own network with a Transport that refuses private addresses when it dials.
package wire
