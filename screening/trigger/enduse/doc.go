// Package enduse reads what a text in English, Chinese or both says goods are for, and who a name says a
// party is.
//
// # How a text is read
//
// The text is cut into tokens: Latin words, single Han characters (Traditional ones as Simplified), punctuation. The longest
// entries of the lexicon (lexicon.txt) are found in the tokens from left to right. An entry names a kind of end use
// (nuclear, military, ...), or works on the others: a negator ("not", 不得), a verb of exclusion ("prohibits", 禁止), a
// contrast ("but", 但), a denial withheld or untrue ("cannot guarantee", 不能保证, "has not stated that ... not", 撤回), a
// harmless phrase that would otherwise mislead ("nuclear medicine", 非洲, 不锈钢).
//
// A mention is negated where a negator stands before it in its clause, where it is excluded after it ("military use is
// excluded", 军事用途除外), or where a form says no ("Military end use: no"). A clause ends at a stop, a semicolon, a
// contrast, or a comma that begins a new statement; a comma in a list does not end it ("not for military, nuclear or
// missile use"), nor do those around an aside (", directly or indirectly,"). Two negations cancel ("does not exclude",
// 不排除), and "not only" is none. A quotation introduced as a name, clause or wording affirms nothing ("the brand
// "Rocket""); one that states the end use does.
//
// Where the grammar leaves doubt, the mention stands: an end use wrongly looked at costs a minute. So do conditions ("if
// the army orders") and history ("the plant once made ammunition"): who was one thing and will be another is worth a look.
//
// # What it will not do
//
// It knows no other languages, corrects no spelling, and does not judge whether what a text affirms is
// true, lawful or likely.
package enduse
