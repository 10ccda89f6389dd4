package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/sheet"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/testdata/orders"
)

// session is a screener with what must be closed after it, and counts of what came out.
type session struct {
	screener   *screening.Screener
	index      *lists.Index
	classifier *classify.Classifier
	log        *record.Log // nil without -record
	current    []screening.ListCurrent
	counts     map[screening.Outcome]int
}

// newSession loads the built-in lists and those of the command line.
func newSession(ctx context.Context, o options, stderr io.Writer) (s *session, err error) {
	s = &session{counts: map[screening.Outcome]int{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	all, err := s.lists(o)
	if err != nil {
		return s, err
	}
	snap, err := lists.NewSnapshot(all...)
	if err != nil {
		return s, err
	}
	if s.index, err = lists.NewIndex(snap); err != nil {
		return s, err
	}
	if s.classifier, err = classify.New(classify.Config{}); err != nil {
		return s, err
	}
	cfg := screening.Config{Lists: s.index, Classifier: s.classifier}
	announce(snap, stderr)
	if cfg.Policy, err = listfile.AnyAge(snap.Lists()); err != nil {
		return s, err
	}
	// Without -record the printed report is all that is kept.
	cfg.Recorder = screening.RecorderFunc(func(context.Context, screening.Record) error { return nil })
	if o.record != "" {
		if s.log, err = openLog(ctx, o.record, true); err != nil {
			return s, err
		}
		cfg.Recorder = icp.NewRecorder(s.log)
	}
	if s.screener, err = screening.New(cfg); err != nil {
		return s, err
	}
	if o.record != "" {
		err = s.screener.Keep(lists.DirStore(archiveOf(o.record)))
	}
	return s, err
}

// lists are the built-in ones and those of the command line; the bundled orders bring a list of the user's own.
func (s *session) lists(o options) ([]lists.List, error) {
	all, current, err := listfile.Load(o.lists)
	s.current = current
	if err != nil || len(o.orders) > 0 {
		return all, err
	}
	b, err := orders.FS.ReadFile("own-list.csv")
	if err != nil {
		return nil, err
	}
	own, err := sheet.Read(bytes.NewReader(b), sheet.Options{ID: "own-list"})
	return append(all, own), err
}

// announce says which editions are at hand, and that their age is not held against them: the built-in lists
// are a dated edition to try ordergate out with, not lists to ship by.
func announce(snap *lists.Snapshot, stderr io.Writer) {
	for _, l := range snap.Lists() {
		if l.Published != "" {
			fmt.Fprintf(stderr, "list %s: edition of %s, %d entries\n", l.ID, l.Published, len(l.Entities))
		}
	}
	fmt.Fprintln(stderr, "This program accepts lists of any age. In earnest keep the policy's limit and update the lists.")
}

func (s *session) close() error {
	var errs []error
	if s.log != nil {
		errs = append(errs, s.log.Close())
	}
	if s.classifier != nil {
		errs = append(errs, s.classifier.Close())
	}
	if s.index != nil {
		errs = append(errs, s.index.Close())
	}
	return errors.Join(errs...)
}

func (s *session) count(rep *screening.Report) { s.counts[rep.Outcome]++ }

// summary prints how many orders came to which outcome.
func (s *session) summary(w io.Writer, lang string) {
	title := "Orders by outcome:"
	if lang == "zh" {
		title = "各结果订单数："
	}
	fmt.Fprintln(w, title)
	for _, o := range screening.Outcomes {
		if n := s.counts[o]; n > 0 {
			fmt.Fprintf(w, "  %-12s %4d\n", o, n)
		}
	}
}
