package riskreport_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/riskreport"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/testdata/programme"
)

// An end user is on the watch list: the report on it that an application needs is begun from order, report and programme.
func ExampleDraft_Markdown() {
	ctx := context.Background()
	snapshot, err := lists.NewSnapshot(lists.List{ID: "cn-watch", Title: "Watch list", TitleZh: "关注名单", Regime: "CN", Published: "2026-10-10", Entities: []lists.Entity{{
		ID: "w1", Kind: lists.Organization, Names: []lists.Name{{Text: "Quibblewick Zanzarra Holdings", Kind: lists.PrimaryName}},
	}}})
	if err != nil {
		log.Fatal(err)
	}
	index, err := lists.NewIndex(snapshot)
	if err != nil {
		log.Fatal(err)
	}
	defer index.Close()
	keep := screening.RecorderFunc(func(context.Context, screening.Record) error { return nil }) // a log, in earnest
	screener, err := screening.New(screening.Config{Lists: index, Recorder: keep})
	if err != nil {
		log.Fatal(err)
	}
	defer screener.Close()
	o := order()
	rep, err := screener.Screen(ctx, o, screening.Request{At: time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)})
	if err != nil {
		log.Fatal(err)
	}
	p, err := icp.LoadProgramme(bytes.NewReader(programme.Example))
	if err != nil {
		log.Fatal(err)
	}

	for _, party := range riskreport.Parties(rep) {
		var page strings.Builder
		draft := riskreport.Draft{Programme: p, Report: rep, Order: &o, Party: party.Path}
		if err := draft.Markdown(&page, language.English); err != nil {
			log.Fatal(err)
		}
		title, _, _ := strings.Cut(page.String(), "\n")
		fmt.Println(title)
	}
	// Output: # Risk-assessment report on Quibblewick Zanzarra Holdings (draft)
}
