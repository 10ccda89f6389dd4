package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/internal/orderfile"
)

// document is what the tests read of the OpenAPI document.
type document struct {
	OpenAPI string                          `json:"openapi"`
	Paths   map[string]map[string]operation `json:"paths"`
}

type operation struct {
	Security []any `json:"security"`
}

func readSpec(t *testing.T) document {
	t.Helper()
	b, err := spec()
	require.NoError(t, err)
	var doc document
	require.NoError(t, json.Unmarshal(b, &doc))
	return doc
}

// TestSpecRoutes: every route stands in the document and every operation of it is routed, with the same need of a token.
func TestSpecRoutes(t *testing.T) {
	doc := readSpec(t)
	require.Equal(t, "3.1.0", doc.OpenAPI)
	var want, got []string
	for p, ops := range doc.Paths {
		for m, op := range ops {
			want = append(want, fmt.Sprintf("%s %s token=%t", strings.ToUpper(m), p, op.Security == nil))
		}
	}
	for _, r := range routes {
		got = append(got, fmt.Sprintf("%s %s token=%t", r.method, r.path, r.roles != nil))
	}
	slices.Sort(want)
	slices.Sort(got)
	require.Equal(t, want, got)
}

// checker checks documents by the schema of OpenAPI 3.1 itself, and answers by the document.
func checker(spec []byte) (validator.Validator, error) {
	doc, err := libopenapi.NewDocument(spec)
	if err != nil {
		return nil, err
	}
	v, errs := validator.NewValidator(doc, config.WithFormatAssertions())
	return v, errors.Join(errs...)
}

// ours checks by the document that is served.
var ours = sync.OnceValues(func() (validator.Validator, error) {
	b, err := spec()
	if err != nil {
		return nil, err
	}
	return checker(b)
})

// TestSpecValid: the document is one of OpenAPI 3.1; one with a slip is not.
func TestSpecValid(t *testing.T) {
	v, err := ours()
	require.NoError(t, err)
	ok, problems := v.ValidateDocument()
	require.True(t, ok, "%v", problems)
	b, err := spec()
	require.NoError(t, err)
	for _, slip := range [][2]string{{`"in":"path"`, `"in":"route"`}, {`"license":{"identifier"`, `"license":{"identified"`}, {`"type":"http"`, `"type":"bearer"`}} {
		require.Contains(t, string(b), slip[0])
		v, err := checker(bytes.Replace(b, []byte(slip[0]), []byte(slip[1]), 1))
		require.NoError(t, err)
		ok, _ := v.ValidateDocument()
		require.False(t, ok, slip[1])
	}
}

// departures are how an answer differs from what the document says of its route, status, type and body.
func departures(t *testing.T, res *http.Response, body []byte) string {
	t.Helper()
	v, err := ours()
	require.NoError(t, err)
	answer := *res
	answer.Body = io.NopCloser(bytes.NewReader(body))
	ok, problems := v.ValidateHttpResponse(res.Request, &answer)
	var all []error
	for _, p := range problems {
		all = append(all, p)
	}
	if !ok {
		return errors.Join(all...).Error()
	}
	return ""
}

// conforms requires an answer to be as the document says.
func conforms(t *testing.T, res *http.Response, body []byte) {
	t.Helper()
	require.Empty(t, departures(t, res, body), "%s", body)
}

// TestDepartures: what conforms lets pass does conform.
func TestDepartures(t *testing.T) {
	s := start(t, nil)
	good, body := s.call(t, "auditor", "GET", "/v1/lists", "")
	conforms(t, good, body)
	refusal, problem := s.call(t, "", "GET", "/v1/lists", "")
	conforms(t, refusal, problem)
	change := func(res *http.Response, change func(*http.Response)) *http.Response {
		other := *res
		other.Header = res.Header.Clone()
		change(&other)
		return &other
	}
	text := func(r *http.Response) { r.Header.Set("Content-Type", "text/plain") }
	for name, d := range map[string]struct {
		res  *http.Response
		body string
	}{
		"a field too many":   {good, strings.Replace(string(body), `{"id"`, `{"extra":1,"id"`, 1)},
		"a field too few":    {good, strings.Replace(string(body), `"regime"`, `"regine"`, 1)},
		"another type":       {good, strings.Replace(string(body), `"entities":`, `"entities":-`, 1)},
		"a day that is none": {good, strings.Replace(string(body), `"published":"2`, `"published":"x`, 1)},
		"no JSON":            {good, string(body[:len(body)/2])},
		"another media type": {change(good, text), string(body)},
		"problem as text":    {change(refusal, text), string(problem)},
		"problem's status":   {refusal, strings.Replace(string(problem), "401", "200", 1)},
		"no such route":      {change(good, func(r *http.Response) { r.Request = r.Request.Clone(t.Context()); r.Request.URL.Path = "/v2/lists" }), string(body)},
	} {
		require.NotEmpty(t, departures(t, d.res, []byte(d.body)), name)
	}
}

