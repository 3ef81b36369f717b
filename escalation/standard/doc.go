// Package standard ships the plans to begin with: how soon whom is owed an answer, and when news.
//
// Put them into the hierarchy, behind plans of your own for what you know better:
//
//	hierarchy.Plans = append(own, standard.Plans(standard.House{
//		Owner: "desk lead", Ladder: "main", Life: "life", Hours: "desk hours"})...)
//
// Dangers are the plans and ladders for danger to people, by its kind. All are plain data: print them, change them, keep
// what you want.
//
//	                                                 first reply   clock
//	life                                             5 min         day and night
//	crisis, impostor, private data exposed           15 min        day and night
//	press                                            30 min        day and night
//	private message; public complaint to us          1 h           open hours; serious: day and night
//	question, lead                                   4 h           open hours
//	review                                           1 open day    open hours
//	about us, not to us                              none: a person decides
//
// News are owed hourly in a crisis and to life, else by the next open day. What stands outside open hours may get a note
// that says honestly when somebody is there; it never is a first reply.
package standard
