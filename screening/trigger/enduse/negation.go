package enduse

import (
	"slices"
	"strings"
)

// hardStops end a sentence or clause whatever follows.
const hardStops = ".;!?\n。；！？…"

// cancelReach bounds the tokens between a negator and a verb of exclusion that cancel each other.
const cancelReach = 4

// negations says for each hit whether it is denied, and whether it stands in a sentence that gives no denial.
func negations(tokens []token, hits []hit) (denied, open []bool) {
	denied, open = make([]bool, len(hits)), make([]bool, len(hits))
	n := negation{tokens: tokens, hits: hits, denied: denied, parenthesis: parentheses(tokens, hits)}
	for start := 0; start < len(hits); {
		end := start + 1
		for end < len(hits) && !n.stopBetween(hits[end-1].last, hits[end].first) {
			end++
		}
		if n.leftOpen(start, end) {
			for i := start; i < end; i++ {
				open[i] = true
			}
		} else {
			n.sentence(start, end)
		}
		start = end
	}
	return denied, open
}

// negation walks the hits of a text sentence by sentence.
type negation struct {
	tokens []token
	hits   []hit
	denied []bool
	// parenthesis holds the commas around an aside, which part nothing; nil for none.
	parenthesis []int
}

// maxAside bounds the tokens of an aside that begins with "whether".
const maxAside = 12

// parentheses are the commas around asides: "shall not be used, directly or indirectly, in ...", "any sale, whether
// direct or by agents, is barred".
func parentheses(tokens []token, hits []hit) (commas []int) {
	comma := func(t int) bool {
		return t >= 0 && t < len(tokens) && (tokens[t].word == "," || tokens[t].word == "，")
	}
	around := func(first, last int) {
		for _, t := range []int{first - 1, last} {
			if comma(t) {
				commas = append(commas, t)
			}
		}
	}
	for i := range hits {
		if hits[i].is(cAside) {
			around(hits[i].first, hits[i].last)
		}
	}
	for i := range tokens {
		if tokens[i].word != "whether" || !comma(i-1) {
			continue
		}
		last := i
		for last < len(tokens) && last < i+maxAside && !comma(last) {
			last++
		}
		around(i, last)
	}
	return commas
}

// stopBetween reports whether a sentence ends between two tokens. A stop within a number or an
// abbreviation ("3.5", "U.S.") ends none.
func (n *negation) stopBetween(from, to int) bool {
	for i := from; i < to; i++ {
		t := n.tokens[i]
		if t.kind != punct || !strings.Contains(hardStops, t.word) {
			continue
		}
		if t.word == "." && i+1 < len(n.tokens) && n.tokens[i+1].start == t.end && n.tokens[i+1].kind == word {
			continue
		}
		return true
	}
	return false
}

// sentence decides the mentions among hits[start:end], left to right. `on` says that a negator is at work.
func (n *negation) sentence(start, end int) {
	on := false
	// negAt is the token after the last negator; civil that it denied a civil use; mentioned that the
	// segment already holds a mention.
	negAt, civil, mentioned := -1, false, false
	for i := start; i < end; i++ {
		h := &n.hits[i]
		if i > start {
			if comma := n.commaBetween(n.hits[i-1].last, h.first); comma >= 0 {
				mentioned = false
				if on && (civil || !n.continues(comma, i, end)) {
					on = false
				}
			}
		}
		switch {
		case h.is(cPost) && mentioned && !n.pointsAhead(i, end):
			// It excludes what stands before it, and nothing after it.
			n.excludeBefore(i, start)
			on = false
		case h.is(cVerb):
			if on && negAt >= 0 && h.first-negAt < cancelReach {
				on = false
			} else {
				on, negAt, civil = true, h.last, false
			}
		case h.is(cNonNeg), h.is(cContrast):
			on = false
		case h.is(cFlip):
			on, negAt, civil = !on, h.last, false
		case h.is(cNeg), h.is(cPost), h.is(cDoubt):
			on, negAt, civil = true, h.last, false
		case h.is(cCivil):
			civil = on
		case isMention(h):
			mentioned = true
			n.denied[i] = on || n.tightBefore(i, start) || n.answeredNo(i)
		}
	}
}

// leftOpen reports whether the sentence says that a denial is not given, not sure or not true ("cannot guarantee that
// it is not for ...", "has not stated that it will not ..."): no mention of it is denied then.
func (n *negation) leftOpen(start, end int) bool {
	for i := start; i < end; i++ {
		h := &n.hits[i]
		switch {
		case h.is(cOpen):
			return true
		case h.is(cDoubt), h.is(cSay) && n.unsaid(i, start):
			for j := i + 1; j < end; j++ {
				if n.negates(j) {
					return true
				}
			}
		}
	}
	return false
}

// unsaid reports whether a negator stands shortly before a verb of saying: "has not stated", "refuses to say".
func (n *negation) unsaid(i, start int) bool {
	for j := i - 1; j >= start && n.hits[i].first-n.hits[j].last < sayReach; j-- {
		if n.negates(j) {
			return true
		}
	}
	return false
}

// sayReach bounds the tokens between a negator and the verb of saying it denies.
const sayReach = 3

// negates reports whether a hit denies what follows it.
func (n *negation) negates(i int) bool {
	h := &n.hits[i]
	return h.is(cNeg) || h.is(cVerb) || h.is(cTight)
}

