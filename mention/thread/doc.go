// Package thread puts what a platform sends in any order back into one conversation: who answered whom, what was
// edited, what was deleted, and which side is ours.
//
// Whoever runs the flow keeps one row per conversation, found by Mention.Root, and does this, in order:
//
//	row := load(m.Ref.Channel, m.Root())  // Thread{} for a new conversation
//	row = row.Add(m, matcher.IsOurs)      // for each mention in it, ours as well, whatever comes first
//	row = row.Remove(ref, at)             // when the platform says that one was deleted
//	save(row)
//	for _, m := range row.Messages {      // in the order of reading
//		fmt.Println(strings.Repeat("  ", m.Depth), m.Text)
//	}
//
// # Any order in, one thread out
//
// The same mentions and removals in any order, and any of them twice, give the same bytes:
//
//   - A child may come before its parent. Until that is here the child is an orphan, and stands below the root of the
//     thread if that is known, or else behind everything that has its place.
//   - An edit is a mention with the same ref and a higher revision. The highest stays, whenever it comes. Of two texts
//     of one revision a whole one is preferred to a truncated one.
//   - A deleted message stays as a tombstone: its place, its time and its side, no text and no author. That holds for
//     ever; an original or an edit that comes later tells only place and time. What the platform has shown again is,
//     for us, still deleted.
//   - What two sources say differently of a message that cannot change (its parent, its time, its author) is settled by
//     a rule that does not depend on who came first; the earlier time holds.
//
// Messages that answer each other in a circle, or themselves, are bad data and are shown all the same, once each.
//
// # What a row holds
//
// At most [Most] messages: the root, and of the others the newest by their own time. Of a text at most 10,000 bytes are
// kept. [Thread.Cut] says that messages have left, and up to when. In a thread that has been cut a removal of what had
// left stands as a tombstone without a place, where it would have left itself had the message come first: in this the
// order does show.
package thread
