// Package edit measures how many typing slips lie between two words, and finds the words of a
// dictionary within one or two slips of a query.
//
// The distance is optimal string alignment: one insertion, deletion or substitution of a character, or
// the exchange of two neighbours, counts 1; no part of a word is edited twice. Characters are Unicode
// code points, so callers fold their text first.
//
// [Distance] is exact; [Within] gives up early and is what a search calls. Words of up to 64 ASCII
// characters are measured bit-parallel (Hyyrö 2003) without allocating; others by the usual table.
//
// [Dictionary] keeps, for every word, the hashes of the word and of all words with one character
// deleted: two words within one slip share such a hash. For two slips in longer words it keeps the
// hashes of three pieces, one of which two slips leave whole. Its answers are verified: it returns no
// false hit, finds every word within one slip, and within two slips misses only exchanges of
// neighbours across two of the pieces.
//
// The package knows nothing of sounds, scripts or names.
package edit
