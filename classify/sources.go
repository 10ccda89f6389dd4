package classify

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
)

// What the qualities of HS evidence are worth at a full national code. An official pair is still only a
// reference: most customs codes hold controlled and free goods together.
var qualityScore = map[string]float64{"official": 0.7, "single": 0.55, "row": 0.35, "flagged": 0.12, "unconfirmed": 0.3}

// alsoPossibleScore is what the neighbour of a doubtful row is worth.
var alsoPossibleScore = map[string]float64{"row": 0.25, "flagged": 0.4}

// readHS parses the customs code and asks every correlation and the priority list.
func (g *gathering) readHS() {
	if strings.TrimSpace(g.item.HS) == "" {
		g.silent(FromHS, "No customs code is given, so no correlation was asked.", "未提供商品编号，未查询任何对照表。")
		return
	}
	h, err := ParseHS(g.item.HS, g.item.HSEdition)
	if err != nil {
		field := "hs"
		if errors.Is(err, ErrEdition) {
			field = "hs_edition"
		}
		g.problem(field, Text{err.Error(), "商品编号或版本无法识别：" + clip(g.item.HS+" "+g.item.HSEdition, 60)}, true, err)
		return
	}
	year, assumed := g.c.conversion.edition(h)
	h.Assumed = assumed
	if assumed && year != 0 {
		h.Edition = Edition{SystemHS, year}
	}
	g.out.HS = h
	if h.Six() == "" {
		g.problem("hs", Text{"fewer than six digits: too coarse to look up", "不足六位，过于宽泛，无法查询"}, true, nil)
		return
	}
	if year == 0 || !g.c.conversion.knows(year, h.Six()) {
		g.problem("hs", Text{
			fmt.Sprintf("no edition of the Harmonized System asked knows %s", dotted(h.Six())),
			fmt.Sprintf("所查各版协调制度均无 %s", dotted(h.Six())),
		}, true, nil)
		// A national table may still know the code: it is asked all the same.
		year = cmp.Or(year, 2022)
	}
	found := g.findPriority(h, year)
	for i := range g.c.correlations {
		found = g.askCorrelation(&g.c.correlations[i], h, year) || found
	}
	if !found {
		g.silent(FromHS,
			fmt.Sprintf("No table joins %s to an entry. Codes are for reference only: this is not absence of control.", h),
			fmt.Sprintf("没有对照表将 %s 与管制条目对应。编号仅供参考，这不表示不受管制。", h))
	}
}

func (g *gathering) silent(src Source, en, zh string) {
	g.out.Silent = append(g.out.Silent, Silence{src, Text{en, zh}})
}

// sixes are the HS6 codes in the table's edition that an item's code, or any code of its range, stands for.
func (g *gathering) sixes(h HS, from, to int) []CodePair {
	out := g.c.conversion.convert(h.Six(), from, to)
	if h.To != "" && h.To[:6] != h.Six() {
		for six := range g.c.conversion.known[from] {
			if six > h.Six() && six <= h.To[:6] {
				out = append(out, g.c.conversion.convert(six, from, to)...)
			}
		}
		slices.SortFunc(out, func(a, b CodePair) int { return cmp.Or(cmpString(a.To, b.To), cmpString(a.From, b.From)) })
		out = slices.CompactFunc(out, func(a, b CodePair) bool { return a.To == b.To })
	}
	if len(out) == 0 && from == 0 {
		out = []CodePair{{h.Six(), h.Six(), ""}}
	}
	return out
}

func (g *gathering) findPriority(h HS, year int) bool {
	for _, p := range g.sixes(h, year, 2022) {
		tier, ok := g.c.priority[p.To]
		if !ok {
			continue
		}
		if g.out.Priority == nil || tier < g.out.Priority.Tier {
			g.out.Priority = &PriorityMatch{HS6: p.To, Tier: tier, Converted: year != 2022, Citation: Text{
				"Common High Priority List, 2024-02-23 (HS 2022)", "共同高优先级清单，2024-02-23（HS 2022）",
			}}
		}
	}
	g.out.PriorityUnknown = g.out.Priority == nil && !g.asOf.IsZero() && g.asOf > priorityConfirmed.AddDays(priorityDays)
	return g.out.Priority != nil
}

