package screening

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/ordergate/ordergate/screening/trigger/policy"
)

// Config is what a Screener is made of.
type Config struct {
	// Lists gives the index in force; a [*lists.Index] gives itself. Required. It is asked once for each
	// screening, so that an update never mixes two snapshots in one report.
	Lists interface{ Current() *lists.Index }
	// Classifier classifies order lines; nil is one with the built-in control lists.
	Classifier *classify.Classifier
	// Rules are the triggers and red flags; nil are the built-in ones (trigger.BuiltIn).
	Rules *trigger.RuleSet
	// Tables are the country tables the rules look up; nil are the built-in ones (policy.BuiltIn).
	Tables *policy.Tables
	// Own are the seller's own limits and registers; nil keeps none, and rules that need them say so.
	Own *trigger.Own
	// Policy is the company's; nil is the built-in one (BuiltInPolicy).
	Policy *Policy
	// Recorder keeps every report before it is returned. Required.
	Recorder Recorder
}

// Request is what the caller adds to an order: when it is screened, under the law of which day, and
// what is known beside the order itself.
type Request struct {
	// ID names the report; "" derives one from all inputs.
	ID string `json:"id,omitempty"`
	// Simulation names a trial of rules or policy, "" for a screening. The report is then marked as a simulation and
	// recorded as one, which needs a [SimulationRecorder]; no order may be released or held on it.
	Simulation string `json:"simulation,omitempty"`
	// At is the moment of the screening. Required: the engine reads no clock.
	At time.Time `json:"at"`
	// AsOf is the day whose law applies; "" is the day of At, in UTC.
	AsOf Date `json:"as_of,omitempty"`
	// Current says on which day each list was last known to be current, for lists that are older
	// than that by their own date: a download that found nothing new keeps a list current.
	Current []ListCurrent `json:"current,omitempty"`
	// Clearances are the cleared-hit register's entries; those that still bind are applied and shown.
	Clearances []Clearance `json:"clearances,omitempty"`
	// History are earlier orders, for the rules that compare; nil is "not supplied", and empty is "there are none".
	History []trigger.PastOrder `json:"history,omitzero"`
	// Notices are what authorities have told the company ("is informed"); nil and empty as for History.
	Notices []trigger.Notice `json:"notices,omitzero"`
}

// ListCurrent is the day a list was last known to be current.
type ListCurrent struct {
	List string `json:"list"`
	On   Date   `json:"on"`
}

// Screener screens orders. It is immutable and safe for concurrent use. Close releases what New made.
type Screener struct {
	cfg       Config
	own       *classify.Classifier // made by New
	policy    string               // digest
	reference []byte
	pinned    string // digest of reference
}

// ErrConfig is wrapped by every error of [New].
var ErrConfig = errors.New("screening: the configuration is not usable")

// New checks the configuration and fills in the built-in parts; every gap is named at once.
func New(cfg Config) (*Screener, error) {
	s := &Screener{}
	errs := []error{}
	if cfg.Lists == nil {
		errs = append(errs, errors.New("no Lists are given"))
	}
	if cfg.Recorder == nil {
		errs = append(errs, errors.New("no Recorder is given, and no report may leave unrecorded"))
	}
	var err error
	if cfg.Rules == nil {
		cfg.Rules, err = trigger.BuiltIn()
		errs = append(errs, err)
	}
	if cfg.Policy == nil {
		cfg.Policy, err = BuiltInPolicy()
		errs = append(errs, err)
	}
	if cfg.Tables == nil {
		cfg.Tables, err = policy.BuiltIn()
		errs = append(errs, err)
	}
	s.reference, err = cfg.reference()
	errs = append(errs, err)
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	if cfg.Classifier == nil {
		if cfg.Classifier, err = classify.New(classify.Config{}); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrConfig, err)
		}
		s.own = cfg.Classifier
	}
	s.cfg, s.policy, s.pinned = cfg, cfg.Policy.Digest(), digest(s.reference)
	return s, nil
}

