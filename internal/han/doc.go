// Package han reads names in Han characters: it folds their variant forms, spells them in Latin
// letters, and takes organisation names apart.
//
// [Fold] makes Traditional, Simplified and Japanese forms of a character one. Everything else folds
// its input first.
//
// A person's name is split by [Person] into surname and given name, with the readings a list may use: pinyin
// (a surname by its reading as a surname: 单 is Shan), Wade-Giles, Cantonese, Hokkien, Korean.
// [PersonWord] is the same as a [script.Word], whose Cost judges one Latin spelling against all of them.
//
// A name of another language spelt in Chinese characters by its sound ([IsTranscribed]: 彼得罗夫, Petrov) is read by the
// conventions of transcription: [Transcribed]. Its Misfit says how far a Latin spelling is from the characters, consonants
// first, as the vowels of transcriptions are rough; its Split finds which words are written together.
//
// An organisation's name is split by [Organization] into region + core + industry + number + form
// (北京 + 示例 + 科技 + 股份有限公司). Each [Segment] carries its pinyin and its English equivalents, so it can
// be compared with a Latin name in either language. [Abbreviates] says whether a short name abbreviates a long one.
//
// [Syllables] splits pinyin written together; [WadeGiles] and [FromWadeGiles] translate a syllable.
//
// Character facts (variants, Cantonese, Korean readings) are from the Unicode Han Database, made into
// tables by the generator in gen; Mandarin readings are go-pinyin's, of the same source. The lists of
// surnames, places, legal forms, industry words and transcriptions are written for this project.
//
// The package scores nothing but abbreviations, does not translate free text, and reads Japanese
// names no further than folding and organisation words: the reading of a Japanese name cannot be told from
// its characters. Input is bounded: names beyond [MaxRunes] are cut.
package han