// The Common High Priority List was last compared with its publisher's on priorityConfirmed, and is taken to hold for
// priorityDays, as the country tables are.
const (
	priorityConfirmed = Date("2026-11-20")
	priorityDays      = 400
)

// askCorrelation adds the evidence of one table and reports whether it knows the code.
func (g *gathering) askCorrelation(x *compiledCorrelation, h HS, year int) bool {
	to := x.Edition.HSYear()
	// Beyond six digits, codes of two tariffs have nothing to do with each other.
	same := year == to && (h.Edition.System == SystemHS || h.Edition.System == x.Edition.System)
	found := false
	for _, p := range g.sixes(h, year, to) {
		rows := x.rows[p.To]
		if len(rows) == 0 {
			continue
		}
		found = true
		exact := false
		entries := map[int]bool{}
		for i := range rows {
			exact = exact || same && rows[i].Code == h.Digits && len(h.Digits) > 6
			entries[rows[i].entry] = true
		}
		for i := range rows {
			r := &rows[i]
			depth := matchDepth(r.Code, p.To, h, same)
			// Once a table knows the full national code, its neighbours under the same HS6 say nothing.
			if exact && depth < len(h.Digits) {
				continue
			}
			g.addRow(x, r, p, h, depth, len(entries), year != to)
		}
	}
	return found
}

// matchDepth is how many leading digits agree; through a conversion only the six do.
func matchDepth(code, six string, h HS, sameTariff bool) int {
	if !sameTariff || six != h.Six() {
		return 6
	}
	n := 6
	for n < len(code) && n < len(h.Digits) && code[n] == h.Digits[n] {
		n++
	}
	return n
}

func (g *gathering) addRow(x *compiledCorrelation, r *compiledRow, p CodePair, h HS, depth, entries int, converted bool) {
	if r.entry < 0 && r.also < 0 {
		if r.Entry == "" && depth == len(r.Code) {
			g.out.NextChecks = append(g.out.NextChecks, Text{
				fmt.Sprintf("%s is in %s, but which entry it belongs to is not known here: read the catalogue.", dotted(r.Code), x.Title),
				fmt.Sprintf("%s 列于%s，但此处不知对应哪一条目：请查阅目录。", dotted(r.Code), x.TitleZh),
			})
		}
		return
	}
	share := 1.0
	switch {
	case len(r.Code) == 6:
		// The wider the code, the less it says of any one entry.
		share = 0.5 / math.Sqrt(float64(entries))
	case depth < len(r.Code):
		// The pair is about one national line among several under the same six digits.
		share = 0.3 / math.Sqrt(float64(entries))
	}
	if converted && p.Relationship != "1:1" {
		share *= 0.8
	}
	how, howZh := fmt.Sprintf("%s is joined to %s", dotted(r.Code), r.Entry), fmt.Sprintf("%s 对应 %s", dotted(r.Code), r.Entry)
	if converted && p.From != p.To {
		how = fmt.Sprintf("%s stands for %s in HS %d (%s); %s", dotted(p.From), dotted(p.To), x.Edition.HSYear(), p.Relationship, how)
		howZh = fmt.Sprintf("%s 在HS %d 中对应 %s（%s）；%s", dotted(p.From), x.Edition.HSYear(), dotted(p.To), p.Relationship, howZh)
	}
	b := Basis{
		Source: FromHS, Detail: Text{how + " in " + x.Title, howZh + "，见" + x.TitleZh}, Role: x.Role, Match: depth, Partial: true,
		Edition: x.Edition.String(), Quality: r.Quality, Score: qualityScore[r.Quality] * share,
	}
	if r.Instrument != "" {
		b.Detail.En += ", " + r.Instrument
		b.Detail.Zh += "，" + r.Instrument
		b.Status = r.Timeline.Status(g.asOf)
		if b.Status == dated.Ended {
			b.Score /= 2
		}
	}
	if r.entry >= 0 {
		g.add(r.entry, b)
	}
	if r.also >= 0 {
		b.Detail.En += fmt.Sprintf("; the row may belong to %s instead", r.AlsoPossible)
		b.Detail.Zh += fmt.Sprintf("；该行也可能属于%s", r.AlsoPossible)
		b.Score = alsoPossibleScore[r.Quality] * share
		g.add(r.also, b)
	}
}

