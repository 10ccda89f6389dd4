package screening_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// 64 goroutines screen while the lists are replaced, compared and rescreened: every report is of one generation,
// the one its digest names.
func TestScreeningWhileListsAreReplaced(t *testing.T) {
	const generations = 6
	generation := func(n int) *lists.Snapshot {
		var all []lists.List
		for _, id := range []string{"un", "cn-control"} {
			e := listed()
			e.Measures[0].Notice = fmt.Sprint("Notice ", n)
			all = append(all, lists.List{ID: id, Title: id, Regime: "UN", Published: today, Entities: []lists.Entity{e}})
		}
		s, err := lists.NewSnapshot(all...)
		require.NoError(t, err)
		return s
	}
	notices := map[string]string{} // by digest
	for n := range generations {
		notices[generation(n).Digest()] = fmt.Sprint("Notice ", n)
	}
	first, err := lists.NewIndex(generation(0))
	require.NoError(t, err)
	holder := lists.NewHolder(first)
	cfg, err := builtIn()
	require.NoError(t, err)
	cfg.Lists = holder
	cfg.Recorder = screening.RecorderFunc(func(context.Context, screening.Record) error { return nil })
	s, err := screening.New(cfg)
	require.NoError(t, err)
	o := order()
	o.Parties[1].Name = "Vorzelmann Trikotronik GmbH"
	check := func(rep *screening.Report) error {
		want, cited := notices[rep.Inputs.Snapshot], 0
		for _, f := range rep.Findings {
			if f.Kind == screening.ListedParty {
				if cited++; f.Sources[0].Citation != want {
					return fmt.Errorf("%s in a report on the lists of %s", f.Sources[0].Citation, want)
				}
			}
		}
		if cited != 2 {
			return fmt.Errorf("%d hits, not one of each list", cited)
		}
		return nil
	}
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			for ctx.Err() == nil {
				rep, err := s.Screen(context.Background(), o, screening.Request{At: at})
				if err == nil {
					err = check(rep)
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for n := 1; n < generations; n++ {
		was := holder.Current()
		changes, err := holder.Update(t.Context(), func(context.Context, *lists.Snapshot) (*lists.Snapshot, error) { return generation(n), nil })
		require.NoError(t, err)
		require.Len(t, changes, 2)
		again := 0
		for res := range s.Rescreen(t.Context(), was, slices.Values([]screening.Order{o, order()}), 2, func(*screening.Order) screening.Request { return screening.Request{At: at} }) {
			require.NoError(t, res.Err)
			require.NoError(t, check(res.Report))
			require.Equal(t, holder.Current().Snapshot().Digest(), res.Report.Inputs.Snapshot)
			again++
		}
		require.Equal(t, 1, again)
	}
	stop()
	wg.Wait()
}
