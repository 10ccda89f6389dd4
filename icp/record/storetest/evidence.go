package storetest

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
)

func testProofs(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	var old [][]byte
	size := 0
	for _, to := range []int{1, 2, 7, 255, 256, 257, 513, 700} {
		Fill(t, l, size, to)
		size = to
		signed, err := l.Checkpoint(ctx)
		require.NoError(t, err)
		c, err := record.ParseCheckpoint(signed, verifier)
		require.NoError(t, err)
		require.Equal(t, int64(size), c.Size)
		old = append(old, signed)
		for _, signed := range old {
			p, err := l.ProveConsistency(ctx, signed)
			require.NoError(t, err)
			_, head, err := p.Check(verifier)
			require.NoError(t, err)
			require.Equal(t, int64(size), head.Size)
		}
		for _, i := range []int64{0, 1, int64(size) / 2, int64(size) - 1} {
			if i >= int64(size) {
				continue
			}
			p, err := l.ProveInclusion(ctx, i)
			require.NoError(t, err)
			rec, err := l.At(ctx, i)
			require.NoError(t, err)
			_, err = p.Check(rec[0].Leaf, verifier)
			require.NoError(t, err)
			_, err = p.Check(append(rec[0].Leaf, '\n'), verifier)
			require.ErrorIs(t, err, record.ErrTampered)
		}
	}
	_, err := l.ProveInclusion(ctx, int64(size))
	require.ErrorIs(t, err, record.ErrNotFound)
	_, err = l.Verify(ctx, old...)
	require.NoError(t, err)

	// A log that does not go on from a checkpoint cannot prove that it does.
	other := Open(t, mk(t)(), signer, verifier)
	Fill(t, other, 0, 3)
	_, err = other.ProveConsistency(ctx, old[1])
	require.ErrorIs(t, err, record.ErrTampered)
	_, err = other.Verify(ctx, old[1])
	require.ErrorIs(t, err, record.ErrTampered)
	_, err = other.Verify(ctx, old[4]) // as an older copy would look
	require.ErrorIs(t, err, record.ErrTampered)
}

// testTampered changes a store through its own interface.
func testTampered(t *testing.T, mk Make) {
	ctx := context.Background()
	for name, change := range map[string]func(w record.Writer) error{
		"part erased": func(w record.Writer) error { return w.Clear(ctx, 5, []int{2}) },
		"row added": func(w record.Writer) error {
			return w.Insert(ctx, []*record.Row{{Index: 300, ID: "x", Kind: record.Report, Leaf: []byte("x")}})
		},
		"tile added": func(w record.Writer) error {
			return w.InsertTiles(ctx, []*record.Tile{{Level: 1, Index: 0, Data: make([]byte, 8192)}})
		},
		"head changed": func(w record.Writer) error {
			head, err := w.Head(ctx)
			if err != nil {
				return err
			}
			return w.SetHead(ctx, bytes.Replace(head, []byte("\n300\n"), []byte("\n299\n"), 1))
		},
	} {
		t.Run(name, func(t *testing.T) {
			signer, verifier := Keys(t)
			open := mk(t)
			l := Open(t, open(), signer, verifier)
			Fill(t, l, 0, 300)
			_, err := l.Verify(ctx)
			require.NoError(t, err)
			store := open()
			defer store.Close()
			require.NoError(t, store.Update(ctx, change))
			v, err := l.Verify(ctx)
			require.ErrorIs(t, err, record.ErrTampered)
			require.NotEmpty(t, v.Problems)
		})
	}
}

func testRetention(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	add := func(i int, subject string, at time.Time, regimes ...string) {
		e := Entry(i)
		e.Subject, e.Time, e.Regimes = subject, at, regimes
		_, err := l.Append(ctx, e)
		require.NoError(t, err)
	}
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 12, 0, 0, 0, time.UTC) }
	add(0, "A", day(2026, 3, 2), "CN")
	add(1, "B", day(2026, 3, 2), "CN", "OFAC")
	add(2, "A", day(2026, 6, 30), "EAR")
	add(3, "C", day(2026, 7, 1))
	add(4, "D", day(2026, 7, 1), "UK")
	due, err := l.Due(ctx, "2031-06-30")
	require.NoError(t, err)
	require.Len(t, due, 1)
	require.Equal(t, "D", due[0].Subject)
	due, err = l.Due(ctx, "2031-07-01")
	require.NoError(t, err)
	require.Len(t, due, 2)
	require.Equal(t, record.Term{Subject: "A", Latest: "2026-06-30", Rule: due[0].Rule, DueOn: "2031-07-01", Records: 2, Personal: 2}, due[0])
	require.Equal(t, 5, due[0].Rule.Years)

	order := record.DeletionOrder{ID: "deletion/1", Time: day(2031, 7, 1), By: "records officer", Reason: "term passed", Subjects: []string{"A", "B"}}
	_, err = l.Delete(ctx, order)
	require.ErrorIs(t, err, record.ErrNotDue)
	rec, err := l.Get(ctx, Entry(0).ID)
	require.NoError(t, err)
	require.NotNil(t, rec.Body, "nothing is deleted unless all is due")

	order.Subjects, order.PersonalOnly = []string{"A"}, true
	pos, err := l.Delete(ctx, order)
	require.NoError(t, err)
	require.Equal(t, int64(5), pos.Index)
	rec, err = l.Get(ctx, Entry(0).ID)
	require.NoError(t, err)
	require.Equal(t, []string{"personal"}, rec.Erased)
	require.Nil(t, rec.Personal)
	require.Nil(t, rec.Keys.Persons)
	require.Equal(t, Entry(0).Keys.Parties, rec.Keys.Parties)
	_, err = l.Verify(ctx)
	require.NoError(t, err)

	again, err := l.Delete(ctx, order)
	require.NoError(t, err)
	require.True(t, again.Existing)
	order.PersonalOnly = false
	_, err = l.Delete(ctx, order)
	require.ErrorIs(t, err, record.ErrConflict)
	order.ID = "deletion/2"
	_, err = l.Delete(ctx, order)
	require.NoError(t, err)
	rec, err = l.Get(ctx, Entry(0).ID)
	require.NoError(t, err)
	require.Equal(t, []string{"facts", "statement", "body", "personal"}, rec.Erased)
	recs, err := l.Subject(ctx, "A")
	require.NoError(t, err)
	require.Empty(t, recs)
	_, err = l.Append(ctx, Entry(0))
	require.Error(t, err, "an id stays taken after deletion")

	v, err := l.Verify(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(8), v.Erased)
	p, err := l.ProveInclusion(ctx, 0)
	require.NoError(t, err)
	_, err = p.Check(rec.Leaf, verifier)
	require.NoError(t, err, "the leaf of a deleted record still proves")

	order.ID, order.Subjects = "deletion/3", []string{"deletion/1"}
	order.Time = day(2099, 1, 1)
	_, err = l.Delete(ctx, order)
	require.ErrorIs(t, err, record.ErrNotFound, "a deletion is never deleted")
}

