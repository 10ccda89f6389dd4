package pages

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/ledger"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/search"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening/render"
)

// recordPage is a record with its proof.
type recordPage struct {
	desk.Proven
	// Order is the order it belongs to, "" for none; Report the report whose record it is.
	Order, Report string
	// Body is the record's content, laid out; Proof the proof as it is checked elsewhere.
	Body, Leaf, ProofText string
	Verifier              string
	// Place is its number in the log, from 1.
	Place int64
}

func getRecord(v *visit) error {
	p, err := v.Desk.Prove(v.r.Context(), v.r.URL.Query().Get("id"))
	if err != nil {
		return err
	}
	page := recordPage{Proven: p, Leaf: string(p.Leaf), ProofText: string(p.Proof), Verifier: v.Desk.Verifier(), Place: p.Index + 1}
	page.Order, _ = strings.CutPrefix(p.Subject, "order/")
	if p.Kind == record.Report {
		page.Report = strings.TrimPrefix(p.ID, icp.ReportRecord(""))
	}
	var b bytes.Buffer
	if len(p.Body) > 0 {
		if err := json.Indent(&b, p.Body, "", "  "); err != nil {
			return err
		}
	}
	page.Body = b.String()
	return v.show(http.StatusOK, "record", "Record and proof", page)
}

// getReceipt sends the receipt that travels with a shipment.
func getReceipt(v *visit) error {
	text, err := v.Desk.Receipt(v.r.Context(), v.r.URL.Query().Get("id"))
	if errors.Is(err, record.ErrErased) {
		return notFound(v)
	}
	if err != nil {
		return err
	}
	return v.download("receipt.txt", text)
}

// getStopReport sends the evidence to stop and report with, in the visitor's language.
func getStopReport(v *visit) error {
	pack, err := v.Desk.StopReport(v.r.Context(), v.r.URL.Query().Get("id"))
	if err != nil {
		return err
	}
	if pack == nil {
		return notFound(v)
	}
	var b bytes.Buffer
	if err := render.StopReport(&b, pack, tags[v.lang]); err != nil {
		return err
	}
	return v.download("stop-and-report.txt", b.Bytes())
}

// download sends a text to be kept as a file.
func (v *visit) download(name string, text []byte) error {
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, _ = v.w.Write(text)
	return nil
}

// searchPage is what was looked for and found.
type searchPage struct {
	Query, Country, Kind, From, To string
	Kinds                          []choice
	Asked                          bool
	Records                        []found
	Total                          uint64
	Entries                        []lists.SearchHit
	// Wrong says that the query could not be understood.
	Wrong bool
}

// found is a record that was found.
type found struct {
	record.Record
	// Order is the order that it belongs to, "" for none; Case is set where that has a case.
	Order string
	Case  bool
}

// recordKinds are the kinds that the search offers.
var recordKinds = []record.Kind{
	record.Report, record.CaseEvent, record.Document, record.ListUpdate, record.PolicyChange, record.Training, record.Audit,
	ledger.RecordKind, record.Simulation, record.Deletion, record.LegalHold, desk.SignOuts,
}

// mostFound is how many records and how many list entries a search shows.
const mostFound = 30

func getSearch(v *visit) error {
	q := v.r.URL.Query()
	p := searchPage{
		Query: strings.TrimSpace(q.Get("q")), Country: strings.TrimSpace(q.Get("country")), Kind: q.Get("kind"), From: q.Get("from"), To: q.Get("to"),
	}
	p.Kinds = []choice{{"", v.t("All"), p.Kind == ""}}
	for _, k := range recordKinds {
		p.Kinds = append(p.Kinds, choice{string(k), v.t("record." + string(k)), p.Kind == string(k)})
	}
	p.Asked = p.Query != "" || p.Country != "" || p.Kind != "" || p.From != "" || p.To != ""
	if !p.Asked {
		return v.show(http.StatusOK, "search", "Search", p)
	}
	if err := v.searchRecords(&p); err != nil {
		p.Wrong = true
	}
	if p.Query != "" {
		var err error
		if p.Entries, err = v.Desk.Entities(p.Query, mostFound); err != nil {
			return err
		}
	}
	return v.show(http.StatusOK, "search", "Search", p)
}

// searchRecords looks for the text as a number first, then as a name.
func (v *visit) searchRecords(p *searchPage) error {
	base := search.Query{Country: p.Country, Kind: record.Kind(p.Kind), From: lists.Date(p.From), To: lists.Date(p.To), Limit: mostFound}
	byNumber, byName := base, base
	byNumber.Document, byName.Party = p.Query, p.Query
	res, err := v.Desk.Search(v.r.Context(), byNumber)
	if err != nil || len(res.Records) == 0 && p.Query != "" {
		if res, err = v.Desk.Search(v.r.Context(), byName); err != nil {
			return err
		}
	}
	p.Total = res.Total
	for _, rec := range res.Records {
		f := found{Record: rec}
		if order, ok := strings.CutPrefix(rec.Subject, "order/"); ok {
			f.Order = order
			_, err := v.Desk.Case(v.r.Context(), order)
			f.Case = err == nil
		}
		p.Records = append(p.Records, f)
	}
	return nil
}
