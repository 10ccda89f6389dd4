package screening

import (
	"fmt"
	"slices"
)

// Outcome is what a finding, or a whole report, asks for. Outcomes are ordered: a report's is the greatest of its findings'.
type Outcome string

// The outcomes, least first. Everything above Advise holds the order.
const (
	// Clear: every check ran and none found anything.
	Clear Outcome = "clear"
	// Advise: nothing to do, worth knowing.
	Advise Outcome = "advise"
	// Incomplete: a check could not run, so nothing can be said.
	Incomplete Outcome = "incomplete"
	// Review: a person must look.
	Review Outcome = "review"
	// Require: may go only with a named licence or document.
	Require Outcome = "require"
	// Stop: prohibited as things stand.
	Stop Outcome = "stop"
)

// Outcomes lists every outcome, least first.
var Outcomes = []Outcome{Clear, Advise, Incomplete, Review, Require, Stop}

// ParseOutcome reads the text form of an outcome.
func ParseOutcome(s string) (Outcome, error) {
	if slices.Contains(Outcomes, Outcome(s)) {
		return Outcome(s), nil
	}
	return "", fmt.Errorf("%q is not an outcome (clear, advise, incomplete, review, require, stop)", s)
}

// rank is the outcome's place in the order. An unknown outcome ranks above all: it cannot be let pass.
func (o Outcome) rank() int {
	if i := slices.Index(Outcomes, o); i >= 0 {
		return i
	}
	return len(Outcomes)
}

// Max is the greater of two outcomes.
func (o Outcome) Max(p Outcome) Outcome {
	if p.rank() > o.rank() {
		return p
	}
	return o
}

// Min is the lesser of two outcomes.
func (o Outcome) Min(p Outcome) Outcome {
	if p.rank() < o.rank() {
		return p
	}
	return o
}

// Holds reports whether the outcome holds the order until a person or a document releases it.
func (o Outcome) Holds() bool { return o.rank() > Advise.rank() }

// BlockCode is the code an ERP sets on the order: "" where nothing is held.
func (o Outcome) BlockCode() string {
	switch {
	case !o.Holds():
		return ""
	case o == Incomplete:
		return "EC-INCOMPLETE"
	case o == Review:
		return "EC-REVIEW"
	case o == Require:
		return "EC-LICENCE"
	}
	return "EC-STOP"
}
