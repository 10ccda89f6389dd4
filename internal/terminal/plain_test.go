package terminal

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"Example Works 示例": "Example Works 示例",
		"a\tb\nc":          "a b c",
		"\x1b[2Jgone":      "�[2Jgone",
		"\u009b2J":         "�2J",
		"a\u202egnp.exe":   "a�gnp.exe",
	} {
		require.Equal(t, want, Plain(in))
	}
}
