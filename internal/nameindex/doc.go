// Package nameindex finds, among very many names, the few that a query may be a misspelling of.
//
// It is the first of two steps: what it returns is compared in full by package match, so it must not
// lose the true name, and may return others. It knows words only as strings and keys, and nothing of
// what they mean.
//
// # Flow
//
//	var b nameindex.Builder
//	w := b.Word("example", keys)    // once for every distinct word
//	b.Name([]uint32{w, ...})        // once for every name, numbered from 0
//	ix := b.Build()
//	found = ix.Search(found, probes, words, 40, 1/4.)
//
// A [Probe] is a word of the query. It reaches the listed words that are equal or one slip away, or two
// where nothing nearer is listed; those that share one of its keys (a sound, a consonant skeleton, a group
// of name variants); those that stand inside it, where it is long and reaches nothing else; those that two neighbouring words of the query make together; and names two of whose
// neighbouring words it makes together. A name gathers, over all probes, the rarity of the words so
// reached; those that gathered the most, measured against the whole of query and name, are returned.
//
// The lists of names of frequent words are long. Rare words are looked up first, and frequent ones are
// read only until the [budget] is spent, or until names that only they reach could not gather the least share
// asked for; after that they only add to names already reached.
//
// An Index is immutable and safe for concurrent use; results are deterministic. It holds no pointer
// but to the words given to it.
//
// [Among] asks the same of a few names of an index only, for very many queries: which of them are candidates, after a
// change of lists. What a word leads to is looked up apart from the search, so that callers can keep it. What words are worth
// is rounded, so that after such a change nearly all names are [Steady].
package nameindex
