// Package storetest holds the tests that every store of a record log must pass. A store's own tests call
// [Run] and [RunQueue].
package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
)

// Make begins an empty database for a test and returns what opens it, any number of times.
type Make func(t *testing.T) (open func() record.Store)

// Start is the time of the first entry in these tests.
var Start = time.Date(2026, 3, 2, 8, 15, 0, 0, time.UTC)

// Entry is a report for a test: the i'th, a second after the one before.
func Entry(i int) record.Entry {
	return record.Entry{
		ID:      fmt.Sprintf("report/SO-%05d/1", i),
		Kind:    record.Report,
		Time:    Start.Add(time.Duration(i) * time.Second),
		Subject: fmt.Sprintf("SO-%05d", i/2),
		Regimes: []string{"CN", "EAR"},
		Keys: record.Keys{
			Parties: []string{"Example Works Ltd", fmt.Sprintf("示例机械 %d", i%7)}, Persons: []string{fmt.Sprintf("Buyer No. %d", i%11)},
			Countries: []string{"KZ", "CN"}, Documents: []string{fmt.Sprintf("PO-%06d", i)}, Outcome: "review",
		},
		Statement: json.RawMessage(fmt.Sprintf(`{"order":"SO-%05d","outcome":"review"}`, i/2)),
		Body:      json.RawMessage(fmt.Sprintf(`{"schema":"report/1","order":"SO-%05d","text":"<5 µm & 3>","n":%d}`, i/2, i)),
		Personal:  json.RawMessage(`{"contact":"sales desk"}`),
	}
}

// Keys is a key pair for a test.
func Keys(t testing.TB) (signer, verifier string) {
	signer, verifier, err := record.GenerateKey("records.example.com/test")
	require.NoError(t, err)
	return signer, verifier
}

// Open opens a log on the store and closes it after the test.
func Open(t testing.TB, store record.Store, signer, verifier string) *record.Log {
	l, err := record.Open(context.Background(), record.Config{Store: store, Signer: signer, Verifier: verifier})
	require.NoError(t, err)
	t.Cleanup(func() {
		if err := l.Close(); !errors.Is(err, record.ErrClosed) {
			require.NoError(t, err)
		}
	})
	return l
}

// Fill appends the entries from <= i < to, many at a time.
func Fill(t testing.TB, l *record.Log, from, to int) { FillWith(t, l, from, to, Entry) }

// FillWith is Fill with entries of the caller's.
func FillWith(t testing.TB, l *record.Log, from, to int, entry func(int) record.Entry) {
	next := make(chan int)
	var wg sync.WaitGroup
	errs := make(chan error, to-from)
	for range min(to-from, 512) {
		wg.Go(func() {
			for i := range next {
				e := entry(i)
				e.Time = Start.Add(time.Duration(from) * time.Second) // no order among those appended at once
				_, err := l.Append(context.Background(), e)
				errs <- err
			}
		})
	}
	for i := from; i < to; i++ {
		next <- i
	}
	close(next)
	wg.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
}

// Run runs the conformance tests.
func Run(t *testing.T, mk Make) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, mk Make)
	}{
		{"ReadBack", testReadBack}, {"Idempotent", testIdempotent}, {"Together", testTogether}, {"Refused", testRefused}, {"Reopen", testReopen},
		{"Concurrent", testConcurrent}, {"Grown", testGrown}, {"RolledBack", testRolledBack}, {"Snapshot", testSnapshot}, {"Proofs", testProofs},
		{"Tampered", testTampered}, {"Retention", testRetention}, {"Hold", testHold}, {"Withdrawn", testWithdrawn}, {"Receipt", testReceipt}, {"Pack", testPack}, {"Publish", testPublish}, {"First", testFirst},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, mk) })
	}
}