// pointsAhead reports whether a word that may exclude what stands before it works on what follows: "not
// intended for ...", 不涉及 with a mention behind it.
func (n *negation) pointsAhead(i, end int) bool {
	h := &n.hits[i]
	if h.last < len(n.tokens) && (n.tokens[h.last].word == "for" || n.tokens[h.last].word == "to") {
		return true
	}
	return h.is(cNeg) && i+1 < end && isMention(&n.hits[i+1]) && n.commaBetween(h.last, n.hits[i+1].first) < 0
}

func isMention(h *hit) bool {
	for _, c := range h.classes {
		if kindOf(c) != "" {
			return true
		}
	}
	return false
}

// excludeBefore denies the mentions before a word of exclusion ("military use is excluded"), in its segment
// and in the bare list items before that, unless the word is itself denied ("is not excluded").
func (n *negation) excludeBefore(i, start int) {
	if h := &n.hits[i-1]; i > start && h.is(cNeg) && n.hits[i].first-h.last <= 2 {
		return
	}
	var mentions []int
	own, asserts := true, false
	for j := i - 1; j >= start; j-- {
		h := &n.hits[j]
		if h.is(cContrast) {
			break
		}
		if c := n.commaBetween(h.last, n.hits[j+1].first); c >= 0 && !n.listComma(c) {
			if asserts && !own {
				return
			}
			n.deny(mentions)
			mentions, own, asserts = nil, false, false
		}
		asserts = asserts || h.is(cAssert)
		if isMention(h) {
			mentions = append(mentions, j)
		}
	}
	if own || !asserts {
		n.deny(mentions)
	}
}

func (n *negation) deny(mentions []int) {
	for _, i := range mentions {
		n.denied[i] = true
	}
}

// listComma reports whether a token is the comma of a Chinese list, which parts nothing.
func (n *negation) listComma(i int) bool { return i >= 0 && n.tokens[i].word == "、" }

// tightBefore reports whether "non" or 非 stands immediately before a mention.
func (n *negation) tightBefore(i, start int) bool {
	if i == start || !n.hits[i-1].is(cTight) {
		return false
	}
	gap := n.tokens[n.hits[i-1].last:n.hits[i].first]
	return len(gap) == 0 || len(gap) == 1 && gap[0].word == "-"
}

// answerReach bounds the tokens between a mention and the colon of a form.
const answerReach = 8

// answeredNo reports whether a form denies the mention: "Military end use: no", 军事用途：否, "military use 军事用途: none 无".
func (n *negation) answeredNo(i int) bool {
	for j := n.hits[i].last; j < len(n.tokens) && j < n.hits[i].last+answerReach; j++ {
		switch {
		case strings.Contains(":?：？", n.tokens[j].word):
			return n.bareNo(i+1, j+1)
		case n.tokens[j].kind == punct && n.tokens[j].word != "-":
			return false
		}
	}
	return false
}

// bareNo reports whether what begins at a token says no and nothing else, up to a stop, a comma or the end. The hits
// are looked through from i.
func (n *negation) bareNo(i, at int) bool {
	said := false
	for ; i < len(n.hits); i++ {
		h := &n.hits[i]
		if h.first < at {
			continue
		}
		if h.first > at || !h.is(cAnswer) && !h.is(cNeg) {
			break
		}
		said, at = true, h.last
	}
	return said && (at == len(n.tokens) || n.tokens[at].kind == punct)
}

// commaBetween is the last comma between two tokens, -1 for none.
func (n *negation) commaBetween(from, to int) int {
	for i := to - 1; i >= from; i-- {
		switch n.tokens[i].word {
		case ",", "，", "、", ":", "：", "–", "—", "(", "（", ")", "）":
			if !slices.Contains(n.parenthesis, i) {
				return i
			}
		}
	}
	return -1
}

// continues reports whether the list a negator denies goes on after a comma: the part after it begins
// with "or" or the like, or holds no statement of its own up to the next comma, or is a further "for ..."
// of a list that ends with "or".
func (n *negation) continues(comma, i, end int) bool {
	if n.listComma(comma) || n.participles(comma) || n.nouns(comma, i, end) {
		return true
	}
	asserts := false
	for j := i; j < end; j++ {
		h := &n.hits[j]
		if j > i {
			if c := n.commaBetween(n.hits[j-1].last, h.first); c >= 0 && !n.listComma(c) {
				break
			}
		}
		if j == i && h.is(cOr) && h.first == comma+1 {
			return true
		}
		if h.is(cAssert) || h.is(cCivil) {
			asserts = true
		}
	}
	if !asserts {
		return true
	}
	return n.tokens[comma+1].word == "for" && n.endsWithOr(i, end)
}

// participles reports whether a comma parts two participles: "not designed, made or meant for ...".
func (n *negation) participles(comma int) bool {
	return comma > 0 && comma+1 < len(n.tokens) &&
		strings.HasSuffix(n.tokens[comma-1].word, "ed") && strings.HasSuffix(n.tokens[comma+1].word, "ed")
}

// nouns reports whether a comma parts two mentions of a list that ends with "or": "no army, navy or air force is ...".
func (n *negation) nouns(comma, i, end int) bool {
	return isMention(&n.hits[i-1]) && n.hits[i-1].last == comma &&
		isMention(&n.hits[i]) && n.hits[i].first == comma+1 && n.endsWithOr(i, end)
}

// endsWithOr reports whether a later part of the list begins with "or" or "nor".
func (n *negation) endsWithOr(i, end int) bool {
	for j := i + 1; j < end; j++ {
		h := &n.hits[j]
		if w := n.tokens[h.first].word; (w == "or" || w == "nor") && h.first > 0 {
			return true
		}
		if h.is(cContrast) {
			return false
		}
	}
	return false
}
