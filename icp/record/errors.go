package record

import "errors"

// Conditions that callers tell apart with errors.Is. A store wraps its driver's errors in them.
var (
	// ErrConflict: another record has this id and other content.
	ErrConflict = errors.New("another record has this id")
	// ErrNotFound: no record has this id or index.
	ErrNotFound = errors.New("no such record")
	// ErrReadOnly: the log was opened without a signing key, or the storage cannot be written.
	ErrReadOnly = errors.New("the log is read-only")
	// ErrLocked: another process held the store's lock for longer than the store waits. Nothing was recorded.
	ErrLocked = errors.New("the store is locked by another process")
	// ErrFull: the storage has no room. Nothing was recorded.
	ErrFull = errors.New("the storage is full")
	// ErrClock: the entry's time is earlier than the log's latest by more than the skew allowed. Nothing was recorded.
	ErrClock = errors.New("the clock went backwards")
	// ErrUncertain: the connection or the disk failed while committing. The record may or may not be in the log; appending
	// the same entry again settles it, since an id is recorded once only.
	ErrUncertain = errors.New("not known whether it was recorded: append it again")
	// ErrTampered: what is stored does not agree with itself, with the tree or with a signature.
	ErrTampered = errors.New("the log was tampered with")
	// ErrSchema: the store was written by a newer version of this package, or by something else.
	ErrSchema = errors.New("the store's schema is not one this version reads")
	// ErrKey: a key is malformed or not that of the log.
	ErrKey = errors.New("not a key of this log")
	// ErrErased: the part asked for was erased.
	ErrErased = errors.New("erased after retention")
	// ErrNotDue: the term of retention has not passed.
	ErrNotDue = errors.New("not due for deletion")
	// ErrHeld: a legal hold forbids the deletion.
	ErrHeld = errors.New("under legal hold")
	// ErrClosed: the log was closed.
	ErrClosed = errors.New("the log is closed")
)
