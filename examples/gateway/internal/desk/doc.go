// Package desk is what the gateway does, without a word of HTTP: it screens orders, keeps their reports,
// opens cases for those that are held and moves them.
//
// # No order lost, none doubled
//
// A report's id is derived from the client and its idempotency key, and the log records an id once only.
// The log itself is therefore the register of idempotency keys: an order that is sent again, to this
// process, after a restart or to another gateway on the same log, meets its own record, and is answered
// from it. Another order under the same key meets it too, and is refused.
package desk
