package api

import (
	"bytes"
	"net/http"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/gateway/internal/metrics"
	"github.com/ordergate/ordergate/examples/gateway/internal/problem"
)

func getLists(s *Server, w http.ResponseWriter, _ *http.Request, _ *access.Token) error {
	return write(w, http.StatusOK, struct {
		Lists []desk.ListState `json:"lists"`
	}{s.Desk.Lists()})
}

type status struct {
	Status string `json:"status"`
}

// getHealth says that the process answers.
func getHealth(_ *Server, w http.ResponseWriter, _ *http.Request, _ *access.Token) error {
	return write(w, http.StatusOK, status{"ok"})
}

// getReady says whether requests should be sent here.
func getReady(s *Server, w http.ResponseWriter, r *http.Request, _ *access.Token) error {
	if err := s.Ready(r.Context()); err != nil {
		return problem.New("unavailable", "not ready")
	}
	return write(w, http.StatusOK, status{"ready"})
}

func getMetrics(s *Server, w http.ResponseWriter, _ *http.Request, _ *access.Token) error {
	ages := metrics.Gauge{Name: "ordergate_list_age_days", Help: "Days since a list was last known to be current; -1 unknown.", Label: "list", Values: map[string]float64{}}
	sizes := metrics.Gauge{Name: "ordergate_list_entities", Help: "Entries of a list.", Label: "list", Values: map[string]float64{}}
	failing := metrics.Gauge{Name: "ordergate_list_failing", Help: "1 where a list could not be renewed and stays as it was.", Label: "list", Values: map[string]float64{}}
	for _, l := range s.Desk.Lists() {
		ages.Values[l.ID], sizes.Values[l.ID], failing.Values[l.ID] = float64(l.AgeDays), float64(l.Entities), 0
		if !l.FailedSince.IsZero() {
			failing.Values[l.ID] = 1
		}
	}
	var b bytes.Buffer
	if err := s.Metrics.Write(&b, ages, sizes, failing); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write(b.Bytes())
	return nil
}
