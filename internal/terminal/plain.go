// Package terminal makes texts of others safe to print.
package terminal

import (
	"strings"
	"unicode"
)

// Plain is a text as one line that moves no cursor and turns no writing around: control and format characters
// become visible.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return '�'
		}
		return r
	}, s)
}
