// Package ledger keeps what a company has in hand beside its orders: licences with what is left on them, end-use
// certificates, commitments and risk-assessment reports for parties of the watch list, notices of authorities ("is
// informed"), and the register of cleared hits. It gives a screening what it needs of them.
//
//	Ledger.Do(Event) --> record.Log     every event, before the call returns
//	Ledger.Supply(order, request)       papers, notices and clearances for screening.Screen
//
// An [Account] is one paper, notice or clearance, and is never stored: it is the replay of its events, which are
// records of the log. What an event may not do is refused with a [*RefusedError] that names every reason.
//
// # Balances
//
// A licence may limit quantity, value and the number of exports. [Drawn] takes an export off the balance, and is
// idempotent: a drawing told of twice counts once, and under one id there are no two. Of two machines that draw at
// the same time the second sees what the first left. [Returned] gives back what came back or was never shipped.
// An order that has drawn on a licence is screened against what it has drawn, another against what is left.
//
// # What it will not do
//
// It reads no clock: every event brings its time. It does not judge whether a paper is for an order: the rules over
// documents in package screening/trigger do, from the key elements that the paper states. It holds no papers, only
// their SHA-256.
package ledger
