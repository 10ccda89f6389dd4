// Package words holds what a reader of names knows by heart: legal forms, titles, particles, given
// names and their spellings, numbers, the common words of organisations, places, stop words, and
// characters that are taken for one another.
//
// # Flow
//
// The name normaliser folds and splits a name; for each position it asks the tables what begins there:
//
//	senses, n := words.Forms().At(tokens, i)   // longest legal form that begins at tokens[i]; n tokens
//	senses, n := words.Orgs().At(tokens, i)    // organisation word, e.g. "research institute"
//	senses, n := words.Places().At(tokens, i)  // country, demonym, region, city, compass word
//	value, n := words.Number(tokens, i)        // "29", "29th", "twenty ninth", "第二十九"
//
// n is 0 where the table knows nothing there. A spelling may have several senses ("georgia"); they are
// given in the order of the tables. Names written without spaces (Han, Kana, Thai, and often Hangul) are
// asked from either end: [Table.Prefix] and [Table.Suffix]. Whether two given names or surnames may be
// one name is asked of [NameRelation]; the groups themselves, for use as index keys, of [Names].
//
// # Tokens
//
// Every lookup takes text that has been folded already: NFKC, lower case, Latin letters without
// diacritics, apostrophes and full stops removed. ø, ł, đ, ß, æ and þ may have been folded either way (o or oe, ss).
// Other scripts stay as they are, but Arabic tables answer with and without hamza on alef, with
// Arabic or Persian yeh and kaf, and with teh marbuta or heh. Han tables carry the Simplified, the
// Traditional and, where it differs, the Japanese character.
//
// # Tables
//
// The tables are the files data/*.tsv: a '#' header that says what the file holds, then one concept a
// line in three columns split by tabs: class, key, and spellings split by '|'. The key names the
// concept and is the same for all its spellings, in any language. A spelling with full stops inside a word
// ("l.l.c.") stands for both the joined ("llc") and the spaced word ("l l c"). They were compiled for this project.
//
// A table is built on first use, never changes, and is safe for concurrent use; no lookup allocates.
//
// # What it will not do
//
// It folds nothing but look-alike characters, forgives no misspelling, knows no scores and decides nothing: "an" is a stop
// word, a Chinese surname and a Vietnamese middle name, and the caller knows which it is looking for.
package words
