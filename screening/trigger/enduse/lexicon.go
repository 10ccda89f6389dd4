package enduse

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Kind is a kind of end use.
type Kind string

// The kinds, in the order analyses give them.
const (
	Nuclear            Kind = "nuclear"
	Chemical           Kind = "chemical"
	Biological         Kind = "biological"
	Missile            Kind = "missile"
	UAV                Kind = "uav"
	Military           Kind = "military"
	PoliceSurveillance Kind = "police_surveillance"
	Semiconductor      Kind = "semiconductor"
	Terrorism          Kind = "terrorism"
)

// Kinds lists every kind.
var Kinds = []Kind{Nuclear, Chemical, Biological, Missile, UAV, Military, PoliceSurveillance, Semiconductor, Terrorism}

// class is what a lexicon entry is: one of the kinds, or one of the words that work on mentions, as
// lexicon.txt names them. An entry may have several.
type class string

const (
	cPlain    class = "plain"
	cNeg      class = "neg"
	cTight    class = "tight"
	cVerb     class = "verb"
	cFlip     class = "flip"
	cContrast class = "contrast"
	cNonNeg   class = "nonneg"
	cOpen     class = "open"
	cSay      class = "say"
	cDoubt    class = "doubt"
	cAside    class = "aside"
	cPost     class = "post"
	cAnswer   class = "answer"
	cCivil    class = "civil"
	cAssert   class = "assert"
	cOr       class = "or"
	cMeta     class = "meta"
	cVague    class = "vague"
)

// node is a node of the lexicon's trie over tokens.
type node struct {
	next    map[string]*node
	classes []class
}

//go:embed lexicon.txt
var lexiconText string

var lexicon = sync.OnceValue(func() *node { return readLexicon(lexiconText) })

// readLexicon builds the trie of a lexicon's text.
func readLexicon(text string) *node {
	root := &node{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		name, phrases, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for phrase := range strings.SplitSeq(phrases, "|") {
			words := phraseTokens(phrase)
			root.add(words, class(name))
			if kindOf(class(name)) != "" || class(name) == cPlain {
				root.add(plural(words), class(name))
			}
		}
	}
	return root
}

// phraseTokens is a phrase as tokens; hyphens are tokens of a text but left out of phrases.
func phraseTokens(phrase string) []string {
	var words []string
	for _, t := range tokenise(phrase, new(aFew)) {
		if t.kind != punct || t.word == "/" {
			words = append(words, t.word)
		}
	}
	return words
}

// plural is the phrase with its last word in the plural, nil for one in Han script.
func plural(words []string) []string {
	if len(words) == 0 || words[len(words)-1][0] >= 0x80 {
		return nil
	}
	p := slices.Clone(words)
	last := &p[len(p)-1]
	if strings.HasSuffix(*last, "y") {
		*last = strings.TrimSuffix(*last, "y") + "ies"
	} else {
		*last += "s"
	}
	return p
}

func (n *node) add(words []string, c class) {
	if len(words) == 0 {
		return
	}
	for _, w := range words {
		if n.next == nil {
			n.next = make(map[string]*node)
		}
		if n.next[w] == nil {
			n.next[w] = &node{}
		}
		n = n.next[w]
	}
	if !slices.Contains(n.classes, c) {
		n.classes = append(n.classes, c)
	}
}

// kindOf is the kind a class names, or "".
func kindOf(c class) Kind {
	if slices.Contains(Kinds, Kind(c)) {
		return Kind(c)
	}
	return ""
}