// Close releases the classifier where New made it. What the caller gave stays the caller's.
func (s *Screener) Close() error {
	if s.own == nil {
		return nil
	}
	return s.own.Close()
}

// ErrRequest is wrapped by errors about the request rather than the order.
var ErrRequest = errors.New("screening: the request is not usable")

// ErrNotRecorded is wrapped where the recorder failed: there is a result, and it may not be used.
var ErrNotRecorded = errors.New("screening: the report could not be recorded, so it is withheld")

// Screen screens one order. With a nil error the report is complete and recorded. With an error there
// is no report: an [*InvalidOrderError], one that wraps [ErrRequest] or [ErrNotRecorded], or the context's.
func (s *Screener) Screen(ctx context.Context, o Order, req Request) (*Report, error) {
	rec, err := s.ScreenRecord(ctx, o, req)
	return rec.Result, err
}

// ScreenRecord is Screen for a caller that goes on with what was recorded: it gives the record that the recorder was
// given. Its Result is the report, its Report the report's canonical JSON, which need not be encoded again to be
// passed on. With an error there is no record.
func (s *Screener) ScreenRecord(ctx context.Context, o Order, req Request) (Record, error) {
	if err := s.simulates(req); err != nil {
		return Record{}, err
	}
	_, rec, err := s.screen(ctx, &o, req)
	if err != nil {
		return Record{}, err
	}
	if err := s.record(ctx, rec); err != nil {
		return Record{}, fmt.Errorf("%w: order %q: %w", ErrNotRecorded, o.ID, err)
	}
	return rec, nil
}

// screen makes the report and its record, and keeps neither.
func (s *Screener) screen(ctx context.Context, o *Order, req Request) (*Report, Record, error) {
	req, err := req.normalise()
	if err != nil {
		return nil, Record{}, err
	}
	order, err := o.Normalise()
	if err != nil {
		return nil, Record{}, err
	}
	orderJSON, err := order.JSON()
	if err != nil {
		return nil, Record{}, err
	}
	run := &run{
		policy: s.cfg.Policy, index: s.cfg.Lists.Current(), classifier: s.cfg.Classifier, rules: s.cfg.Rules,
		tables: s.cfg.Tables, own: s.cfg.Own,
		order: order, req: req, ties: s.cfg.Policy.ties(order),
	}
	rep, err := run.report(ctx)
	if err != nil {
		return nil, Record{}, err
	}
	rep.Order.SHA256 = digest(orderJSON)
	rep.Inputs.Policy, rep.Inputs.Reference = s.policy, s.pinned
	if rep.Inputs.Context, err = req.contextDigest(); err != nil {
		return nil, Record{}, err
	}
	reportJSON, err := rep.identify()
	if err != nil {
		return nil, Record{}, err
	}
	rec, err := newRecord(rep, reportJSON, req, order, orderJSON, run.ties)
	return rep, rec, err
}

// normalise fills the as-of day and puts what is a set into one order.
func (r Request) normalise() (Request, error) {
	if r.At.IsZero() {
		return r, fmt.Errorf("%w: At is required", ErrRequest)
	}
	r.At = r.At.UTC()
	if r.AsOf.IsZero() {
		r.AsOf = dated.DateOf(r.At)
	}
	if _, err := dated.ParseDate(string(r.AsOf)); err != nil {
		return r, fmt.Errorf("%w: AsOf: %w", ErrRequest, err)
	}
	r.Current = slices.Clone(r.Current)
	slices.SortFunc(r.Current, func(a, b ListCurrent) int {
		if a.List != b.List {
			return compare(a.List, b.List)
		}
		return compare(a.On, b.On)
	})
	return r, nil
}

// contextDigest pins what the caller knew beside the order.
func (r Request) contextDigest() (string, error) {
	b, err := canonical(struct {
		Current    []ListCurrent
		Clearances []Clearance
		History    []trigger.PastOrder
		Notices    []trigger.Notice
	}{r.Current, r.Clearances, r.History, r.Notices})
	return digest(b), err
}

func compare[T ~string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
