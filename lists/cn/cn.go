// Package cn holds China's three lists of parties, built in: the export control list 管控名单 and the watch list
// 关注名单 under the dual-use regulations (State Council 792, articles 26 and 28-30), and the unreliable entity list
// 不可靠实体清单.
//
// They are published as notices, of which this package holds those from 2023-02 to 2026-07-24 as tables in the
// form of lists/sheet, with what is known to have become of them: suspended until a day, or ended (events.csv).
// Where a suspension has run out and nothing later is known the status is verify. The tables were compiled from
// public compilations of the Ministry of Commerce's notices; names were cleaned of the description that precedes
// the first of each notice ("that took part in arms sales to ..."), and a country is given where the notice or an
// address names it. Some numbers of notices of the unreliable entity list are inferred and say so in the citation.
//
// A notice that came later is read like any list of the user's own, with lists/sheet and a file of events.
package cn

import (
	_ "embed"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/sheet"
)

// The ids of the lists in reports and policy; their programmes are "control", "watch" and "unreliable".
const (
	Control    = "cn-control"
	Watch      = "cn-watch"
	Unreliable = "cn-unreliable"
)

// compiled is the day up to which the notices were collected.
const compiled = "2026-07-24"

var (
	//go:embed control.csv
	control string
	//go:embed watch.csv
	watch string
	//go:embed unreliable.csv
	unreliable string
	//go:embed events.csv
	events string
)

// BuiltIn is the control list, the watch list and the unreliable entity list, in this order.
func BuiltIn() ([]lists.List, error) {
	const mofcom = "Ministry of Commerce 商务部"
	var all []lists.List
	for _, x := range []struct{ table, id, title, zh, authority string }{
		{control, Control, "China: export control list of importers and end users", "出口管制管控名单", mofcom},
		{watch, Watch, "China: watch list of importers and end users", "两用物项关注名单", mofcom},
		{unreliable, Unreliable, "China: unreliable entity list", "不可靠实体清单", "Working Mechanism of the Unreliable Entity List 不可靠实体清单工作机制"},
	} {
		l, err := sheet.Read(strings.NewReader(x.table), sheet.Options{
			ID: x.id, Title: x.title, TitleZh: x.zh, Regime: "CN", Authority: x.authority, Source: "https://exportcontrol.mofcom.gov.cn/", Published: compiled,
			Events: strings.NewReader(events),
		})
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}
