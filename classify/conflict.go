package classify

import "slices"

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