func testReadBack(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	signed, err := l.Checkpoint(ctx)
	require.NoError(t, err)
	require.Nil(t, signed)
	_, err = l.Verify(ctx)
	require.NoError(t, err)
	for i := range 3 {
		pos, err := l.Append(ctx, Entry(i))
		require.NoError(t, err)
		require.Equal(t, int64(i), pos.Index)
	}
	want := Entry(1)
	got, err := l.Get(ctx, want.ID)
	require.NoError(t, err)
	require.Equal(t, want, got.Entry)
	require.Equal(t, int64(1), got.Index)
	byIndex, err := l.At(ctx, 1)
	require.NoError(t, err)
	require.Equal(t, []record.Record{got}, byIndex)
	_, err = l.Get(ctx, "nothing")
	require.ErrorIs(t, err, record.ErrNotFound)
	_, err = l.At(ctx, 3)
	require.ErrorIs(t, err, record.ErrNotFound)

	recs, err := l.Subject(ctx, "SO-00000")
	require.NoError(t, err)
	require.Len(t, recs, 2)
	recs, err = l.OfKind(ctx, record.Report)
	require.NoError(t, err)
	require.Len(t, recs, 3)

	// An entry with nothing but what must be there, and one with its own kind, read back too.
	_, err = l.Append(ctx, record.Entry{ID: "visit/1", Kind: "site_visit", Time: Start.Add(time.Hour)})
	require.NoError(t, err)
	bare, err := l.Get(ctx, "visit/1")
	require.NoError(t, err)
	require.Equal(t, "visit/1", bare.Subject)
	require.Nil(t, bare.Body)

	var ids []string
	for rec, err := range l.Iterate(ctx, 1) {
		require.NoError(t, err)
		ids = append(ids, rec.ID)
	}
	require.Equal(t, []string{Entry(1).ID, Entry(2).ID, "visit/1"}, ids)

	for from, want := range [][]string{{Entry(0).ID, Entry(1).ID, Entry(2).ID}, {Entry(1).ID, Entry(2).ID}, {Entry(2).ID}, nil} {
		ids = nil
		for rec, err := range l.IterateKind(ctx, record.Report, int64(from)) {
			require.NoError(t, err)
			ids = append(ids, rec.ID)
		}
		require.Equal(t, want, ids)
	}

	v, err := l.Verify(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(4), v.Records)
	require.Equal(t, int64(13), v.Parts)
}

func testIdempotent(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	first, err := l.Append(ctx, Entry(0))
	require.NoError(t, err)
	again := Entry(0)
	again.Time = again.Time.Add(time.Hour)
	pos, err := l.Append(ctx, again)
	require.NoError(t, err)
	require.Equal(t, record.Position{Index: first.Index, LeafHash: first.LeafHash, Existing: true}, pos)
	for name, change := range map[string]func(*record.Entry){
		"body":      func(e *record.Entry) { e.Body = json.RawMessage(`{}`) },
		"kind":      func(e *record.Entry) { e.Kind = record.CaseEvent },
		"personal":  func(e *record.Entry) { e.Personal = nil },
		"keys":      func(e *record.Entry) { e.Keys.Outcome = "clear" },
		"statement": func(e *record.Entry) { e.Statement = nil },
	} {
		e := Entry(0)
		change(&e)
		_, err := l.Append(ctx, e)
		require.ErrorIs(t, err, record.ErrConflict, name)
	}
	// The same entry many times at once is recorded once.
	var wg sync.WaitGroup
	got := make(chan record.Position, 20)
	for range cap(got) {
		wg.Go(func() {
			pos, err := l.Append(ctx, Entry(1))
			if err == nil {
				got <- pos
			}
		})
	}
	wg.Wait()
	close(got)
	n, fresh := 0, 0
	for pos := range got {
		require.Equal(t, int64(1), pos.Index)
		if n++; !pos.Existing {
			fresh++
		}
	}
	require.Equal(t, 20, n)
	require.Equal(t, 1, fresh)
	v, err := l.Verify(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(2), v.Records)
}

