package script

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestKey(t *testing.T) {
	for _, same := range [][]string{
		{"Sergey", "Sergei", "Sergej"}, {"Khadija", "Hadidja"}, {"Yusuf", "Youssouf", "Jusuf"}, {"Tsaryov", "Tsariov"}, {"Tsvetkov", "Cvetkov"}, {"Yelena", "Elena"},
		{"Mustafa", "Moustapha", "Mustaffa"}, {"Alexey", "Aleksei"}, {"Fatima", "Fatimah"}, {"Tatyana", "Tatiana", "Tatjana"}, {"Jamal", "Djamal"},
		{"Schmidt", "Shmidt"}, {"Walid", "Valid"}, {"Yuri", "Iurii", "Juri"}, {"Müller", "Muller"},
	} {
		for _, s := range same {
			require.Equal(t, Key(same[0]), Key(s), s)
			require.NotEmpty(t, Key(s))
		}
	}
	for _, pair := range [][2]string{{"Ivan", "Igor"}, {"Marina", "Maria"}, {"Petrov", "Pavlov"}, {"Hassan", "Hussein"}} {
		require.NotEqual(t, Key(pair[0]), Key(pair[1]), pair)
	}
	require.Empty(t, Key("王"))
}

func TestKeyIgnoresCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[a-z]{0,12}`).Draw(t, "s")
		require.Equal(t, Key(s), Key(upper(s)))
		require.LessOrEqual(t, len(Key(s)), 2*len(s)+1)
	})
}

func upper(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] -= 'a' - 'A'
	}
	return string(b)
}

func TestSkeletons(t *testing.T) {
	for word, spellings := range map[string][]string{
		"محمد":   {"Mohammed", "Muhamad", "Mohamed"},
		"حسين":   {"Hussein", "Hossein", "Husayn"},
		"عثمان":  {"Uthman", "Osman"},
		"غفور":   {"Ghafoor", "Gafur"},
		"شريف":   {"Sharif", "Cherif"},
		"جمال":   {"Jamal", "Gamal", "Djamel"},
		"ذاكر":   {"Zakir", "Dhaker"},
		"ضياء":   {"Diya", "Zia"},
		"الرحمن": {"Rahman", "Rehman"},
		"پرویز":  {"Parwiz", "Parviz"},
		"שלמה":   {"Shlomo"},
		"Махмуд": {"Mahmoud", "Mehmet"},
	} {
		set := Skeletons(word)
		for _, s := range spellings {
			require.True(t, meets(set, Skeletons(s)), "%s %v, %s %v", word, set, s, Skeletons(s))
		}
	}
	require.Empty(t, Skeletons("王"))
	require.Equal(t, "mmt", Skeleton("محمد"))
	require.Empty(t, Skeleton("aeiou"))
}

func meets(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

func TestWords(t *testing.T) {
	for name, want := range map[string][]string{
		"عبدالله محمّد":        {"عبد", "الله", "محمد"},
		"عبد الله":             {"عبد", "الله"},
		"Abdullah":             {"abd", "allah"},
		"Abd Allah":            {"abd", "allah"},
		"سيف\u200cالدين":       {"سيف", "دين"},
		"Saifuddin":            {"saif", "din"},
		"Sayf ad-Din":          {"sayf", "din"},
		"أبو بكر الحسيني":      {"ابو", "بكر", "حسيني"},
		"ابوبكر":               {"ابو", "بكر"},
		"Abu Bakr al-Husseini": {"abu", "bakr", "husseini"},
		"محمدرضا":              {"محمد", "رضا"},
		"Mohammadreza":         {"muhammad", "reza"},
		"کریم\u200cزاده ۱۲":    {"كريم", "زاده", "12"},
		"حســـن":               {"حسن"},
		"Ar-Rahman":            {"rahman"},
		"Иван Ильич":           {"иван", "ильич"},
		"ﻤﺣﻤﺩ":                 {"محمد"},
		"":                     nil,
	} {
		require.Equal(t, want, Words(name), name)
	}
}
