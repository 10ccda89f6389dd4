package api

import (
	"errors"
	"fmt"

	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/gateway/internal/problem"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
)

// maxDefects is how many defects one problem names.
const maxDefects = 100

// known is the problem of an error that the caller can mend, nil of any other.
func known(err error) *problem.Problem {
	var doc *order.Error
	var invalid *screening.InvalidOrderError
	var refused *icp.MoveError
	switch {
	case errors.As(err, &doc):
		p := problem.New("document", "")
		for _, q := range doc.Problems {
			p.Errors = append(p.Errors, problem.Defect{Path: q.Path, Line: q.Line, Code: string(q.Code), Reason: q.Text})
			if q.Code == order.Limit {
				p.Detail = "it is beyond a limit"
			}
		}
		return cut(p)
	case errors.As(err, &invalid):
		p := problem.New("order", "")
		for _, q := range invalid.Problems {
			p.Errors = append(p.Errors, problem.Defect{Path: q.Path, Reason: q.Reason})
		}
		return cut(p)
	case errors.Is(err, desk.ErrKeyReused):
		return problem.New("key-reused", "give every order, and every change of it, a key of its own")
	case errors.As(err, &refused):
		p := problem.New("move-refused", "")
		for _, r := range refused.Reasons {
			p.Errors = append(p.Errors, problem.Defect{Code: string(r.Refusal), Path: r.About, Reason: r.Refusal.Text().En})
		}
		return p
	case errors.Is(err, icp.ErrReplay): // the event names a question or condition that is not open
		return problem.New("move-refused", "the event does not fit the case")
	case errors.Is(err, icp.ErrBusy):
		return problem.New("changed-meanwhile", "others are moving it; look again")
	case errors.Is(err, record.ErrNotFound), errors.Is(err, icp.ErrNoCase):
		return problem.New("not-found", "")
	}
	return nil
}

// cut bounds the answer to a document with a million defects.
func cut(p *problem.Problem) *problem.Problem {
	if n := len(p.Errors); n > maxDefects {
		p.Errors = p.Errors[:maxDefects]
		p.Detail = fmt.Sprintf("the first %d of %d defects", maxDefects, n)
	}
	return p
}

// redact is what the log may say of an error: its conditions, not the data in its text.
func redact(err error) string {
	for _, known := range []error{
		record.ErrLocked, record.ErrFull, record.ErrReadOnly, record.ErrClock, record.ErrUncertain, record.ErrTampered, record.ErrClosed,
		record.ErrErased, screening.ErrNotRecorded, screening.ErrRequest,
	} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return fmt.Sprintf("%T", err)
}