// testTogether: entries that are given together are recorded side by side, or none of them.
func testTogether(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	size := func() int64 {
		v, err := l.Verify(ctx)
		require.NoError(t, err)
		return v.Records
	}
	both, err := l.AppendTogether(ctx, Entry(0), Entry(1))
	require.NoError(t, err)
	require.Equal(t, []int64{0, 1}, []int64{both[0].Index, both[1].Index})
	again, err := l.AppendTogether(ctx, Entry(0), Entry(1))
	require.NoError(t, err)
	require.True(t, again[0].Existing && again[1].Existing)
	half, err := l.AppendTogether(ctx, Entry(1), Entry(2))
	require.NoError(t, err)
	require.True(t, half[0].Existing && !half[1].Existing, "what is there is there, the rest is recorded")

	other := Entry(1)
	other.Body = json.RawMessage(`{}`)
	early := Entry(5)
	early.Time = Start.Add(-time.Hour)
	for name, refused := range map[string]struct {
		entries []record.Entry
		err     error
	}{
		"the second conflicts": {[]record.Entry{Entry(4), other}, record.ErrConflict}, "the first conflicts": {[]record.Entry{other, Entry(4)}, record.ErrConflict},
		"one is too early": {[]record.Entry{Entry(4), early}, record.ErrClock},
	} {
		_, err := l.AppendTogether(ctx, refused.entries...)
		require.ErrorIs(t, err, refused.err, name)
	}
	var wrong *record.EntryError
	_, err = l.AppendTogether(ctx, Entry(4), Entry(4))
	require.ErrorAs(t, err, &wrong)
	_, err = l.Get(ctx, Entry(4).ID)
	require.ErrorIs(t, err, record.ErrNotFound)
	require.Equal(t, int64(3), size())
	none, err := l.AppendTogether(ctx)
	require.NoError(t, err)
	require.Empty(t, none)

	// One of each pair of those that want the same id is recorded, and nothing of the others.
	const pairs = 40
	var wg sync.WaitGroup
	won := make(chan []record.Position, pairs)
	for i := range pairs {
		wg.Go(func() {
			own, shared := Entry(100+i), Entry(200+i/2)
			own.Time, shared.Time = Start, Start
			shared.Body = json.RawMessage(fmt.Sprintf(`{"of":%d}`, i))
			if places, err := l.AppendTogether(ctx, own, shared); err == nil {
				won <- places
			} else if !errors.Is(err, record.ErrConflict) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	close(won)
	for places := range won {
		require.Equal(t, places[0].Index+1, places[1].Index)
	}
	require.Equal(t, int64(3+pairs), size())
}

func testRefused(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	open := mk(t)
	l := Open(t, open(), signer, verifier)
	_, err := l.Append(ctx, record.Entry{ID: "a\nb", Kind: "No", Regimes: []string{"XX"}, Body: json.RawMessage(`{ }`),
		EventDay: "yesterday", Statement: json.RawMessage(`{`)})
	var bad *record.EntryError
	require.ErrorAs(t, err, &bad)
	for _, field := range []string{"id:", "kind:", "time:", "regimes[0]:", "body:", "event_day:", "statement:"} {
		require.ErrorContains(t, err, field)
	}
	_, err = l.Append(ctx, record.Entry{ID: "x", Kind: record.Deletion, Time: Start})
	require.ErrorAs(t, err, &bad)

	_, err = l.Append(ctx, Entry(100))
	require.NoError(t, err)
	early := Entry(0)
	_, err = l.Append(ctx, early)
	require.ErrorIs(t, err, record.ErrClock)
	early.Time = Entry(100).Time.Add(-time.Minute)
	_, err = l.Append(ctx, early)
	require.NoError(t, err, "a skew of a minute is let through")

	reader := Open(t, open(), "", verifier)
	_, err = reader.Append(ctx, Entry(101))
	require.ErrorIs(t, err, record.ErrReadOnly)
	_, err = reader.Verify(ctx)
	require.NoError(t, err)

	otherSigner, otherVerifier := Keys(t)
	_, err = record.Open(ctx, record.Config{Store: open(), Verifier: otherVerifier})
	require.ErrorIs(t, err, record.ErrTampered)
	_, err = record.Open(ctx, record.Config{Store: open(), Signer: otherSigner, Verifier: verifier})
	require.ErrorIs(t, err, record.ErrKey)
	require.NoError(t, l.Close())
	_, err = l.Append(ctx, Entry(102))
	require.ErrorIs(t, err, record.ErrClosed)
}

func testReopen(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	open := mk(t)
	size := 0
	for _, grow := range []int{1, 254, 1, 1, 3, 300} { // up to, on and over the edge of a tile
		l := Open(t, open(), signer, verifier)
		Fill(t, l, size, size+grow)
		size += grow
		require.NoError(t, l.Close())
	}
	l := Open(t, open(), signer, verifier)
	// The clock guard knows the log's latest after opening.
	_, err := l.Append(ctx, record.Entry{ID: "late", Kind: record.Audit, Time: Start})
	require.ErrorIs(t, err, record.ErrClock)
	v, err := l.Verify(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(size), v.Records)
	require.Equal(t, int64(2), v.Tiles)
}

func testConcurrent(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	open := mk(t)
	logs := []*record.Log{Open(t, open(), signer, verifier), Open(t, open(), signer, verifier), Open(t, open(), signer, verifier)}
	const writers, each = 24, 25
	var wg sync.WaitGroup
	positions := make(chan record.Position, writers*each)
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				e := Entry(w*each + i)
				e.Time = Start
				if pos, err := logs[w%len(logs)].Append(ctx, e); err == nil {
					positions <- pos
				}
			}
		})
	}
	wg.Wait()
	close(positions)
	seen := map[int64]bool{}
	for pos := range positions {
		require.False(t, seen[pos.Index])
		seen[pos.Index] = true
	}
	require.Len(t, seen, writers*each)
	for _, l := range logs {
		v, err := l.Verify(ctx)
		require.NoError(t, err)
		require.Equal(t, int64(writers*each), v.Records)
	}
}

