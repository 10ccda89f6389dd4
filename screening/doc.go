// Package screening is the front door of ordergate: an order goes in, an explained and recorded report
// comes out.
//
// # The way of an order
//
// A [Screener] is made once, by [New], from a [Config]: the index of the watch lists, the classifier,
// the rules, the company's policy, and the recorder. [Screener.Screen] then takes an [Order] through
// these steps:
//
//	normalise   every defect of the order named at once, by JSON path   -> InvalidOrderError
//	lists       is every list the policy demands loaded, and young enough
//	lines       each order line                   -> classify.Classifier -> findings
//	parties     each party, owner, person, vessel -> lists.Index         -> findings
//	rules       catch-all triggers, red flags and papers on file         -> findings
//	decide      the greatest outcome of all findings is the report's
//	record      the report is handed to the Recorder; if that fails, Screen fails
//
// and returns a [Report]: versioned, in canonical JSON, with every finding's trace and the digests of
// everything it was made from. Package screening/render turns a report into pages people read.
//
// # What it promises
//
// What was not checked is never clear: a missing field, list or table gives Incomplete. No report
// leaves unrecorded. The same order, request and inputs give the same bytes: the engine reads no clock,
// no network and no environment, so the caller gives the moment and the as-of day, and
// a [Replayer] makes a recorded report again, byte for byte.
//
// # What it will not do
//
// It never prints, never starts a goroutine that outlives a call, never changes an order, and never
// decides what the law is: what a listing does is data, in a [Policy]. It does not release a held
// order; package icp does that, with people.
package screening
