// Package match says how alike two names are, and why.
//
// # Flow
//
//	q := match.Prepare("Example Machine Works Ltd", match.Organization)
//	l := match.Prepare("EXAMPLE MACHINERY WORKS LIMITED", match.Organization)
//	score := match.Compare(q, l)         // 0 to 1
//	if score >= match.DefaultThreshold { // a reviewer should look
//		steps := match.Explain(q, l)     // what paired with what, what was left, what each cost
//	}
//
// [Prepare] folds a name and cuts it into terms: a brand or given name, a legal form, a title, a
// number, a place, a trade, each a word or a phrase. Compare pairs the terms of the two names, the
// surest ways first: the same, the same in meaning (a legal form, a place, a trade, a number in words,
// in any language), another spelling of a name, an initial, another script, a foreign person's name by its sound in Chinese
// characters, then words split or joined differently, then slips of the pen. Every pair costs something between 0 and [conflict]. Terms left over on both
// sides contradict each other; terms left over on one side are surplus. The score is 1 less the sum of
// the costs, and may be capped where too little of substance agrees. So every score is the sum of an [Explanation].
//
// # A corpus
//
// Names of a list are prepared together in a [Corpus], which keeps one copy of every term and counts in
// how many names it occurs. A corpus makes scores more exact: two words that are both frequent are two
// names rather than one name and a slip, and frequent words alone identify nobody. A name prepared
// without a corpus has no counts.
//
// # What it will not do
//
// It compares names only: birth dates, countries and identifiers are the business of package lists. It
// does not translate brands, does not guess what a name is the name of, and its score is not a
// probability. Names beyond the bounds of package fold are compared by their beginnings.
//
// Everything is immutable and safe for concurrent use once built, and the same input gives the same
// score on every machine.
package match
