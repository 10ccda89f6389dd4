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
	// JSON is the report's canonical form, as it was recorded.
	JSON json.RawMessage
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
	rec, err := d.screener.ScreenRecord(ctx, o, screening.Request{ID: id, At: d.cfg.Now(), Current: d.fresh.Load().current})
	var done Screened
	if errors.Is(err, record.ErrConflict) { // the id is recorded: by this order or by another one
		done.Replayed = true
		rec, err = d.recorded(ctx, id, o)
	}
	if err != nil {
		return Screened{}, err
	}
	done.Report, done.JSON = rec.Result, rec.Report
	if done.Case, err = d.follow(ctx, rec, done.Replayed); err != nil {
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

// recorded is the record of the report recorded under an id, its Result set, if it is that of this very order.
func (d *Desk) recorded(ctx context.Context, id string, o screening.Order) (rec screening.Record, err error) {
	n, err := o.Normalise()
	if err != nil {
		return rec, err
	}
	body, err := n.JSON()
	if err != nil {
		return rec, err
	}
	if rec, err = icp.ReadReport(ctx, d.log, id); err != nil {
		return rec, err
	}
	if string(rec.Order) != string(body) {
		return rec, ErrKeyReused
	}
	rec.Result, _, err = decode(rec)
	return rec, err
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
