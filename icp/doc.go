// Package icp is the internal compliance programme around screening: who looks at a held order, who may
// decide, what must be written down, and the proof afterwards that it was so. It follows the nine elements
// of MOFCOM's guidance for exporters of dual-use items (2021): policy statement, organisation, risk
// assessment, review procedure, emergency measures, training, audit, records, handbook.
//
// # Flow
//
//	programme.yaml --LoadProgramme--> Programme --Validate--> []Gap (what the guidance asks and it lacks)
//	                                      |
//	screening.Report (held) --Cases.Open--> Case --Cases.Do(Event)--> Case ... released, refused, closed
//	                                      |             |
//	                                   record.Log <-----+   every event, before the call returns
//	                                      |
//	shipment: screened again --Cases.Open--> same facts: the release stands; other facts: it is void
//
// [NewRecorder] makes the log the recorder of a screener; [Cases.Recorder] records a report that holds an order in one
// commit with the case it opens. A report that holds an order opens a [Case], one an order. People move it by events: they assign, ask, answer, file documents, vote, veto, escalate, decide,
// and release. What each of them may do, and when, is the [Procedure] of the programme: stages, levels of
// decision with roles, quorum and deadline, four eyes, one-vote veto, deputies, reasons, documents, and
// training that must be valid on the day. A move that the procedure does not allow is refused with a
// [*MoveError] that names every reason at once.
//
// # A release is bound to facts
//
// A [Release] holds the [Facts] it was given for: digests of the order, of the lists, of the documents and
// answers on file, of notices and clearances, of the policy, and of the findings. When the order is
// screened again and one of them differs, the release is void, an event says which, and the case is open
// again. Screening before shipment is a stage of its own, with levels and votes of its own.
//
// # State is what the log says
//
// A case is never stored. It is [Replay] of its events, and the events are records of the log, numbered
// from 1 within their case; so that of two machines which move one case at the same time one is refused and
// looks again. In memory [Cases] has a [Row] of every case, and of the cases that were moved or read
// last the rest. Package icp/ledger keeps licences and their balances, end-use certificates, commitments, notices
// and clearances in the same way, and gives what a screening needs of them; package icp/handbook writes the handbook
// of the programme, and package icp/riskreport drafts the risk-assessment report for a party of the watch list.
//
// # What it will not do
//
// It reads no clock: every event brings its time. It never judges an order; screening does. It releases
// nothing by itself but what screening found free. It keeps no names of people: persons are ids of the
// programme file, and what a reviewer writes as a reason is kept as written.
package icp
