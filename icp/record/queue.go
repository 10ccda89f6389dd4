package record

import (
	"context"
	"encoding/json"
	"time"
)

// Task is one piece of work that several machines share, such as a case to look at or an order to screen again.
type Task struct {
	ID   string
	Kind string
	// Payload is the caller's own.
	Payload json.RawMessage
	// NotBefore is when it may be done first.
	NotBefore time.Time
	// Attempts counts the claims so far; Put ignores it.
	Attempts int
}

// Queue shares tasks between workers, so that each is worked on by one of them at a time. The stores
// implement it. A queue is working state: it is neither hashed nor verified, and what was done with a task
// belongs into the log. Times are the caller's.
type Queue interface {
	// Put adds tasks. One whose id is in the queue already is left as it is there.
	Put(ctx context.Context, tasks ...Task) error
	// Claim leases to the worker up to most tasks of a kind that may be done now and that nobody holds,
	// those due first before others. A lease that runs out is anybody's again.
	Claim(ctx context.Context, kind, worker string, now time.Time, lease time.Duration, most int) ([]Task, error)
	// Finish takes out a task that the worker holds; the error wraps ErrNotFound where it does not hold it.
	Finish(ctx context.Context, id, worker string) error
	// Return gives back a task that the worker holds, to be done not before a time; errors as Finish.
	Return(ctx context.Context, id, worker string, notBefore time.Time) error
}