func TestAnswersConform(t *testing.T) {
	s := start(t, nil)
	res, b := s.call(t, "erp", "POST", "/v1/screenings", sample(t, heldOrder), "Idempotency-Key", "conform")
	require.Equal(t, http.StatusCreated, res.StatusCode)
	conforms(t, res, b)
	var got screened
	require.NoError(t, json.Unmarshal(b, &got))
	require.True(t, got.Held)
	require.NotEmpty(t, got.Block)
	require.Equal(t, "/v1/screenings/"+got.ID, res.Header.Get("Location"))

	for _, form := range []struct{ accept, lang, holds string }{
		{"application/json", "en", `"ordergate.report/1"`},
		{"text/html,*/*;q=0.8", "en", "<html lang=\"en\""},
		{"text/html", "zh", "<html lang=\"zh-Hans\""},
		{"text/plain", "en", "EX-1010"},
	} {
		res, b := s.call(t, "auditor", "GET", "/v1/screenings/"+got.ID+"?lang="+form.lang, "", "Accept", form.accept)
		require.Equal(t, http.StatusOK, res.StatusCode)
		require.Contains(t, string(b), form.holds)
		conforms(t, res, b)
	}
	for _, get := range []struct{ who, path string }{
		{"auditor", "/v1/lists"}, {"", "/healthz"}, {"", "/readyz"}, {"prometheus", "/metrics"}, {"", "/openapi.json"},
	} {
		res, b := s.call(t, get.who, "GET", get.path, "")
		require.Equal(t, http.StatusOK, res.StatusCode, get.path)
		conforms(t, res, b)
	}
}

func TestMetricsCount(t *testing.T) {
	s := start(t, nil)
	res, _ := s.call(t, "erp", "POST", "/v1/screenings", sample(t, clearOrder), "Idempotency-Key", "metrics")
	require.Equal(t, http.StatusCreated, res.StatusCode)
	_, b := s.call(t, "prometheus", "GET", "/metrics", "")
	for _, line := range []string{
		"ordergate_screenings_total{outcome=", `ordergate_request_seconds_count{route="/v1/screenings",status="201"} 1`,
		`ordergate_request_seconds_bucket{route="/v1/screenings",status="201",le="+Inf"} 1`, "ordergate_requests_in_flight 1\n", "\nordergate_memory_bytes ",
		`ordergate_list_entities{list="un"}`,
	} {
		require.Contains(t, string(b), line)
	}
}

// TestMapping: what a client's SAP calls the end user is known by the mapping; without one the order is refused.
func TestMapping(t *testing.T) {
	formats := filepath.Join("..", "..", "..", "..", "testdata", "orders", "formats")
	b, err := os.ReadFile(filepath.Join(formats, "sap-v2.json"))
	require.NoError(t, err)
	mapping, err := orderfile.ReadMapping(filepath.Join(formats, "mapping.json"))
	require.NoError(t, err)
	doc := string(b)
	res, got := start(t, nil).call(t, "erp", "POST", "/v1/screenings", doc, "Idempotency-Key", "sap")
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, string(got), "no known partner function")
	res, got = start(t, func(a *Server) { a.Orders = mapping }).call(t, "erp", "POST", "/v1/screenings", doc, "Idempotency-Key", "sap")
	require.Equal(t, http.StatusCreated, res.StatusCode, "%s", got)
	conforms(t, res, got)
	require.Contains(t, string(got), "Acquedotto Esempio")
}
