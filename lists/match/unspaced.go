package match

import (
	"github.com/ordergate/ordergate/internal/fold"
	"github.com/ordergate/ordergate/internal/script"
)

// appendUnspaced cuts a word of Han, Kana or Hangul, which may be a whole name.
func appendUnspaced(tokens []token, w fold.Word, s script.Script, kind Kind) []token {
	return append(tokens, token{Word: w, script: s})
}