// testGrown: an append knows what kinds of records others appended before it.
func testGrown(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	open := mk(t)
	one, other := Open(t, open(), signer, verifier), Open(t, open(), signer, verifier)
	kind := func(l *record.Log, kind record.Kind, n int) {
		t.Helper()
		_, err := l.Append(ctx, record.Entry{ID: fmt.Sprintf("%s/%d", kind, n), Kind: kind, Time: Start})
		require.NoError(t, err)
	}
	require.False(t, one.Grown("visit", 0))
	kind(one, "visit", 0)
	kind(one, "letter", 1)
	require.True(t, one.Grown("visit", 0))
	require.False(t, one.Grown("visit", 1))
	require.True(t, one.Grown("letter", 1))
	require.False(t, other.Grown("visit", 0), "it has not looked yet")
	kind(other, "letter", 2)
	require.True(t, other.Grown("visit", 0))
	require.False(t, other.Grown("visit", 1))
	require.True(t, other.Grown("letter", 2))

	// Of a log that was long when it was opened not everything is read.
	Fill(t, one, 0, 2100)
	late := Open(t, open(), signer, verifier)
	require.True(t, late.Grown("visit", 1), "there may be one")
	require.False(t, late.Grown("visit", 2103))
	require.True(t, late.Grown(record.Report, 2102))
}

func testRolledBack(t *testing.T, mk Make) {
	ctx := context.Background()
	store := mk(t)()
	defer store.Close()
	stop := errors.New("stop")
	err := store.Update(ctx, func(w record.Writer) error {
		require.NoError(t, w.Insert(ctx, []*record.Row{{Index: 0, ID: "a", Kind: record.Report, Subject: "a", Leaf: []byte("x")}}))
		require.NoError(t, w.SetHead(ctx, []byte("head")))
		return stop
	})
	require.ErrorIs(t, err, stop)
	require.NoError(t, store.View(ctx, func(r record.Reader) error {
		head, err := r.Head(ctx)
		require.NoError(t, err)
		require.Nil(t, head)
		found, err := r.Find(ctx, []string{"a"})
		require.NoError(t, err)
		require.Empty(t, found)
		return nil
	}))
}

func testSnapshot(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	open := mk(t)
	l := Open(t, open(), signer, verifier)
	Fill(t, l, 0, 2)
	store := open()
	defer store.Close()
	require.NoError(t, store.View(ctx, func(r record.Reader) error {
		before, err := r.Head(ctx)
		require.NoError(t, err)
		Fill(t, l, 2, 4)
		after, err := r.Head(ctx)
		require.NoError(t, err)
		require.Equal(t, before, after)
		n := 0
		require.NoError(t, r.Rows(ctx, 0, 10, func(*record.Row) error { n++; return nil }))
		require.Equal(t, 2, n)
		return nil
	}))
}

// testFirst reads an empty log while its first records are appended: neither may take the other for tampering.
func testFirst(t *testing.T, mk Make) {
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	done := make(chan error)
	go func() {
		for i := range 20 {
			if _, err := l.Append(context.Background(), Entry(i)); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for {
		_, err := l.Verify(context.Background())
		require.NoError(t, err)
		_, err = l.ProveInclusion(context.Background(), 0)
		if err != nil {
			require.ErrorIs(t, err, record.ErrNotFound)
		}
		select {
		case err := <-done:
			require.NoError(t, err)
			return
		default:
		}
	}
}

func testWithdrawn(t *testing.T, mk Make) {
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := l.Append(ctx, Entry(0))
	require.ErrorIs(t, err, context.Canceled)
	_, err = l.Get(context.Background(), Entry(0).ID)
	require.ErrorIs(t, err, record.ErrNotFound)
}
