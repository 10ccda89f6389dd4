package main

import (
	"cmp"
	"slices"
)

// scored is one labelled case with its score.
type scored struct {
	score float64
	match bool
}

// figures are counts of right and wrong alerts at one threshold.
type figures struct{ tp, fp, fn, tn int }

func count(cases []scored, threshold float64) figures {
	var f figures
	for _, c := range cases {
		switch alert := c.score >= threshold; {
		case alert && c.match:
			f.tp++
		case alert:
			f.fp++
		case c.match:
			f.fn++
		default:
			f.tn++
		}
	}
	return f
}

func (f figures) precision() float64 { return ratio(f.tp, f.tp+f.fp) }
func (f figures) recall() float64    { return ratio(f.tp, f.tp+f.fn) }
func (f figures) f1() float64        { return ratio(2*f.tp, 2*f.tp+f.fp+f.fn) }

// ratio is a/b, and 0 of nothing.
func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// best is the threshold with the greatest F1, the lowest of several, among the scores there are.
func best(cases []scored) (threshold float64) {
	scores := make([]float64, len(cases))
	for i, c := range cases {
		scores[i] = c.score
	}
	slices.Sort(scores)
	top := -1.0
	for _, s := range slices.Compact(scores) {
		if f := count(cases, s).f1(); f > top {
			top, threshold = f, s
		}
	}
	return threshold
}

// percentile is the value below which the fraction p of the values lies; 0 of none.
func percentile[T cmp.Ordered](values []T, p float64) T {
	var zero T
	if len(values) == 0 {
		return zero
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}
