package match

// Costs, in hundredths of a score. With [DefaultThreshold] a name may spend 30 before it is no longer
// put before a person. They were set by reason and checked on the labelled pairs and searches named in
// testdata/bench/RESULTS.md; each says what it prices.
const (
	costMeaning     = 1  // another form, language or spelling of one common word: "Ltd", "Limited"
	costForm        = 2  // corresponding legal forms of different laws: OOO, Ltd
	costScript      = 2  // another script, spelt by the rules
	costSpelling    = 3  // another spelling of one name: Mohammed, Muhammad
	costBroken      = 3  // a legal form or title misspelt or in part
	costTranslated  = 3  // a common word and its English
	costEnding      = 6  // a place and its adjective in another script: Омский, Omsk
	costFirst       = 5  // a slip in the first letter, besides the slip
	costSound       = 4  // the same but for romanisation: Sergey, Sergei
	costJoined      = 4  // words split or joined otherwise
	costInitial     = 8  // A., Ali
	costStem        = 12 // a word of trade or place with another ending in another script
	costLanguage    = 18 // one name in two languages: John, Juan
	costNickname    = 20 // Bill, William
	costDoubt       = 6  // a slip, besides its cost, where nothing but a common name agrees exactly
	costAcronym     = 17 // PLA, People's Liberation Army
	costOtherName   = 24 // two names one slip apart: Tim, Tom
	costOtherGender = 25 // a man's name and a woman's: Antonio, Antonia
	costTranscribed = 5  // a foreign name by its sound in Chinese characters
	costRegular     = 7  // another script, by the rules or nearly so

	// Left over on both sides.
	conflict          = 45 // two words of substance
	conflictTrade     = 36 // two words for what the party does or is
	conflictPlace     = 36 // two places
	conflictNumber    = 45 // the numbers of two institutes, plants, units
	conflictSeries    = 24 // the numbers of two funds, trusts or vessels of one series: the manager is the same
	conflictForm      = 31 // two legal forms of different nature: a company and a foundation
	conflictFormClass = 14 // two legal forms of one nature: "GmbH", "AG"
	conflictSuffix    = 20 // junior, senior

	// Left over on one side of a person's name.
	surplusPerson   = 13 // a given name or surname
	surplusListed   = 16 // the same, where the listed name has it and only two names agree
	surplusCommon   = 31 // the first of them, where only names that very many bear agree
	surplusTied     = 31 // the rest of a compound in Arabic script: Mohammadreza is not Mohammad
	surplusDouble   = 6  // the second half of a surname with a hyphen
	surplusFather   = 7  // a patronymic
	surplusInitial  = 4
	surplusLight    = 3 // Haji, Sheikh
	surplusParticle = 1
	surplusSuffix   = 6

	// Left over on one side of an organisation's name, of three terms of substance; see settleOrganization.
	surplusCore    = 24 // a brand
	surplusTrade   = 22
	surplusGeneric = 10
	surplusPlace   = 12
	surplusNumber  = 31 // "Fund" and "Fund II" are two parties
	surplusHull    = 22 // "Victory" and "Victory 3" may be one ship
	surplusForm    = 2

	surplusLetter = 5 // a single letter
	surplusRepeat = 2 // a word the other name has once more
)

// slips is the cost of 1, 2 and 3 slips by the length of the longer word: a slip in a short word is more
// likely another word. 0 means that the words are not one.
var slips = [...][4]int{
	{}, {}, {0, 28}, {0, 24}, {0, 18}, {0, 12, 27}, {0, 9, 23}, {0, 8, 20}, {0, 7, 17},
	{0, 6, 15, 30}, {0, 5, 13, 26}, {0, 5, 12, 22}, {0, 5, 10, 20},
}

// costSlips is the cost of d slips between two words, the longer of n characters; ok is false where
// so many slips make another word.
func costSlips(d, n int) (cost int, ok bool) {
	if d == 0 {
		return 0, true
	}
	row := slips[min(n, len(slips)-1)]
	if d >= len(row) || row[d] == 0 {
		return 0, false
	}
	return row[d], true
}

// maxSlips is the greatest number of slips two words may have, the longer of n characters.
func maxSlips(n int) int {
	row := slips[min(n, len(slips)-1)]
	for d := len(row) - 1; d > 0; d-- {
		if row[d] != 0 {
			return d
		}
	}
	return 0
}

// maxMisread is the greatest distance, in wrong letters, of a Latin spelling from a word of another script.
const maxMisread = 2.5

// costMisread is the cost of a Latin spelling d wrong letters away from a word of another script, the
// longer of n letters. Transliteration is no slip: what the spelling rules do not give is soon another word.
func costMisread(d float64, n int) (cost int, ok bool) {
	if d >= maxMisread || d > 0.3*float64(n) {
		return 0, false
	}
	cost = int(d * 130 / float64(max(3, min(n, 12))))
	return cost, cost <= costMisreadMost
}

// maxMisfit is how far, in wrong letters a letter, a name may be from the Chinese characters that spell its sound.
const maxMisfit = 0.25

// costHeard is the cost of a name so far from the characters.
func costHeard(misfit float32) int { return costTranscribed + int(100*misfit) }

// costMisreadMost is the most a misread word may cost, and costSyllable the most a syllable may.
const (
	costMisreadMost = 22
	costSyllable    = 5
)
