package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/ordergate/ordergate/screening"
)

// maxSheetRows is how many orders one sheet takes; Excel's own limit is 1,048,576 rows.
const maxSheetRows = 1_000_000

// fills colour the rows of held orders; the outcome stands there in words too.
var fills = map[screening.Outcome]string{
	screening.Incomplete: "E8E8E8", screening.Review: "FFF0CC", screening.Require: "FFE0CC", screening.Stop: "F8D0D0",
}

// book is a workbook that is being written. After an error it does nothing more.
type book struct {
	*excelize.File
	err    error
	styles map[screening.Outcome]int
	bold   int
}

// writeBook writes results.xlsx: a summary, and the orders. Texts are cells of text, never formulas.
func (b *batch) writeBook(rows []row) error {
	x := &book{File: excelize.NewFile(), styles: map[screening.Outcome]int{}}
	x.style()
	x.summary(b)
	for n := 0; n == 0 || n < len(rows); n += maxSheetRows {
		name := words[b.opt.lang].orders
		if n > 0 {
			name = fmt.Sprintf("%s %d", name, n/maxSheetRows+1)
		}
		x.orders(name, rows[n:min(n+maxSheetRows, len(rows))], header[b.opt.lang])
	}
	if x.err == nil {
		x.err = b.results.replace(bookFile, func(f *os.File) error { return x.Write(f) })
	}
	return closing(x.err, x.File)
}

func (x *book) style() {
	x.bold, x.err = x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	for _, o := range screening.Outcomes {
		if x.err == nil && fills[o] != "" {
			x.styles[o], x.err = x.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fills[o]}}})
		}
	}
}

// sheet begins a sheet with columns of the widths given; what is written goes through row.
func (x *book) sheet(name string, widths []float64, write func(row func(style int, values ...any))) {
	if x.err != nil {
		return
	}
	if _, x.err = x.NewSheet(name); x.err != nil {
		return
	}
	w, err := x.NewStreamWriter(name)
	if x.err = err; err != nil {
		return
	}
	for i, width := range widths {
		if x.err == nil {
			x.err = w.SetColWidth(i+1, i+1, width)
		}
	}
	if x.err == nil {
		x.err = w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	}
	n := 0
	write(func(style int, values ...any) {
		n++
		cells := make([]any, len(values))
		for i, v := range values {
			cells[i] = excelize.Cell{StyleID: style, Value: v}
		}
		if x.err == nil {
			x.err = w.SetRow(fmt.Sprintf("A%d", n), cells)
		}
	})
	if x.err == nil {
		x.err = w.Flush()
	}
}

func (x *book) summary(b *batch) {
	t := words[b.opt.lang]
	x.sheet(t.summary, []float64{16, 48, 14, 10, 66}, func(row func(int, ...any)) {
		row(x.bold, t.outcome, t.orders)
		for _, o := range screening.Outcomes {
			row(x.styles[o], string(o), b.counts[o])
		}
		row(0)
		row(0, t.orders, b.screened()+b.skipped)
		row(0, t.held, b.held())
		row(0, t.failed, b.failures)
		row(0, header[b.opt.lang][2], b.opt.asOf)
		row(0)
		row(x.bold, t.list, t.title, t.current, t.entries, t.digest)
		snap := b.setup.index.Snapshot()
		for _, l := range snap.Lists() {
			current := l.Published
			for _, c := range b.setup.current {
				if c.List == l.ID {
					current = max(current, c.On)
				}
			}
			title := l.Title
			if b.opt.lang == "zh" && l.TitleZh != "" {
				title = l.TitleZh
			}
			row(0, l.ID, title, string(current), len(l.Entities), snap.ListDigest(l.ID))
		}
	})
	if x.err == nil { // the sheet that every new workbook has
		x.err = x.DeleteSheet("Sheet1")
	}
}

func (x *book) orders(name string, rows []row, head []string) {
	x.sheet(name, []float64{18, 9, 12, 12, 13, 10, 70, 36, 30}, func(add func(int, ...any)) {
		titles := make([]any, len(head))
		for i, h := range head {
			titles[i] = h
		}
		add(x.bold, titles...)
		for _, r := range rows {
			add(x.styles[r.outcome], r.order, r.revision, r.asOf, string(r.outcome), r.block, r.findings,
				strings.Join(r.subjects, "; "), strings.Join(r.documents, "; "), r.report)
		}
	})
	if x.err == nil {
		x.err = x.AutoFilter(name, fmt.Sprintf("A1:I%d", len(rows)+1), nil)
	}
}