// readDeclared reads the control codes that the order states.
func (g *gathering) readDeclared() {
	for i, d := range g.item.Declared {
		field := fmt.Sprintf("declared[%d]", i)
		if isNone(d.Code) {
			g.declaredNone = append(g.declaredNone, d.List)
			continue
		}
		hit := false
		var last error
		for l := range g.c.lists {
			if d.List != "" && g.c.lists[l].ID != d.List {
				continue
			}
			code, err := ParseCode(g.c.lists[l].Scheme, d.Code)
			if err != nil {
				last = err
				continue
			}
			if e, ok := g.c.lookup(l, code); ok {
				hit = true
				s := 0.9
				if d.List == "" {
					// Several lists share the form of their codes: which one is meant is a guess.
					s = 0.7
				}
				g.add(e, Basis{Source: FromDeclared, Score: s, Detail: Text{
					fmt.Sprintf("the order declares %s", code), fmt.Sprintf("订单申报 %s", code),
				}})
			} else {
				last = fmt.Errorf("%s has no entry %s: %w", g.c.lists[l].Title, code, ErrCodeSyntax)
			}
		}
		switch {
		case hit:
		case d.List != "" && g.c.listIndex(d.List) < 0:
			err := fmt.Errorf("list %q: %w", clip(d.List, 40), ErrUnknownList)
			g.problem(field+".list", Text{err.Error(), "未加载该管制清单：" + clip(d.List, 40)}, true, err)
		default:
			g.problem(field+".code", Text{
				fmt.Sprintf("declared code %q fits no entry: %v", clip(d.Code, 40), last), "申报的管制编码无对应条目：" + clip(d.Code, 40),
			}, true, last)
		}
	}
}

// readMaster looks the part up in the product master.
func (g *gathering) readMaster() {
	if g.item.PartNumber == "" {
		return
	}
	for _, r := range g.c.master[partKey(g.item.PartNumber)] {
		if notYet := !g.asOf.IsZero() && g.asOf < r.Reviewed; r.Sensitive && !notYet && g.out.Sensitive == nil {
			g.out.Sensitive = &r
		}
		stale := !r.Expires.IsZero() && !g.asOf.IsZero() && g.asOf > r.Expires
		if stale {
			g.problem("part_number", Text{
				fmt.Sprintf("the product master's decision on %s for list %s ended on %s", r.PartNumber, r.List, r.Expires),
				fmt.Sprintf("产品主数据中 %s 针对 %s 的判定已于 %s 到期", r.PartNumber, r.List, r.Expires),
			}, true, nil)
		}
		if r.Code == "" {
			continue
		}
		l := g.c.listIndex(r.List)
		if l < 0 {
			err := fmt.Errorf("product master, part %s, list %q: %w", r.PartNumber, r.List, ErrUnknownList)
			g.problem("part_number", Text{err.Error(), "产品主数据引用了未加载的清单：" + r.List}, true, err)
			continue
		}
		code, err := ParseCode(g.c.lists[l].Scheme, r.Code)
		e, ok := g.c.lookup(l, code)
		if err != nil || !ok {
			g.problem("part_number", Text{
				fmt.Sprintf("product master, part %s: code %q is no entry of %s", r.PartNumber, r.Code, r.List),
				fmt.Sprintf("产品主数据中 %s 的编码 %s 不是 %s 的条目", r.PartNumber, r.Code, r.List),
			}, true, err)
			continue
		}
		s := 0.95
		if stale {
			s = 0.6
		}
		g.add(e, Basis{Source: FromMaster, Score: s, Detail: Text{
			fmt.Sprintf("product master: %s, by %s on %s (%s)", code, cmp.Or(r.Reviewer, "?"), cmp.Or(string(r.Reviewed), "?"), cmp.Or(r.Basis, "no ground given")),
			fmt.Sprintf("产品主数据：%s，判定人 %s，日期 %s（%s）", code, cmp.Or(r.Reviewer, "？"), cmp.Or(string(r.Reviewed), "？"), cmp.Or(r.Basis, "未注明依据")),
		}})
	}
}
