package classify

import (
	"cmp"
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
	d := g.c.match.prepare(text)
	hits, err := g.c.match.search(d)
	if err != nil {
		g.problem("description", Text{"the text index failed: " + err.Error(), "文字索引出错：" + err.Error()}, true, err)
		return
	}
	for i := range hits {
		if len(g.c.match.docs[hits[i].doc].targets) == 0 {
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
			s, detail := h.score*t.weight, h.inWords()
			if o := g.ordinary; o != nil && o.score > 0.9*h.score {
				// An ordinary good fits as well or better: the entry's name is only part of its name.
				s *= ordinaryFactor
				detail.En += fmt.Sprintf("; but an ordinary good, %q, fits as well or better", o.name)
				detail.Zh += fmt.Sprintf("；但普通货物“%s”同样或更为相符", o.name)
			}
			spoken = true
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
	for _, w := range strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune(" ,.;:/()[]{}|&+-_*#'\"，。；：、（）\n\t", r) }) {
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

// readParameters compares the item's figures with the thresholds of every entry found so far.
func (g *gathering) readParameters() {
	var qs []quantity
	read := false
	for i, e := range g.evidence {
		ts := g.c.entries[i].Thresholds
		if len(ts) == 0 {
			continue
		}
		if !read {
			qs, read = quantities(g.item), true
		}
		e.parameters = evaluate(ts, qs, g.c.byName, g.c.parameters)
		met, notMet := paragraphs(e.parameters)
		switch {
		case met.En != "":
			b := Basis{Source: FromParameter, Score: 0.2, Detail: Text{
				"figures given meet the entry's: " + met.En, "所给参数达到条目限值：" + met.Zh,
			}}
			// A figure says little of goods that nothing but a customs code joins to the entry.
			if !e.has(FromText) && !e.has(FromDeclared) && !e.has(FromMaster) {
				b.Score = 0.03
			}
			e.basis = append(e.basis, b)
		case notMet.En != "":
			e.factor *= 0.75
			e.checks = append(e.checks, Text{
				"Figures given are outside the entry's (" + notMet.En + "): confirm them; another paragraph may still apply.",
				"所给参数未达条目限值（" + notMet.Zh + "）：请核实，其他分项仍可能适用。",
			})
		}
	}
}

// paragraphs sums up the verdicts by paragraph of the entry: met tells the figures of the first paragraph
// where some are met and none is missed; notMet tells those missed where every paragraph with a figure
// fails.
func paragraphs(ps []ParameterResult) (met, notMet Text) {
	var keys []string
	good, bad := map[string]Text{}, map[string]Text{}
	add := func(t Text, p ParameterResult) Text {
		limit := strings.TrimSpace(fmt.Sprintf("%s (%s %g %s", p.Found, p.Op, p.Threshold, p.Unit)) + ")"
		return Text{join(t.En, p.Name+" "+limit), join(t.Zh, cmp.Or(p.NameZh, p.Name)+" "+limit)}
	}
	for _, p := range ps {
		if p.Verdict == Unknown {
			continue
		}
		if !slices.Contains(keys, p.Paragraph) {
			keys = append(keys, p.Paragraph)
		}
		if p.Verdict == Met {
			good[p.Paragraph] = add(good[p.Paragraph], p)
		} else {
			bad[p.Paragraph] = add(bad[p.Paragraph], p)
		}
	}
	for _, k := range keys {
		if bad[k] == (Text{}) {
			return good[k], Text{}
		}
		if notMet == (Text{}) {
			notMet = bad[k]
		}
	}
	return Text{}, notMet
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// Words that say an item is software, technology or a part, whatever its kind field says.
var (
	softwareWords   = []string{"software", "firmware", "source code", "软件", "源代码", "固件", "程序包", "仿真程序"}
	technologyWords = []string{"technology", "technical data", "know-how", "drawings", "blueprint", "process specification", "技术资料", "技术转让", "技术文件", "图纸", "工艺规范", "工艺参数", "专有技术", "工艺技术", "生产技术", "制造技术", "设计技术"}
	spareWords      = []string{"spare part", "spares", "spare ", "accessor", "replacement", "repair kit", "parts for", "parts of", "part for", "备件", "配件", "附件", "备品", "零件", "维修包", "易损件"}
)

// supplies is the kind of supply: the field, or what the description says where the field says goods.
func (g *gathering) supplies() Kind {
	if g.kind != Goods {
		return g.kind
	}
	folded := textindex.Fold(clip(g.item.Description+" "+g.item.DescriptionZh, maxText))
	for _, k := range []struct {
		kind  Kind
		words []string
	}{{Software, softwareWords}, {Technology, technologyWords}, {Spare, spareWords}} {
		if slices.ContainsFunc(k.words, func(w string) bool { return strings.Contains(folded, w) }) {
			return k.kind
		}
	}
	return Goods
}

// pointToGroups leads software, technology and parts to the product group that controls them.
func (g *gathering) pointToGroups() {
	switch kind := g.supplies(); kind {
	case Software, Technology, Service:
		group := byte('E')
		if kind == Software {
			group = 'D'
		}
		found := make([]int, 0, len(g.evidence))
		for i := range g.evidence {
			found = append(found, i)
		}
		slices.Sort(found)
		for _, i := range found {
			g.pointTo(i, group)
		}
	case Spare:
		for i, e := range g.evidence {
			if e.has(FromText) && g.c.entries[i].code.Group() != 0 {
				e.factor *= 0.9
				g.note(i, Text{
					"A part or accessory: it is controlled where the entry names components, usually those specially designed for the item.",
					"属零部件或附件：仅当条目列明部件（通常为专门设计的部件）时受管制。",
				})
			}
		}
	}
}

// pointTo adds the D or E entries that cover the goods entry i and lowers i itself.
func (g *gathering) pointTo(i int, group byte) {
	x := &g.c.entries[i]
	own := x.code.Group()
	if own == 0 || own == group {
		return
	}
	e := g.evidence[i]
	if e.has(FromDeclared) || e.has(FromMaster) {
		return
	}
	s := e.score()
	for j := range g.c.entries {
		y := &g.c.entries[j]
		if y.list != x.list || y.code.Group() != group {
			continue
		}
		depth := 0
		for _, c := range y.Covers {
			if strings.HasPrefix(x.Code, c) {
				depth = max(depth, len(c))
			}
		}
		if depth == 0 {
			continue
		}
		g.add(j, Basis{Source: FromText, Score: s * (0.7 + 0.05*float64(depth)), Detail: Text{
			fmt.Sprintf("software or technology for goods of %s falls under %s", x.Code, y.Code),
			fmt.Sprintf("%s 物项的软件或技术归入 %s", x.Code, y.Code),
		}})
	}
	e.factor *= 0.55
}

// findConflicts compares what the order and the master say with each other and with the evidence.
func (g *gathering) findConflicts() {
	byList := map[string]map[Source][]string{}
	for _, c := range g.out.Candidates {
		for _, b := range c.Basis {
			if b.Source == FromDeclared || b.Source == FromMaster {
				if byList[c.List] == nil {
					byList[c.List] = map[Source][]string{}
				}
				byList[c.List][b.Source] = append(byList[c.List][b.Source], c.Code)
			}
		}
	}
	for i := range g.c.lists {
		id := g.c.lists[i].ID
		d, m := byList[id][FromDeclared], byList[id][FromMaster]
		if len(d) > 0 && len(m) > 0 && !slices.ContainsFunc(d, func(s string) bool { return slices.Contains(m, s) }) {
			g.conflict(FromDeclared, FromMaster, id, slices.Concat(d, m), "the order and the product master name different entries", "订单与产品主数据的编码不一致")
		}
		if len(d) > 0 && g.masterSaysNone(id) {
			g.conflict(FromDeclared, FromMaster, id, d, "the order declares a code, the product master says not controlled", "订单申报了编码，而产品主数据判定为不受管制")
		}
		best := g.bestEvidence(id)
		if best == "" {
			continue
		}
		if g.saysNone(id) {
			g.conflict(FromDeclared, FromText, id, []string{best}, "the order declares not controlled, the description points to an entry", "订单申报不受管制，而描述指向管制条目")
		}
		if g.masterSaysNone(id) {
			g.conflict(FromMaster, FromText, id, []string{best}, "the product master says not controlled, the description points to an entry", "产品主数据判定不受管制，而描述指向管制条目")
		}
		for _, stated := range [][]string{d, m} {
			if len(stated) > 0 && !slices.Contains(stated, best) {
				src := FromDeclared
				if len(d) == 0 {
					src = FromMaster
				}
				g.conflict(src, FromText, id, append(slices.Clone(stated), best), "the stated entry is not the one the description points to", "所申报条目与描述指向的条目不一致")
				break
			}
		}
	}
}

func (g *gathering) conflict(a, b Source, list string, codes []string, en, zh string) {
	g.out.Conflicts = append(g.out.Conflicts, Conflict{Between: [2]Source{a, b}, List: list, Codes: codes, Reason: Text{en, zh}})
}

// bestEvidence is the entry of a list that the text points to most, "" where no match is likely.
func (g *gathering) bestEvidence(list string) string {
	best, code := 0.5, ""
	for _, c := range g.out.Candidates {
		if c.List != list {
			continue
		}
		for _, b := range c.Basis {
			if b.Source == FromText && b.Score > best {
				best, code = b.Score, c.Code
			}
		}
	}
	return code
}

// saysNone reports whether the order declares the item free of a list.
func (g *gathering) saysNone(list string) bool {
	return slices.Contains(g.declaredNone, "") || slices.Contains(g.declaredNone, list)
}

func (g *gathering) masterSaysNone(list string) bool {
	return slices.ContainsFunc(g.c.master[partKey(g.item.PartNumber)], func(r MasterRecord) bool { return r.List == list && r.Code == "" })
}
