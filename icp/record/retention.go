package record

import (
	"slices"

	"github.com/ordergate/ordergate/internal/dated"
)

// Rule is one regime's term of retention.
type Rule struct {
	// Regime is its name in [Entry.Regimes].
	Regime string `json:"regime" yaml:"regime"`
	// Years is the term, counted from the latest event of a subject.
	Years int `json:"years" yaml:"years"`
	// Citation is the provision, Since the day from which it has applied where that is known.
	Citation string     `json:"citation" yaml:"citation"`
	Since    dated.Date `json:"since,omitempty" yaml:"since,omitempty"`
	// Verify says that term or citation have not been checked against the official text.
	Verify bool `json:"verify,omitempty" yaml:"verify,omitempty"`
}

// Retention is a table of rules, one a regime.
type Retention []Rule

// BuiltinRetention are the terms known to this package. Years counted here are the least that the law asks
// for; a programme may keep longer by its own table.
func BuiltinRetention() Retention {
	return Retention{
		{Regime: "CN", Years: 5, Since: "2024-12-01", Citation: "Regulations on Export Control of Dual-Use Items (State Council Decree 792) art. 27"},
		{Regime: "EAR", Years: 5, Citation: "15 CFR 762.6"},
		{Regime: "OFAC", Years: 10, Since: "2025-03-12", Citation: "31 CFR 501.601"},
		{Regime: "UK", Years: 4, Citation: "Export Control Order 2008 art. 29 (open general licences)", Verify: true},
	}
}

// Knows reports whether the table has a rule of a regime.
func (t Retention) Knows(regime string) bool {
	return slices.ContainsFunc(t, func(r Rule) bool { return r.Regime == regime })
}

// Retention is the table of rules by which the log's records may be deleted.
func (l *Log) Retention() Retention { return slices.Clone(l.cfg.Retention) }

// rule is the longest of the regimes' rules. No regime, or one that the table no longer has, is as all of them.
func (t Retention) rule(regimes []string) Rule {
	var longest Rule
	all := len(regimes) == 0 || slices.ContainsFunc(regimes, func(r string) bool { return !t.Knows(r) })
	for _, r := range t {
		if (all || slices.Contains(regimes, r.Regime)) && r.Years > longest.Years {
			longest = r
		}
	}
	return longest
}
