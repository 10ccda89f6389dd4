// Package trigger evaluates catch-all triggers and red flags: rules over an order, the matches of its
// parties and the classes of its lines. Rules are data, in YAML; the built-in ones and a user's own go
// through the same [Load].
//
// # Flow
//
//	[]byte (YAML) --Load--> RuleSet --Eval(View)--> []Result --Gaps--> []Gap
//	                           \----Check--> []CaseResult   (the rules' own test cases)
//
// A [View] is plain data that the caller fills: the order in the words and JSON paths of the order
// format, plus what screening found out before (matches, classes) and the tables and registers at hand.
// [RuleSet.Eval] gives one [Result] for each rule, in rule order. The caller turns results into findings.
// Licences and end-use certificates on file are compared with the order by [CheckLicences], and
// [RuleSet.Questions] says what a person still has to be asked.
//
// # The rule language
//
//	version: "2026-11-20"
//	questions:
//	  - id: knows_product
//	    text: {en: Does the buyer know the product?, zh: 买方是否了解该产品？}
//	    why: {en: ..., zh: ...}
//	rules:
//	  - id: priority-item-new-company
//	    title: {en: ..., zh: ...}
//	    message: {en: ..., zh: ...}
//	    resolve: {en: what would change the result, zh: ...}
//	    regime: US
//	    citation: FinCEN and BIS joint alert FIN-2023-Alert004
//	    flag: FIN-1                # the red flag it carries out, where it does
//	    timeline: [{status: in_force, from: 2023-05-19}]
//	    scope: line                # order (default), party, line, match, country, text, change, document
//	    when:                      # all of these, top to bottom
//	      - order.destination.coalition == "outside"
//	      - line.priority != ""
//	      - any: [buyer.registered_on > "2022-02-24", buyer.name in ["..."]]
//	    optional: [buyer.registered_on]
//	    outcome: review
//	    documents: [end_use_certificate]
//	    cases:
//	      - {expect: fired, set: {destination: AM, "lines[0].priority": "1"}}
//	      - {expect: incomplete, unset: [destination], missing: [destination]}
//
// A condition is an expression of expr-lang/expr that gives a bool. `when` is one condition or a list;
// in a list all must hold, and an entry {any: [...]} or {all: [...]} nests. A scope other than order runs
// the rule over each party, line, ... of the order; the rule fires where one of them does, and the
// result names which. The names a condition may use are listed by [Vocabulary]; `order`, `buyer`,
// `consignee`, `end_user`, `payer`, `answer` and `own` may be used in every scope, the others in
// the scope of their name (`party` also in scope match). Functions are those of expr without loops
// over unbounded data; days(a, b) is the number of days from date a to date b.
//
// # Three values
//
// Every field is missing where the order does not give it: an empty text, a nil pointer, a nil list.
// A list that is empty and not nil is known to be empty. What a condition reads is taken from its
// expression, so that a rule cannot forget to declare a need: where something it reads is missing, the
// condition is unknown. An entry {known: x} or {missing: x} asks whether x is given, and needs nothing. Lists of
// conditions combine by Kleene's rules: all is false as soon as one is false, any is true as soon as
// one is true, and otherwise unknown where one is unknown. Within one expression there is no such rescue,
// so a rule is written with one thought a line. The state of a rule is Fired, NotFired or Incomplete;
// an Incomplete names the missing fields in the order's JSON paths, or the missing table as
// "tables.NAME".
//
// # What an unknown is worth
//
// Orders in which anything has been found are *sensitive*: a line has a control class or priority
// code, a party has a match, the caller holds the order, or a rule fired at Review or above. A missing
// field makes a rule Incomplete, which holds the order, with three exceptions so that a plain order is
// not held for what nobody would ask of it:
//
//   - a field or answer a rule lists as `optional` is Advise on an order that is not sensitive;
//   - a table or register a rule lists as `optional` (own sales history, price list) is Advise always: it
//     is said once that the rule was not run;
//   - a question is due only on a sensitive order, or once answered; before that the rules that wait
//     for it are not fired, and [RuleSet.Questions] lists nothing.
//
// A table that a rule needs and does not call optional is never excused, nor one that is stale.
//
// # Dates
//
// A rule carries a timeline. Not yet in force or ended: not fired. Suspended: fires at Advise. Where its
// suspension or term ran out and nothing later is known (verify), a rule that would fire is Incomplete.
//
// # What it will not do
//
// It matches no names, classifies nothing, decides nothing, and calls nothing outside the process. An
// expression has no side effects and no unbounded loop, and a rule set, once loaded, never changes: it
// is safe for concurrent use. Rules decide on what the order says; they are no legal advice.
package trigger
