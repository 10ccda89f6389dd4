// Package lists holds watch lists: parties, vessels and aircraft that an authority, or the user, has listed.
//
// The way of a list:
//
//	official file -> importer's Read -> List -> NewSnapshot -> Snapshot -> NewIndex -> Index -> Match, Search
//	                                                    \-> Archive.Keep, Diff
//
// An importer (lists/un, lists/ofac, lists/uscsl, lists/eu, lists/uk, lists/jp, lists/tw, lists/cn, lists/ftm,
// lists/sheet) reads one official format and keeps what the source says: every name with its standing and
// script, document numbers, street addresses, programmes, dates. It returns a whole [List] or an error, never
// a part of one. Errors are [*Problem] values, several joined where several were found, that name list, file,
// line or byte, record and field, and wrap one of the conditions ([ErrEmpty], [ErrFormat] and so on).
//
// Several lists are read side by side by [Load]. China's lists and a copy of the United Nations' are built in
// (cn.BuiltIn, un.BuiltIn); a list of a user's own goes through lists/sheet, as these do.
//
// A [Snapshot] is an immutable set of lists with a digest. Everything that decides is bound to one snapshot and
// names its digest, and an [Archive] keeps every snapshot that was ever used, so that an old decision can be
// made again. Two snapshots are compared by [Diff]. A [Holder] holds the one in force and swaps it atomically.
//
// Every [Measure] of an [Entity] has a timeline, and its status is always that of a given day; the package has
// no clock. It reads no file and no network by itself (lists/fetch does), corrects no data, merges no entities
// of different sources, and says nothing about what a listing means: that is the effect matrix's business.
package lists
