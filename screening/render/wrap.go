package render

import (
	"strings"

	"golang.org/x/text/width"
)

// columns is how many terminal columns a text takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// wrap breaks a text into lines of at most limit columns: at spaces, and between Han characters.
func wrap(s string, limit int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	flush := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for _, piece := range pieces(s) {
		n := columns(piece)
		if used > 0 && used+columns(strings.TrimRight(piece, " ")) > limit {
			flush()
		}
		line.WriteString(piece)
		used += n
	}
	if used > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// pieces splits a text where a line may break; each piece keeps its trailing space. Closing
// punctuation stays with what it closes.
func pieces(s string) []string {
	var out []string
	start := 0
	runes := []rune(s)
	for i, r := range runes {
		last := i == len(runes)-1
		if r == ' ' || runeColumns(r) == 2 && (last || !closing(runes[i+1])) {
			out = append(out, string(runes[start:i+1]))
			start = i + 1
		} else if !last && runeColumns(runes[i+1]) == 2 && !closing(runes[i+1]) {
			out = append(out, string(runes[start:i+1]))
			start = i + 1
		}
	}
	if start < len(runes) {
		out = append(out, string(runes[start:]))
	}
	return out
}

func closing(r rune) bool {
	return strings.ContainsRune("，。；：、！？）》」』”’,.;:!?)", r)
}
