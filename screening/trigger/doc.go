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
// [Gaps] puts together what was missing, so that one absent field is one line of a report and not ten;
// [RuleSet.Questions] says what a person still has to be asked. Licences and end-use certificates on
// file are compared with the order by rules too, in scope document: a paper's facts say in which key
// elements it differs, on which it is silent, and what the order exceeds.
//
// # The rule language
//
//	version: "2026-11-20"
//	questions:
//	  - id: knows_product
//	    text: {en: "Does the buyer know the product?", zh: 买方是否了解产品？}
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
//	      - line.priority != "none"
//	      - any:
//	          - order.destination.coalition == "outside"
//	          - buyer.country.coalition == "outside"
//	      - buyer.registered_on > "2022-02-24"
//	    optional: [buyer.registered_on]
//	    outcome: review
//	    documents: [end_use_certificate]
//	    stop_and_report: true      # the authority must be told where it fires; default false
//	    cases:
//	      - {expect: fired, set: {destination: AM, "lines[0].priority": "1"}}
//	      - {expect: incomplete, unset: [destination], missing: [destination]}
//
// A condition is an expression of expr-lang/expr that gives a bool. `when` is one condition or a list;
// in a list all must hold, and an entry {any: [...]} or {all: [...]} nests. What reads only the order as a
// whole is best put first: it is evaluated once, and spares the elements where it is false. A scope other
// than order runs the rule over each party, line, ... of the order; the rule fires where one of them
// does, and the result names which. The names a condition may use are listed by [Vocabulary]; `order`, `buyer`,
// `consignee`, `end_user`, `payer`, `answer` and `own` may be used in every scope, the others in
// the scope of their name (`party` also in scope match). Functions are len, lower, abs, min, max,
// days(a, b) for the number of days from date a to date b, and any, all, none, one and count over a list,
// one of them in an expression, so that its time is linear in the order.
//
// # Three values
//
// Every field is missing where the order does not give it: an empty text, a nil pointer, a nil list.
// A list that is empty and not nil is known to be empty. What a condition reads is taken from its
// expression, so that a rule cannot forget to declare a need: where something it reads is missing, the
// condition is unknown. An entry {known: x} or {missing: x} asks whether x is given, and needs nothing.
// Lists of conditions combine by Kleene's rules: all is false as soon as one is false, any is true as soon as
// one is true, and otherwise unknown where one is unknown. Within one expression there is no such rescue,
// so a rule is written with one thought a line. The state of a rule is Fired, NotFired or
// NotCheckable; the last names the missing fields in the order's JSON paths, or the missing table as
// "tables.NAME".
//
// # What an unknown is worth
//
// An order is sensitive where something has been found in it: a line has a declared or confirmed control
// class or a priority code, the caller holds the order ([View].Held), or a rule fired at Review or above.
// A missing field makes a rule Incomplete, which holds the order, with three exceptions so that a plain order is
// not held for what nobody would ask of it:
//
//   - a field or answer a rule lists as `optional` is Advise on an order that is not sensitive;
//   - a table or register a rule lists as `optional` (own sales history, price list) is Advise always: it
//     is said once that the rule was not run, and optional fields of that rule are not asked for;
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
