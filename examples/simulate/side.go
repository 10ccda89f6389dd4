package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/ordergate/ordergate/screening/trigger/policy"
)

// sideOptions are the files one side of a simulation is made of.
type sideOptions struct {
	policy, own   string
	rules, tables []string
}

// define defines the flags of a side.
func (o *sideOptions) define(fs *flag.FlagSet, prefix, side string) {
	several := func(to *[]string) func(string) error {
		return func(s string) error {
			*to = append(*to, s)
			return nil
		}
	}
	fs.StringVar(&o.policy, prefix+"policy", "", "policy `file` that is "+side+" (default: the built-in policy)")
	fs.StringVar(&o.own, prefix+"own", "", "JSON `file` of the seller's own limits and registers that are "+side+", as trigger.Own")
	fs.Func(prefix+"rules", "rule `file` that is "+side+", beside the built-in rules; repeatable", several(&o.rules))
	fs.Func(prefix+"table", "country table `file` that is "+side+", in the place of the built-in one of its name; repeatable", several(&o.tables))
}

// shared is what both sides have in common.
type shared struct {
	index      *lists.Index
	classifier *classify.Classifier
	anyAge     bool
	recorder   screening.Recorder
}

// side is the screener of one side, with the titles of its rules.
type side struct {
	screener *screening.Screener
	rules    *trigger.RuleSet
	Version  string `json:"rules_version"`
	Rules    string `json:"rules"`
	Policy   string `json:"policy"`
	Tables   string `json:"tables"`
}

// config reads the files of a side.
func (o *sideOptions) config() (cfg screening.Config, err error) {
	if cfg.Rules, err = o.ruleSet(); err != nil {
		return cfg, err
	}
	if cfg.Policy, err = o.screeningPolicy(); err != nil {
		return cfg, err
	}
	if cfg.Tables, err = o.countryTables(); err != nil {
		return cfg, err
	}
	if o.own != "" {
		cfg.Own = &trigger.Own{}
		err = readFile(o.own, func(r io.Reader) error {
			d := json.NewDecoder(r)
			d.DisallowUnknownFields()
			return d.Decode(cfg.Own)
		})
	}
	return cfg, err
}

// newSide makes the screener of a side.
func newSide(cfg screening.Config, with shared) (s *side, err error) {
	cfg.Lists, cfg.Classifier, cfg.Recorder = with.index, with.classifier, with.recorder
	if with.anyAge {
		if cfg.Policy, err = listfile.OfAnyAge(cfg.Policy, with.index.Snapshot().Lists()); err != nil {
			return nil, err
		}
	}
	s = &side{rules: cfg.Rules, Version: cfg.Rules.Version(), Rules: cfg.Rules.Digest(), Policy: cfg.Policy.Digest(), Tables: cfg.Tables.Digest()}
	s.screener, err = screening.New(cfg)
	return s, err
}

func (o *sideOptions) ruleSet() (*trigger.RuleSet, error) {
	set, err := trigger.BuiltIn()
	if err != nil {
		return nil, err
	}
	sets := []*trigger.RuleSet{set}
	for _, name := range o.rules {
		if err := readFile(name, func(r io.Reader) error {
			set, err := trigger.Load(name, r)
			sets = append(sets, set)
			return err
		}); err != nil {
			return nil, err
		}
	}
	return trigger.Merge(sets...)
}

func (o *sideOptions) screeningPolicy() (p *screening.Policy, err error) {
	if o.policy == "" {
		return screening.BuiltInPolicy()
	}
	err = readFile(o.policy, func(r io.Reader) (err error) {
		p, err = screening.LoadPolicy(r)
		return err
	})
	return p, err
}

func (o *sideOptions) countryTables() (*policy.Tables, error) {
	tables, err := policy.BuiltIn()
	if err != nil {
		return nil, err
	}
	for _, name := range o.tables {
		if err := readFile(name, func(r io.Reader) error {
			t, err := policy.Read(name, r)
			if err == nil {
				tables = tables.With(t)
			}
			return err
		}); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

// readFile hands a file to a reader; the error names the file.
func readFile(name string, read func(io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if err := errors.Join(read(f), f.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
