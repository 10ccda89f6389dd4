package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/problem"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
	"golang.org/x/text/language"
)

// screened is the answer to an order.
type screened struct {
	ID      string            `json:"id"`
	Order   string            `json:"order"`
	Outcome screening.Outcome `json:"outcome"`
	// Block is the code to set on the order, "" where it may go: nothing holds it, or its case has released it.
	Block string `json:"block"`
	Held  bool   `json:"held"`
	// Case is the status of the order's case, "" where it has none.
	Case icp.Status `json:"case,omitempty"`
	// Report is the report in canonical form.
	Report json.RawMessage `json:"report,omitempty"`
}

// appendJSON appends the answer in JSON to b. The report, long and in its last form already, is not parsed again.
func (a screened) appendJSON(b []byte) ([]byte, error) {
	rep := a.Report
	a.Report = nil
	head, err := json.Marshal(a)
	if err != nil {
		return b, err
	}
	b = append(append(b, head[:len(head)-1]...), `,"report":`...)
	return append(append(b, rep...), "}\n"...), nil
}

// answers are what answers to orders are put together in; each is as long as a report.
var answers = sync.Pool{New: func() any { return new([]byte) }}

var keyForm = regexp.MustCompile(`^[!-~]{1,200}$`)

func postScreening(s *Server, w http.ResponseWriter, r *http.Request, t *access.Token) error {
	keys := r.Header.Values("Idempotency-Key")
	if len(keys) != 1 || !keyForm.MatchString(keys[0]) {
		return problem.New("key-missing", "one, of 1 to 200 printable ASCII characters")
	}
	orders, err := s.readOrders(r)
	if err != nil {
		return err
	}
	if len(orders) != 1 {
		return problem.New("document", fmt.Sprintf("it holds %d orders; send them one at a time", len(orders)))
	}
	done, err := s.Desk.Screen(r.Context(), t.Client, keys[0], orders[0])
	if err != nil {
		return err
	}
	status := http.StatusOK
	if !done.Replayed {
		status = http.StatusCreated
		s.Metrics.Screened(string(done.Report.Outcome))
	}
	w.Header().Set("Location", "/v1/screenings/"+done.Report.ID)
	answer := screened{
		ID: done.Report.ID, Order: done.Report.Order.ID, Outcome: done.Report.Outcome, Block: done.Block, Held: done.Block != "", Report: done.JSON,
	}
	if done.Case != nil {
		answer.Case = done.Case.Status
	}
	room := answers.Get().(*[]byte)
	defer answers.Put(room)
	if *room, err = answer.appendJSON((*room)[:0]); err != nil {
		return err
	}
	writeJSON(w, status, *room)
	return nil
}

// readOrders reads the orders of a body.
func (s *Server) readOrders(r *http.Request) ([]screening.Order, error) {
	b := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(b) // orders hold no part of what they are read from
	b.Reset()
	if err := body(r, b); err != nil {
		return nil, err
	}
	orders, _, err := s.Orders.Read(b)
	return orders, err
}

// bodies are what orders are read from.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// write answers with JSON.
func write(w http.ResponseWriter, status int, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	writeJSON(w, status, b.Bytes())
	return nil
}

func writeJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a caller that is gone needs no answer; the report is recorded
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,128}$`)

// getScreening gives a report in the form that the Accept header asks for first.
func getScreening(s *Server, w http.ResponseWriter, r *http.Request, _ *access.Token) error {
	id := r.PathValue("id")
	if !idForm.MatchString(id) {
		return problem.New("not-found", "")
	}
	form := accepted(r.Header.Get("Accept"))
	if form == "" {
		return problem.New("not-acceptable", "application/json, text/html or text/plain")
	}
	rep, _, err := s.Desk.Report(r.Context(), id)
	if err != nil {
		return err
	}
	tag, _ := language.MatchStrings(language.NewMatcher(render.Languages), r.URL.Query().Get("lang"), r.Header.Get("Accept-Language"))
	var b bytes.Buffer
	switch form {
	case "text/html":
		err = render.Page(&b, rep, tag)
		// The page brings its own style and nothing else.
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	case "text/plain":
		err = render.Text(&b, rep, tag)
	default:
		var raw []byte
		raw, err = rep.JSON()
		b.Write(raw)
	}
	if err != nil {
		return err
	}
	if form != "application/json" {
		form += "; charset=utf-8"
	}
	w.Header().Set("Content-Type", form)
	w.Header().Set("Vary", "Accept, Accept-Language")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(b.Bytes())
	return nil
}

// accepted is the first form of an Accept header that there is; weights are not read.
func accepted(accept string) string {
	if accept == "" {
		return "application/json"
	}
	for part := range strings.SplitSeq(accept, ",") {
		name, _, _ := strings.Cut(part, ";")
		switch strings.TrimSpace(name) {
		case "application/json", "application/*", "*/*":
			return "application/json"
		case "text/html":
			return "text/html"
		case "text/plain", "text/*":
			return "text/plain"
		}
	}
	return ""
}
