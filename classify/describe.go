package classify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/textindex"
)

// readText matches the descriptions with trade names and titles.
func (g *gathering) readText() {
	text := g.item.Description
	if g.item.DescriptionZh != "" {
		text += "\n" + g.item.DescriptionZh
	}
	if strings.TrimSpace(text) == "" {
		g.silent(FromText, "No description is given.", "未提供货物描述。")
		if g.item.HS == "" && len(g.item.Declared) == 0 && g.item.PartNumber == "" {
			g.problem("description", Text{"nothing is given to classify by", "没有可供归类的信息"}, true, nil)
		} else {
			g.problem("description", Text{"no description: the text could not be compared with the lists", "无描述：未能与清单文字比对"}, true, nil)
		}
		return
	}
	if len(text) > maxText {
		g.problem("description", Text{
			fmt.Sprintf("longer than %d kB: only the beginning was read", maxText>>10), fmt.Sprintf("超过%d kB：仅读取开头部分", maxText>>10),
		}, true, nil)
		text = clip(text, maxText)
	}
	for _, p := range g.item.Properties {
		if len(p.Value) < 80 && len(p.Name) < 80 {
			text += "\n" + p.Name + " " + p.Value
		}
	}
	if g.c.isVague(text) {
		g.problem("description", Text{
			"too vague to classify: say what the goods are, their model and main figures",
			"描述过于笼统，无法归类：请说明货物名称、型号和主要参数",
		}, true, nil)
		return
	}
	hits, err := g.c.match.fits(text)
	if err != nil {
		g.problem("description", Text{"the text index failed: " + err.Error(), "文字索引出错：" + err.Error()}, true, err)
		return
	}
	for i := range hits {
		if len(g.c.match.docs[hits[i].doc].targets) == 0 && hits[i].name != "" {
			g.ordinary = &hits[i]
			break
		}
	}
	spoken := false
	named := map[int]bool{}
	for _, h := range hits {
		doc := &g.c.match.docs[h.doc]
		for _, t := range doc.targets {
			// Shared words add nothing for an entry that a whole name has led to.
			if named[t.entry] && h.name == "" {
				continue
			}
			named[t.entry] = named[t.entry] || h.name != ""
			s := h.score * t.weight
			// Where an ordinary good fits as well or better, the entry's name is only part of its name.
			ordinary := g.ordinary != nil && g.ordinary.score > 0.9*h.score
			if ordinary {
				s *= ordinaryFactor
			}
			if s < minTextBasis {
				continue
			}
			spoken = true
			detail := h.inWords()
			if ordinary {
				detail.En += fmt.Sprintf("; but an ordinary good, %q, fits as well or better", g.ordinary.name)
				detail.Zh += fmt.Sprintf("；但普通货物“%s”同样或更为相符", g.ordinary.name)
			}
			g.add(t.entry, Basis{Source: FromText, Detail: detail, Score: s})
			if doc.note.En != "" || doc.note.Zh != "" {
				g.note(t.entry, doc.note)
			}
		}
	}
	g.playDownHS()
	if !spoken {
		g.silent(FromText, "No trade name or title fits the description.", "没有商品名称或条目标题与描述相符。")
	}
}

// playDownHS lowers what only a six-digit code points to where the description names an ordinary good:
// six digits hold a thousand ordinary goods for every controlled one.
func (g *gathering) playDownHS() {
	if o := g.ordinary; o == nil || !o.full || o.score < 0.4 {
		return
	}
	for _, e := range g.evidence {
		wide := !slices.ContainsFunc(e.basis, func(b Basis) bool { return b.Source != FromHS || b.Match > 6 })
		if wide {
			e.factor *= ordinaryFactor
		}
	}
}

// minTextBasis is the least text evidence worth saying.
const minTextBasis = 0.02

// ordinaryFactor is what is left of a text match where an ordinary good fits as well.
const ordinaryFactor = 0.3

// note adds a check to an entry once, at most three.
func (g *gathering) note(entry int, t Text) {
	if e := g.of(entry); len(e.checks) < 3 && !slices.Contains(e.checks, t) {
		e.checks = append(e.checks, t)
	}
}

// isVague reports whether nothing but vague words, numbers and codes is left of a description.
func (c *Classifier) isVague(text string) bool {
	folded := textindex.Fold(text)
	for w := range strings.FieldsFuncSeq(folded, func(r rune) bool { return strings.ContainsRune(" ,.;:/()[]{}|&+-_*#'\"，。；：、（）\n\t", r) }) {
		if c.vague[w] || isDigits(w) || len(w) < 2 {
			continue
		}
		if !c.vagueHan(w) {
			return false
		}
	}
	return true
}

// vagueHan reports whether a run of Chinese is made of vague words alone.
func (c *Classifier) vagueHan(w string) bool {
	for w != "" {
		if w[0] < 0x80 {
			return false
		}
		n := 0
		for v := range c.vague {
			if len(v) > n && strings.HasPrefix(w, v) && v[0] >= 0x80 {
				n = len(v)
			}
		}
		if n == 0 {
			return false
		}
		w = w[n:]
	}
	return true
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
