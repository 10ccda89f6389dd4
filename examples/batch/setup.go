package main

import (
	"errors"
	"io"

	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
)

// setup is a screener with the built-in lists and those of the command line.
type setup struct {
	screener *screening.Screener
	index    *lists.Index
	current  []screening.ListCurrent
	// inputs pins the lists and the policy: a result of others is not used again.
	inputs string
}

func newSetup(o options, rec screening.Recorder) (s *setup, err error) {
	s = &setup{}
	defer func() {
		if err != nil {
			err = closing(err, s)
		}
	}()
	all, current, err := listfile.Load(o.lists)
	if err != nil {
		return s, err
	}
	s.current = current
	snap, err := lists.NewSnapshot(all...)
	if err != nil {
		return s, err
	}
	if s.index, err = lists.NewIndex(snap); err != nil {
		return s, err
	}
	policy, err := screening.BuiltInPolicy()
	if o.anyAge {
		policy, err = listfile.AnyAge(snap.Lists())
	}
	if err != nil {
		return s, err
	}
	s.inputs = snap.Digest() + " " + policy.Digest()
	cfg := screening.Config{Lists: s.index, Policy: policy, Recorder: rec}
	if o.parties {
		if cfg.Rules, err = noRules(); err != nil {
			return s, err
		}
	}
	s.screener, err = screening.New(cfg)
	return s, err
}

// Close releases the screener and the index.
func (s *setup) Close() error {
	var errs []error
	if s.screener != nil {
		errs = append(errs, s.screener.Close())
	}
	if s.index != nil {
		errs = append(errs, s.index.Close())
	}
	return errors.Join(errs...)
}

// closing joins an error with those of closing what is given.
func closing(err error, cs ...io.Closer) error {
	errs := []error{err}
	for _, c := range cs {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}
