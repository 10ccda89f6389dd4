// Package script spells words of other scripts in Latin letters, and says how well a Latin spelling
// fits a word.
//
// Lists spell one name in many ways: Юрий is Yuri, Yuriy, Iurii and Jurij; محمد is Mohammed, Muhamad
// and Mohamed. So a word is not transliterated once. [Parse] turns it into a [Word]: a row of slots, one for
// each letter (or syllable block, or fixed letter group), each with every spelling in use and what
// choosing it costs. Two questions are asked of a Word:
//
//   - [Word.Latin]: its likeliest Latin readings, for looking names up. No two share a [Key].
//   - [Word.Cost]: how far one Latin spelling is from the nearest reading, over all combinations, in
//     edits. 0 is a regular spelling, 1 is about one wrong letter. In scripts that leave vowels
//     unwritten (Arabic, Hebrew) a vowel in the Latin spelling is free and a long vowel letter may be
//     read several ways.
//
// [Key] folds the differences between romanisation systems out of a Latin word; [Skeletons] goes
// further and keeps its consonant classes only, from either side: both are for lookup, not for
// scoring. [Words] splits a name into words that can be compared: it unifies the letter forms of
// Arabic script, takes off the article, and splits compounds (عبدالله, Abdullah) on either side.
//
// The spellings are data: tables/*.txt, one line a letter. Scripts without a table of ours (the
// Indic ones, Ethiopic and others) are read with go-unidecode, which spells their letters
// one by one. A word of Thai, Kana or Hangul that consists of the names of letters is read as these: ทีวีบี, TVB.
//
// The package knows nothing of lists or scores, and does not read Han characters: see internal/han.
// [English] gives the English of generic words of organisation names (завод plant, شرکت company); nothing else is
// translated. All results are deterministic and bounded:
// words longer than [MaxWord] runes are cut.
package script
