package script

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEnglish(t *testing.T) {
	for word, want := range map[string]string{
		"Завод": "plant", "ЗАВОДА": "plant", "авиационного": "aviation", "машиностроительный": "machine building", "ООО": "llc", "Объединённая": "united",
		"державний": "state", "شرکت": "company", "الشركة": "company", "للصرافة": "money exchange", "صنعتی": "industrial", "المحدودة": "limited", "بانک": "bank",
		"OOO": "llc", "Арзамасский": "arzamas", "จำกัด": "limited", "주식회사": "co ltd",
	} {
		got := English(word)
		require.NotEmpty(t, got, word)
		require.Equal(t, want, got[0], word)
	}
	for _, word := range []string{"Иванов", "محمد", "Works", "示例", "", "Сокол"} {
		require.Nil(t, English(word), word)
	}
}

func TestEnglishTable(t *testing.T) {
	d := englishWords()
	require.Greater(t, len(d.whole)+len(d.stems), 500)
	for _, m := range []map[string][]string{d.whole, d.stems} {
		for word, english := range m {
			require.NotEmpty(t, word)
			for _, e := range english {
				require.Equal(t, strings.TrimSpace(strings.ToLower(e)), e, word)
				require.NotEmpty(t, e, word)
			}
		}
	}
}
