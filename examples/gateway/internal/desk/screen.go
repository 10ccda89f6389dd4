package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/screening"
)

// ErrKeyReused says that an idempotency key was used for another order before.
var ErrKeyReused = errors.New("the idempotency key was used for another order")

// Screened is the answer to an order.
type Screened struct {
	Report *screening.Report
	// Replayed says that the report had been recorded before.
	Replayed bool
	// Case is that of the order, nil where it has none. Block is the code for the ERP to set: the report's,
	// or none where the case has released the order on the facts of this report.
	Case  *icp.Case
	Block string
}

// ReportID is the id of the report that a client's key leads to.
func ReportID(client, key string) string {
	sum := sha256.Sum256([]byte(client + "\x00" + key))
	return "gw-" + hex.EncodeToString(sum[:16])
}

// Screen screens an order under a client's idempotency key and records the report. The same order under
// the same key gives the recorded report; another one gives ErrKeyReused. Other errors are those of
// [screening.Screener.Screen].
func (d *Desk) Screen(ctx context.Context, client, key string, o screening.Order) (Screened, error) {
	id := ReportID(client, key)
	rep, err := d.screener.Screen(ctx, o, screening.Request{ID: id, At: d.cfg.Now(), Current: d.fresh.Load().current})
	done := Screened{Report: rep}
	if errors.Is(err, record.ErrConflict) { // the id is recorded: by this order or by another one
		done.Replayed = true
		done.Report, err = d.recorded(ctx, id, o)
	}
	if err != nil {
		return Screened{}, err
	}
	if done.Case, err = d.follow(ctx, done.Report); err != nil {
		return Screened{}, err
	}
	done.Block = d.block(done.Report, done.Case)
	return done, nil
}

func (d *Desk) block(rep *screening.Report, c *icp.Case) string {
	if c != nil && c.Screening.Report == rep.ID && c.Cleared(d.cfg.Now()) {
		return ""
	}
	return rep.Block
}

// recorded is the report recorded under an id, if it is that of this very order.
func (d *Desk) recorded(ctx context.Context, id string, o screening.Order) (*screening.Report, error) {
	n, err := o.Normalise()
	if err != nil {
		return nil, err
	}
	body, err := n.JSON()
	if err != nil {
		return nil, err
	}
	rec, err := icp.ReadReport(ctx, d.log, id)
	if err != nil {
		return nil, err
	}
	if string(rec.Order) != string(body) {
		return nil, ErrKeyReused
	}
	rep, _, err := decode(rec)
	return rep, err
}

// Report is a recorded report with its order. The error wraps record.ErrNotFound where there is none.
func (d *Desk) Report(ctx context.Context, id string) (*screening.Report, *screening.Order, error) {
	rec, err := icp.ReadReport(ctx, d.log, id)
	if err != nil {
		return nil, nil, err
	}
	return decode(rec)
}

func decode(rec screening.Record) (*screening.Report, *screening.Order, error) {
	rep, o := new(screening.Report), new(screening.Order)
	if err := json.Unmarshal(rec.Report, rep); err != nil {
		return nil, nil, fmt.Errorf("report %s: %w", rec.ID, err)
	}
	if err := json.Unmarshal(rec.Order, o); err != nil {
		return nil, nil, fmt.Errorf("report %s: order: %w", rec.ID, err)
	}
	return rep, o, nil
}
