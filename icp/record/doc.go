// Package record is the append-only, tamper-evident log of a compliance programme: screening reports,
// case events, documents by hash, training, audits, list updates and policy changes, kept so that a third
// party can check afterwards that nothing was changed, taken out or slipped in.
//
// # Flow
//
// [Open] joins a [Store] (icp/record/sqlite or icp/record/postgres) to a key pair made by [GenerateKey].
// [Log.Append] returns when the record is durable; [Log.AppendTogether] records entries side by side or none
// of them. Entries appended at the same time share one transaction. Each commit signs a new head. [Log.Get] and
// [Log.Iterate] read back, [Log.Checkpoint] gives the signed head, [Log.ProveInclusion] and [Log.ProveConsistency]
// prove, [Log.Verify] checks everything stored, [Log.Due], [Log.PlaceHold] and [Log.Delete] manage retention,
// [Log.Receipt] and [Log.Export] hand evidence to others, who check it with [CheckReceipt] and [VerifyPack] and the
// public key alone; [Log.Publish] gives the tiles that witnesses follow, by [VerifyPublished] or by programs of
// their own.
//
// # What is hashed
//
// A record is a leaf and up to four parts. The leaf is a few lines of text:
//
//	ordergate.record/v1
//	id report/SO-1001/1
//	kind report
//	time 2026-03-02T08:15:00Z
//	facts 0jmFh7w3…=
//	statement yo3B2q…=
//	body 5SgVtV…=
//	personal 4Zx0aB…=
//
// Each part stands in the leaf only as the SHA-256 of its name, 16 random bytes of salt and its data, so
// that a leaf tells nothing of what it commits to, and a part can be erased with its salt while the tree
// still verifies. Facts are what retention and search need; the statement is what a receipt may disclose;
// the body is the record itself; personal holds what must be erasable by itself.
//
// The tree is that of RFC 6962 over the leaves (golang.org/x/mod/sumdb/tlog). Checkpoints are signed notes
// in the form of C2SP tlog-checkpoint with an Ed25519 key; complete tiles of 256 hashes are stored and
// exported in the layout of C2SP tlog-tiles.
//
// # What it will not do
//
// It reads no clock: every entry brings its time, in UTC, and one that is earlier than the log's latest by
// more than [Config.Skew] is refused. It does not encrypt. It cannot tell that a whole store was replaced
// by an older copy of itself unless [Log.Verify] is given a checkpoint kept elsewhere: publish them. It
// never deletes a leaf. It knows nothing of what a body means; package icp joins it to screening.
package record
