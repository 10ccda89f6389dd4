// Package fold brings the names of an order and the names of a list into one form, and cuts them into words.
//
// [Words] does both in one pass: compatibility forms and widths are unified (NFKC), letters are made
// small, Latin and Greek letters lose their diacritics, vowel points of Arabic and Hebrew go, digits of
// every script become 0-9, apostrophes and invisible characters vanish, and everything else that is no
// letter, mark or digit parts words. A word is cut where Chinese, Japanese or Korean writing meets
// another, and before digits that end a word of two letters or more ("cetc7"). Letters with full stops
// between them are one word ("s.a.r.l.", "l l c" is not), marked as such.
//
// Han characters are not unified here (see internal/han), nothing is spelt in another script (see
// internal/script), and no word is dropped: which words matter is for the caller to say.
//
// Input of any length and any bytes is taken; what lies beyond [MaxRunes] or [MaxWords] is ignored and
// said so by the second result.
package fold
