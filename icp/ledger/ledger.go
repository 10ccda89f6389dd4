package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/internal/stream"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
)

// RecordKind is the kind of a ledger's records.
const RecordKind record.Kind = "ledger"

// Conditions that callers tell apart with errors.Is.
var (
	// ErrNoAccount: nothing is on file under the id.
	ErrNoAccount = errors.New("ledger: there is no such account")
	// ErrBusy: others moved the account again and again at the same time. Nothing was recorded.
	ErrBusy = errors.New("ledger: the account is being moved by others")
)

// Ledger are the accounts of a programme, kept in a log. It is safe for concurrent use, and several processes may
// work on one log.
type Ledger struct {
	log    *record.Log
	p      *icp.Programme
	stream *stream.Stream[Account, Event, *Account]
}

// New joins a programme to the log that keeps its ledgers.
func New(log *record.Log, p *icp.Programme) *Ledger {
	return &Ledger{log: log, p: p, stream: stream.New(log, stream.Config[Account, Event, *Account]{
		Prefix: "ledger/", Kind: RecordKind,
		Place: func(e *Event) (string, int) { return e.Account, e.Seq },
		Seq:   func(a *Account) int { return a.Seq },
		Apply: (*Account).apply, Clone: (*Account).clone, Entry: entry,
		// An order may need any of them.
		Row: func(a *Account) *Account { return a }, Recent: math.MaxInt,
	})}
}

// Do moves an account by one event and returns the account as it then is; the event is recorded before Do returns. Of
// the event it reads what a caller fills in and sets the rest. What is filed, drawn, returned or reported already, by
// its id and the same in all but time and person, is not recorded again, and is no error. With an error nothing
// was recorded, unless it wraps [record.ErrUncertain]: a [*RefusedError] says why the event is not possible.
func (l *Ledger) Do(ctx context.Context, e Event) (Account, error) {
	if e.Kind == Filed {
		e.Account = e.derived()
	}
	e.At = e.At.Round(0).UTC()
	e.Programme, e.Role, e.Training = l.p.Digest(), "", nil
	a, err := l.stream.Add(ctx, e.Account, func(a *Account) (Event, error) {
		if a.Seq == 0 && e.Kind != Filed {
			return e, fmt.Errorf("%q: %w", e.Account, ErrNoAccount)
		}
		if a.knows(&e) {
			return e, stream.ErrNothing
		}
		e.Seq = a.Seq + 1
		c := check{p: l.p, a: a, e: &e, day: dated.DateOf(e.At)}
		if e.Kind == Filed && e.Clearance != nil {
			// Whoever clears a hit decides that an order goes on.
			var err error
			if e.Role, e.Training, err = icp.Entitled(ctx, l.log, l.p, e.By, screening.Review, c.day); err != nil {
				return e, err
			}
		}
		return e, c.run()
	})
	if errors.Is(err, stream.ErrBusy) {
		err = fmt.Errorf("%q: %w", e.Account, ErrBusy)
	}
	return a, err
}

// derived is the id of the account that the event files, "" where it files nothing.
func (e *Event) derived() string {
	switch {
	case e.Paper != nil:
		return PaperID(e.Paper.Type, e.Paper.Number)
	case e.Notice != nil:
		return NoticeID(e.Notice.ID)
	case e.Clearance != nil:
		return ClearanceID(e.Clearance.ID)
	}
	return ""
}

// Get is an account, or an error that wraps [ErrNoAccount].
func (l *Ledger) Get(ctx context.Context, id string) (Account, error) {
	a, err := l.stream.Load(ctx, id)
	if err == nil && a.Seq == 0 {
		err = fmt.Errorf("%q: %w", id, ErrNoAccount)
	}
	return a, err
}

// Events are the events of an account, in order, as the log has them.
func (l *Ledger) Events(ctx context.Context, id string) ([]Event, error) {
	return l.stream.Events(ctx, id)
}

// List gives the accounts that pick chooses, by their ids; nil chooses all. The first call reads all ledger events
// of the log, later ones what was added since.
func (l *Ledger) List(ctx context.Context, pick func(*Account) bool) ([]Account, error) {
	if pick == nil {
		pick = func(*Account) bool { return true }
	}
	picked, err := l.stream.All(ctx, func(a **Account) bool { return pick(*a) })
	var accounts []Account
	for _, a := range picked {
		accounts = append(accounts, a.clone())
	}
	slices.SortFunc(accounts, func(a, b Account) int { return cmp.Compare(a.ID, b.ID) })
	return accounts, err
}

// DecodeEvent reads the body of a record of a ledger. The error wraps [record.ErrErased] where it was erased
// after retention.
func DecodeEvent(rec record.Record) (Event, error) { return stream.Decode[Event](rec, RecordKind) }

// entry is an event as the log keeps it.
func entry(a *Account, e *Event) (record.Entry, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return record.Entry{}, fmt.Errorf("%q: %w", e.Account, err)
	}
	r := record.Entry{Time: e.At, Subject: "ledger/" + e.Account, Body: body, Keys: record.Keys{Outcome: string(e.Kind)}}
	add := func(to *[]string, words ...string) {
		for _, w := range words {
			if w != "" {
				*to = append(*to, w)
			}
		}
	}
	p := a.Paper
	if e.Paper != nil {
		p = e.Paper
	}
	if p != nil {
		add(&r.Keys.Documents, p.Number)
		add(&r.Keys.Documents, p.Orders...)
		add(&r.Keys.Parties, p.EndUser)
		add(&r.Keys.Countries, p.Destination)
	}
	if e.Notice != nil {
		add(&r.Keys.Documents, e.Notice.ID)
		add(&r.Keys.Parties, e.Notice.Party)
		add(&r.Keys.Countries, e.Notice.Country)
	}
	if e.Drawing != nil {
		add(&r.Keys.Documents, e.Drawing.ID, e.Drawing.Order)
		r.EventDay = e.Drawing.On
	}
	return r, nil
}
