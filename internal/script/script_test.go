package script

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOf(t *testing.T) {
	for word, want := range map[string]Script{
		"Müller": Roman, "Юрий": Cyrillic, "Γιάννης": Greek, "შალვა": Georgian, "Արմեն": Armenian, "محمد": Arabic, "משה": Hebrew,
		"王伟": Han, "東京タワー": Kana, "さくら": Kana, "리창호": Hangul, "สมชาย": Thai, "मोहन": Devanagari, "ኃይለ": Ethiopic, "": Common,
		"123": Common, "A王": Roman, "ー": Kana,
	} {
		require.Equal(t, want, Of(word), word)
	}
}