func testHold(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	for i := range 4 {
		_, err := l.Append(ctx, Entry(i))
		require.NoError(t, err)
	}
	later := Start.AddDate(6, 0, 0)
	_, err := l.PlaceHold(ctx, "hold/1", later, record.Hold{Name: "request 7", By: "counsel"})
	require.Error(t, err)
	_, err = l.PlaceHold(ctx, "hold/1", later, record.Hold{Name: "request 7", By: "counsel", Reason: "authority's request", Subjects: []string{"SO-00000"}})
	require.NoError(t, err)
	due, err := l.Due(ctx, "2032-03-02")
	require.NoError(t, err)
	require.Len(t, due, 2)
	require.Equal(t, "request 7", due[0].Hold)
	require.Empty(t, due[1].Hold)
	order := record.DeletionOrder{ID: "deletion/1", Time: later, By: "records officer", Reason: "term passed", Subjects: []string{"SO-00000"}}
	_, err = l.Delete(ctx, order)
	require.ErrorIs(t, err, record.ErrHeld)
	_, err = l.LiftHold(ctx, "hold/2", later, "request 8", "counsel", "answered")
	require.ErrorIs(t, err, record.ErrNotFound)
	_, err = l.LiftHold(ctx, "hold/2", later, "request 7", "counsel", "answered")
	require.NoError(t, err)
	holds, err := l.Holds(ctx)
	require.NoError(t, err)
	require.Empty(t, holds)
	_, err = l.Delete(ctx, order)
	require.NoError(t, err)
	_, err = l.Verify(ctx)
	require.NoError(t, err)

	// A pack of the subject says what became of it: the hold, its end and the deletion.
	for subject, want := range map[string]int64{"SO-00000": 3, "SO-00001": 2} {
		var pack bytes.Buffer
		n, err := l.Export(ctx, &pack, record.ExportOptions{Subjects: []string{subject}})
		require.NoError(t, err)
		require.Equal(t, want, n, subject)
		_, err = record.VerifyPack(bytes.NewReader(pack.Bytes()), int64(pack.Len()), verifier)
		require.NoError(t, err)
	}
}

// RunQueue runs the conformance tests of a queue.
func RunQueue(t *testing.T, q record.Queue) {
	ctx := context.Background()
	var tasks []record.Task
	for i := range 20 {
		tasks = append(tasks, record.Task{ID: Entry(i).ID, Kind: "rescreen", Payload: json.RawMessage(`{"why":"list update"}`),
			NotBefore: Start.Add(time.Duration(i/10) * time.Hour)})
	}
	require.NoError(t, q.Put(ctx, tasks...))
	require.NoError(t, q.Put(ctx, tasks[3]), "a task that waits is left as it is")

	none, err := q.Claim(ctx, "case", "w1", Start, time.Minute, 10)
	require.NoError(t, err)
	require.Empty(t, none)
	got, err := q.Claim(ctx, "rescreen", "w1", Start, time.Minute, 4)
	require.NoError(t, err)
	require.Len(t, got, 4)
	require.Equal(t, tasks[0].ID, got[0].ID)
	require.JSONEq(t, `{"why":"list update"}`, string(got[0].Payload))
	require.Equal(t, 1, got[0].Attempts)
	require.True(t, got[0].NotBefore.Equal(Start))

	require.ErrorIs(t, q.Finish(ctx, got[0].ID, "w2"), record.ErrNotFound)
	require.NoError(t, q.Finish(ctx, got[0].ID, "w1"))
	require.ErrorIs(t, q.Finish(ctx, got[0].ID, "w1"), record.ErrNotFound)
	require.NoError(t, q.Return(ctx, got[1].ID, "w1", Start.Add(3*time.Hour)))

	// Two leases run out; with the six never claimed eight may be done. Many workers share them, each task once.
	now := Start.Add(2 * time.Minute)
	seen := make(chan string, 40)
	errs := make(chan error, 8)
	for w := range 8 {
		go func() {
			for {
				got, err := q.Claim(ctx, "rescreen", string(rune('a'+w)), now, time.Minute, 2)
				if err != nil || len(got) == 0 {
					errs <- err
					return
				}
				for _, task := range got {
					seen <- task.ID
				}
			}
		}()
	}
	for range 8 {
		require.NoError(t, <-errs)
	}
	close(seen)
	once := map[string]bool{}
	for id := range seen {
		require.False(t, once[id], "%s was claimed twice", id)
		once[id] = true
	}
	require.Len(t, once, 8)
}
