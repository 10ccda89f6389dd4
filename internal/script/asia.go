package script

import (
	"strings"
	"unicode"
)

// The letters of a Hangul syllable in code order: see Unicode, section 3.12.
var (
	hangulInitials = []rune("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
	hangulVowels   = []rune("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")
	hangulFinals   = []rune("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
)

// hangulSlots reads a Hangul word. Its first syllable, where it is a surname, is one slot with the
// spellings of that family name; other syllables are a slot for each letter.
func hangulSlots(rs []rune) []slot {
	t := hangulTable()
	var out []slot
	for i, r := range rs {
		if i == 0 {
			if s, ok := t.slots[atStart][string(r)]; ok && len(rs) < 5 {
				out = append(out, s)
				continue
			}
		}
		n := int(r - 0xAC00)
		if n < 0 || n >= 19*21*28 {
			continue
		}
		out = append(out, t.slots[anywhere][string(hangulInitials[n/588])], t.slots[anywhere][string(hangulVowels[n%588/28])])
		if final := n % 28; final > 0 {
			out = append(out, t.slots[anywhere]["+"+string(hangulFinals[final-1])])
		}
	}
	return out
}

// kanaSlots reads a word in Kana. The mark of a long vowel, and a vowel that lengthens the one
// before, may be left out; the small tsu doubles the consonant that follows, which costs nothing
// on the Latin side.
func kanaSlots(rs []rune) []slot {
	t := kanaTable()
	var word []rune
	for _, r := range rs {
		switch {
		case 'ァ' <= r && r <= 'ヶ':
			r -= 'ァ' - 'ぁ'
		case OfRune(r) != Kana:
			continue
		}
		word = append(word, r)
	}
	long := newSlot(parseSpellings("- o u h:1 a:1 e:1 i:1 r:3"))
	var out []slot
	for i := 0; i < len(word); {
		r := word[i]
		if i > 0 && (r == 'ー' || r == 'ｰ' || lengthens(word[i-1], r)) {
			out = append(out, long)
			i++
			continue
		}
		if r == 'っ' {
			out = append(out, newSlot(parseSpellings("- t:2")))
			i++
			continue
		}
		n := min(t.widest, len(word)-i)
		for ; n > 0; n-- {
			if s, ok := t.find(string(word[i:i+n]), false, false); ok {
				out = append(out, s)
				break
			}
		}
		i += max(n, 1)
	}
	return out
}

// lengthens reports whether う or お after the kana makes a long vowel.
func lengthens(before, r rune) bool {
	const o, u = "おこごそぞとどのほぼぽもよょろを", "うくぐすずつづぬふぶぷむゆゅる"
	return r == 'う' && strings.ContainsRune(o+u, before) || r == 'お' && strings.ContainsRune(o, before)
}

// thaiOrder moves the vowels that are written before their consonant behind it, drops tone marks, and keeps the mark of
// silence right behind its consonant, without a vowel sign upon it.
func thaiOrder(rs []rune) []rune {
	var out []rune
	var held rune
	for _, r := range rs {
		switch {
		case r == '์':
			for len(out) > 0 && !unicode.IsLetter(out[len(out)-1]) {
				out = out[:len(out)-1]
			}
			out = append(out, r)
		case '่' <= r && r <= '๋' || r == 'ํ' || r == '๎':
		case 'เ' <= r && r <= 'ไ':
			held = r
		default:
			out = append(out, r)
			if held != 0 {
				out = append(out, held)
				held = 0
			}
		}
	}
	return out
}
