package render_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
	"golang.org/x/text/language"
)

func ExampleText() {
	report := &screening.Report{
		ID: "R-1", At: time.Date(2026, 10, 12, 9, 0, 0, 0, time.UTC), AsOf: "2026-10-12", Outcome: screening.Clear,
		Order:   screening.OrderRef{ID: "SO-1", Date: "2026-10-11", Stage: screening.PreContract},
		Parties: []screening.PartyResult{{Path: "parties[0]", Name: "Beispiel GmbH", Names: 1}},
	}
	if err := render.Text(os.Stdout, report, language.SimplifiedChinese); err != nil {
		log.Fatal(err)
	}
	// Output:
	// ================================================================================================
	// 通过  订单 SO-1，日期 2026-10-11（签约前）
	// ================================================================================================
	// 各项检查均已执行，未发现问题，订单可以继续。
	// 筛查时间 2026-10-12 09:00 UTC，适用 2026-10-12 当日的法律；报告编号 R-1
	//
	// 已检查：1 个主体（1 个名称）对照 0 份名单（0 个条目）；0 个行项目；0 条规则。
}

// The page needs nothing but itself: it can be filed, sent and printed.
func ExamplePage() {
	report := &screening.Report{
		ID: "R-1", At: time.Date(2026, 10, 12, 9, 0, 0, 0, time.UTC), AsOf: "2026-10-12", Outcome: screening.Clear,
		Order: screening.OrderRef{ID: "SO-1", Date: "2026-10-11", Stage: screening.PreContract},
	}
	var page strings.Builder
	if err := render.Page(&page, report, language.SimplifiedChinese); err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.Contains(page.String(), `<html lang="zh-Hans"`), strings.Contains(page.String(), "SO-1"), strings.Contains(page.String(), "<script"))
	// Output: true true false
}

func ExampleStatements() {
	report := &screening.Report{Findings: []screening.Finding{{
		ID: "F1", Kind: screening.ListMissing, Outcome: screening.Incomplete, Subject: "lists", Label: "un", List: &screening.ListTrace{ID: "un"},
	}}}
	for _, s := range render.Statements(report, language.English) {
		fmt.Println(s.Outcome, "-", s.Headline)
		for _, row := range s.Rows {
			fmt.Println(row.Label+":", row.Text)
		}
	}
	// Output:
	// INCOMPLETE - List not loaded: un
	// Found: the policy requires the list un, and it is not loaded
	// Do next: Load the list and screen again.
}
