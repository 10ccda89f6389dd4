package screening_test

import (
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

func TestOutcomesAreOrdered(t *testing.T) {
	for i, o := range screening.Outcomes {
		parsed, err := screening.ParseOutcome(string(o))
		require.NoError(t, err)
		require.Equal(t, o, parsed)
		require.Equal(t, i > 1, o.Holds(), o)
		require.Equal(t, o.Holds(), o.BlockCode() != "", o)
		for j, p := range screening.Outcomes {
			require.Equal(t, screening.Outcomes[max(i, j)], o.Max(p))
			require.Equal(t, screening.Outcomes[min(i, j)], o.Min(p))
		}
	}
	_, err := screening.ParseOutcome("fine")
	require.Error(t, err)
}

// An outcome nobody knows must never let an order pass.
func TestUnknownOutcomeHolds(t *testing.T) {
	require.True(t, screening.Outcome("fine").Holds())
	require.Equal(t, screening.Outcome("fine"), screening.Stop.Max("fine"))
}
