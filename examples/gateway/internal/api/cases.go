package api

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/problem"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/screening"
)

// caseAnswer is a case as the ERP and reviewers see it.
type caseAnswer struct {
	Case icp.Case `json:"case"`
	// Cleared says that the order may pass its stage now.
	Cleared bool        `json:"cleared"`
	Events  []icp.Event `json:"events"`
}

// maxCases is the most cases of one answer.
const maxCases = 500

func getCases(s *Server, w http.ResponseWriter, r *http.Request, _ *access.Token) error {
	f, err := filter(r.URL.Query(), s)
	if err != nil {
		return err
	}
	all, err := s.Desk.Cases(r.Context(), f)
	if err != nil {
		return err
	}
	answer := struct {
		Total int        `json:"total"`
		Cases []icp.Case `json:"cases"`
	}{Total: len(all), Cases: []icp.Case{}}
	for _, row := range all[:min(len(all), maxCases)] {
		c, err := s.Desk.Case(r.Context(), row.ID)
		switch {
		case errors.Is(err, record.ErrErased): // after retention
		case err != nil:
			return err
		default:
			answer.Cases = append(answer.Cases, c)
		}
	}
	return write(w, http.StatusOK, answer)
}

func filter(q url.Values, s *Server) (icp.Filter, error) {
	f := icp.Filter{Stage: screening.Stage(q.Get("stage")), Level: q.Get("level"), AssignedTo: q.Get("assigned_to")}
	for _, st := range q["status"] {
		f.Statuses = append(f.Statuses, icp.Status(st))
	}
	if late := q.Get("overdue"); late != "" {
		on, err := strconv.ParseBool(late)
		if err != nil {
			return f, problem.New("bad-request", "overdue is true or false")
		}
		if on {
			f.DueBefore = s.Now()
		}
	}
	return f, nil
}

func getCase(s *Server, w http.ResponseWriter, r *http.Request, _ *access.Token) error {
	c, err := s.Desk.Case(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeCase(s, w, r, http.StatusOK, c)
}

func writeCase(s *Server, w http.ResponseWriter, r *http.Request, status int, c icp.Case) error {
	events, err := s.Desk.Events(r.Context(), c.ID)
	if err != nil {
		return err
	}
	return write(w, status, caseAnswer{Case: c, Cleared: c.Cleared(s.Now()), Events: events})
}

// move is an event as a caller sends it; who and when are not the caller's to say.
type move struct {
	Kind   icp.EventKind `json:"kind"`
	Reason string        `json:"reason"`
	// Seq is the number of the last event that the caller has seen; 0 does not say.
	Seq        int                 `json:"seq"`
	For        string              `json:"for"`
	To         string              `json:"to"`
	Question   string              `json:"question"`
	Text       string              `json:"text"`
	Document   *screening.Document `json:"document"`
	Choice     icp.Choice          `json:"choice"`
	Conditions []string            `json:"conditions"`
	Condition  string              `json:"condition"`
	Facts      *icp.Facts          `json:"facts"`
	Day        icp.Date            `json:"day"`
}

func postEvent(s *Server, w http.ResponseWriter, r *http.Request, t *access.Token) error {
	var b bytes.Buffer
	if err := body(r, &b); err != nil {
		return err
	}
	var m move
	if err := decode(b.Bytes(), &m); err != nil {
		return problem.New("bad-request", err.Error())
	}
	id := r.PathValue("id")
	if m.Seq != 0 {
		c, err := s.Desk.Case(r.Context(), id)
		if err != nil {
			return err
		}
		if c.Seq != m.Seq {
			return problem.New("changed-meanwhile", "its last event is "+strconv.Itoa(c.Seq))
		}
	}
	c, err := s.Desk.Move(r.Context(), t.Person, icp.Event{
		Case: id, Kind: m.Kind, Reason: m.Reason, For: m.For, To: m.To, Question: m.Question, Text: m.Text, Document: m.Document,
		Choice: m.Choice, Conditions: m.Conditions, Condition: m.Condition, Facts: m.Facts, Day: m.Day,
	})
	if err != nil {
		return err
	}
	s.Metrics.Moved(string(m.Kind))
	return writeCase(s, w, r, http.StatusCreated, c)
}
