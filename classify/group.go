package classify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/textindex"
)

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
