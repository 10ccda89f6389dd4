package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// document is what the tests read of the OpenAPI document.
type document struct {
	OpenAPI string                          `json:"openapi"`
	Paths   map[string]map[string]operation `json:"paths"`
}

type operation struct {
	Security  []any `json:"security"`
	Responses map[string]struct {
		Ref     string         `json:"$ref"`
		Content map[string]any `json:"content"`
	} `json:"responses"`
}

func readSpec(t *testing.T) (document, any) {
	t.Helper()
	b, err := spec()
	require.NoError(t, err)
	var doc document
	require.NoError(t, json.Unmarshal(b, &doc))
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	require.NoError(t, err)
	return doc, whole
}

// TestSpecRoutes: every route stands in the document and every operation of it is routed, with the same need of a token.
func TestSpecRoutes(t *testing.T) {
	doc, _ := readSpec(t)
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

// conforms checks an answer against the schema that the document gives for its route, status and type.
func conforms(t *testing.T, path string, res *http.Response, body []byte) {
	t.Helper()
	doc, whole := readSpec(t)
	status := strconv.Itoa(res.StatusCode)
	op := doc.Paths[path][strings.ToLower(res.Request.Method)]
	if _, ok := op.Responses[status]; !ok {
		status = "default"
	}
	answer, ok := op.Responses[status]
	require.True(t, ok, "%s: no response %s in the document", path, status)
	at := fmt.Sprintf("/paths/%s/%s/responses/%s", pointer(path), strings.ToLower(res.Request.Method), status)
	media, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
	if answer.Ref != "" {
		at = strings.TrimPrefix(answer.Ref, "#")
		require.Equal(t, "application/problem+json", media)
	} else if media != "application/vnd.oai.openapi+json" {
		require.Contains(t, answer.Content, media)
	}
	if !strings.Contains(media, "json") || strings.Contains(media, "oai") {
		return
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	require.NoError(t, c.AddResource("openapi.json", whole))
	schema, err := c.Compile("openapi.json#" + at + "/content/" + pointer(media) + "/schema")
	require.NoError(t, err)
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	require.NoError(t, err)
	require.NoError(t, schema.Validate(v), "%s", body)
}

func pointer(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(s)
}

func TestAnswersConform(t *testing.T) {
	s := start(t, nil)
	res, b := s.call(t, "erp", "POST", "/v1/screenings", sample(t, heldOrder), "Idempotency-Key", "conform")
	require.Equal(t, http.StatusCreated, res.StatusCode)
	conforms(t, "/v1/screenings", res, b)
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
		conforms(t, "/v1/screenings/{id}", res, b)
	}
	for _, get := range []struct{ who, path string }{
		{"auditor", "/v1/lists"}, {"", "/healthz"}, {"", "/readyz"}, {"prometheus", "/metrics"}, {"", "/openapi.json"},
	} {
		res, b := s.call(t, get.who, "GET", get.path, "")
		require.Equal(t, http.StatusOK, res.StatusCode, get.path)
		conforms(t, get.path, res, b)
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
