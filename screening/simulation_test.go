package screening_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// trials is a recorder that keeps simulations apart.
type trials struct {
	memory
	simulated []screening.Record
}

func (r *trials) RecordSimulation(_ context.Context, rec screening.Record) error {
	r.simulated = append(r.simulated, rec)
	return r.err
}

func TestSimulationIsNoScreening(t *testing.T) {
	b := newBench(t, "")
	_, err := b.Screen(t.Context(), order(), screening.Request{At: at, Simulation: "rules of 2027"})
	require.ErrorIs(t, err, screening.ErrRequest, "a recorder of screenings is given no simulation")
	require.Empty(t, b.records)

	c, err := classifier()
	require.NoError(t, err)
	rec := &trials{}
	s, err := screening.New(screening.Config{Lists: b.index, Classifier: c, Recorder: rec})
	require.NoError(t, err)
	screened, err := s.Screen(t.Context(), order(), screening.Request{At: at})
	require.NoError(t, err)
	rep, err := s.Screen(t.Context(), order(), screening.Request{At: at, Simulation: "rules of 2027"})
	require.NoError(t, err)

	require.Equal(t, screening.SimulationSchema, rep.Schema)
	require.Equal(t, "rules of 2027", rep.Simulation)
	require.NotEqual(t, screened.ID, rep.ID)
	require.Equal(t, screened.Findings, rep.Findings, "it finds what a screening finds")
	require.Len(t, rec.records, 1)
	require.Len(t, rec.simulated, 1)
	require.Equal(t, "rules of 2027", rec.simulated[0].Simulation)

	var kept struct{ Schema string }
	require.NoError(t, json.Unmarshal(rec.simulated[0].Report, &kept))
	require.Equal(t, screening.SimulationSchema, kept.Schema)

	rec.err = context.DeadlineExceeded
	_, err = s.Screen(t.Context(), order(), screening.Request{At: at, Simulation: "x"})
	require.ErrorIs(t, err, screening.ErrNotRecorded)
}
