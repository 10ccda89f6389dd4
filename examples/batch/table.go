package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ordergate/ordergate/screening"
)

// row is one order in results.csv.
type row struct {
	order, revision, asOf string
	outcome               screening.Outcome
	block, report         string
	findings              int
	// subjects are what the findings that hold the order are about, the first few.
	subjects, documents []string
}

func rowOf(rep *screening.Report, lang string) row {
	r := row{
		order: rep.Order.ID, revision: strconv.Itoa(rep.Order.Revision), asOf: string(rep.AsOf),
		outcome: rep.Outcome, block: rep.Block, report: rep.ID, findings: len(rep.Findings),
	}
	for _, f := range rep.Findings {
		what := string(f.Kind)
		if f.Title != nil {
			what = f.Title.In(lang)
		}
		if f.Label != "" {
			what += ": " + f.Label
		}
		if f.Outcome.Holds() && len(r.subjects) < 5 && !slices.Contains(r.subjects, what) {
			r.subjects = append(r.subjects, what)
		}
	}
	for _, d := range rep.Documents {
		r.documents = append(r.documents, string(d))
	}
	return r
}

var header = map[string][]string{
	"en": {"order", "revision", "as_of", "outcome", "block", "findings", "why", "documents", "report"},
	"zh": {"订单号", "版本", "适用日期", "结果", "锁定代码", "发现数", "原因", "所需文件", "报告号"},
}

// writeCSV writes results.csv.
func (r *results) writeCSV(rows []row) error {
	return r.replace(tableFile, func(f *os.File) error {
		w := csv.NewWriter(f)
		err := w.Write(header[r.lang])
		for _, r := range rows {
			if err == nil {
				err = w.Write([]string{
					cell(r.order), r.revision, r.asOf, string(r.outcome), r.block, strconv.Itoa(r.findings),
					cell(strings.Join(r.subjects, "; ")), strings.Join(r.documents, "; "), r.report,
				})
			}
		}
		if w.Flush(); err == nil {
			err = w.Error()
		}
		return err
	})
}

// replace writes a file beside its place and puts it there whole.
func (r *results) replace(name string, write func(*os.File) error) error {
	temp := r.path(name + ".new")
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := closing(write(f), f); err != nil {
		return err
	}
	return os.Rename(temp, r.path(name))
}

// cell keeps a text from outside from being taken for a formula by a spreadsheet.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

var words = map[string]struct{ orders, held, failed, skipped, rate, summary, outcome, list, title, current, entries, digest string }{
	"en": {"orders", "held", "not screened", "done before", "%d orders in %s, %.0f a second\n",
		"Summary", "outcome", "list", "title", "current on", "entries", "SHA-256"},
	"zh": {"订单", "锁定", "未能筛查", "此前已完成", "%d 份订单，用时 %s，每秒 %.0f 份\n",
		"汇总", "结果", "名单", "名称", "最近确认日期", "条目数", "SHA-256"},
}

// summary prints how many orders came to which outcome.
func (b *batch) summary(w io.Writer) {
	t := words[b.opt.lang]
	for _, o := range screening.Outcomes {
		fmt.Fprintf(w, "%-12s %7d\n", o, b.counts[o])
	}
	fmt.Fprintf(w, "%s %d · %s %d · %s %d · %s %d\n", t.orders, b.screened()+b.skipped, t.held, b.held(), t.failed, b.failures, t.skipped, b.skipped)
	fmt.Fprintf(w, t.rate, b.screened(), b.elapsed.Round(time.Millisecond), float64(b.screened())/max(b.elapsed.Seconds(), 1e-3))
}
