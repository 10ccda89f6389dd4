package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp"
)

// reviewOrder is a bundled order that a reviewer must look at and an officer alone may release.
const reviewOrder = "31-hs-silent-five-axis-machine-zh.json"

// TestCaseToRelease: the ERP sends an order, two officers release it, the ERP sends it again and it may go.
func TestCaseToRelease(t *testing.T) {
	s := start(t, nil)
	order := strings.NewReplacer(`"id": "EX-1031"`, `"id": "API/1"`, `"currency": "USD"`, `"currency": "CNY"`).Replace(sample(t, reviewOrder))
	res, b := s.call(t, "erp", "POST", "/v1/screenings", order, "Idempotency-Key", "case-1")
	require.Equal(t, http.StatusCreated, res.StatusCode, "%s", b)
	conforms(t, res, b)
	var got screened
	require.NoError(t, json.Unmarshal(b, &got))
	require.True(t, got.Held)
	require.Equal(t, icp.UnderReview, got.Case)
	const events = "/v1/cases/API%2F1/events"
	move := func(who, body string, status int) caseAnswer {
		t.Helper()
		res, b := s.call(t, who, "POST", events, body)
		require.Equal(t, status, res.StatusCode, "%s", b)
		conforms(t, res, b)
		var a caseAnswer
		if status == http.StatusCreated {
			require.NoError(t, json.Unmarshal(b, &a))
		}
		return a
	}
	move("officer", `{"kind":"released"}`, http.StatusConflict)
	move("officer", `{"kind":"voted","choice":"approve"}`, http.StatusConflict) // no reason
	move("officer", `{"kind":"voted","choice":"approve","reason":"x","seq":7}`, http.StatusConflict)
	move("officer", `{"kind":"opened"}`, http.StatusConflict)
	move("officer", `{"kind":"voted","choice":"approve","reason":"x","by":"gm"}`, http.StatusBadRequest)
	move("officer", `{"kind":"voted","kind":"vetoed","choice":"approve","reason":"x"}`, http.StatusBadRequest)
	move("officer", strings.Repeat("[", 100), http.StatusBadRequest)
	move("officer", `{"kind":"answered","question":"q9","text":"x"}`, http.StatusConflict)
	move("erp", `{"kind":"voted","choice":"approve","reason":"x"}`, http.StatusForbidden)

	a := move("officer", `{"kind":"voted","choice":"approve","reason":"The data sheet: four axes contour at once, accuracy 0.012 mm.","seq":1}`, http.StatusCreated)
	require.Len(t, a.Case.Votes, 1)
	a = move("second", `{"kind":"decided","reason":"Counted."}`, http.StatusCreated)
	require.Equal(t, icp.ApprovedCase, a.Case.Status)
	a = move("second", `{"kind":"released"}`, http.StatusCreated)
	require.True(t, a.Cleared)
	require.Equal(t, "officer-b", a.Events[len(a.Events)-1].By)

	res, b = s.call(t, "erp", "POST", "/v1/screenings", order, "Idempotency-Key", "case-1")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.NoError(t, json.Unmarshal(b, &got))
	require.False(t, got.Held, "the case has released it")
	require.Empty(t, got.Block)
	require.Equal(t, icp.ReleasedCase, got.Case)

	// Another end use is another order: the release is void.
	changed := strings.Replace(order, `"currency"`, `"note": "goes elsewhere", "currency"`, 1)
	res, b = s.call(t, "erp", "POST", "/v1/screenings", changed, "Idempotency-Key", "case-2")
	require.Equal(t, http.StatusCreated, res.StatusCode, "%s", b)
	require.NoError(t, json.Unmarshal(b, &got))
	require.True(t, got.Held)
	require.Equal(t, icp.UnderReview, got.Case)
}

func TestCasesList(t *testing.T) {
	s := start(t, nil)
	res, _ := s.call(t, "erp", "POST", "/v1/screenings", sample(t, "16-sensitive-country.json"), "Idempotency-Key", "list-1")
	require.Equal(t, http.StatusCreated, res.StatusCode)
	res, b := s.call(t, "auditor", "GET", "/v1/cases?status=under_review&overdue=false", "")
	require.Equal(t, http.StatusOK, res.StatusCode)
	conforms(t, res, b)
	require.Contains(t, string(b), `"EX-1016"`)
	res, b = s.call(t, "auditor", "GET", "/v1/cases?overdue=true", "")
	conforms(t, res, b)
	require.NotContains(t, string(b), `"EX-1016"`)
	for path, status := range map[string]int{"/v1/cases?overdue=maybe": 400, "/v1/cases/EX-1016": 200, "/v1/cases/none": 404} {
		res, b := s.call(t, "auditor", "GET", path, "")
		require.Equal(t, status, res.StatusCode, path)
		if strings.Contains(path, "?") {
			conforms(t, res, b)
		} else {
			conforms(t, res, b)
		}
	}
}
