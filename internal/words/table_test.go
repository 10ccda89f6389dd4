package words

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSmoke(t *testing.T) {
	s, n := Forms().At([]string{"example", "limited", "liability", "company"}, 1)
	require.Equal(t, 3, n)
	require.Equal(t, FormLLC, s[0].Class)
	require.NotZero(t, Orgs().Len())
	require.NotZero(t, Places().Len())
	require.NotZero(t, Titles().Len())
	require.NotZero(t, Particles().Len())
	require.Equal(t, SameSpelling, NameRelation("mohamed", "muhammad"))
	require.True(t, Stop("of"))
	v, n := Number([]string{"twenty", "ninth"}, 0)
	require.Equal(t, [2]int{29, 2}, [2]int{v, n})
	require.True(t, Confusable("rn", "m"))
}
