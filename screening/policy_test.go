package screening_test

import (
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

func TestBuiltInPolicy(t *testing.T) {
	p, err := screening.BuiltInPolicy()
	require.NoError(t, err)
	for i, e := range p.Effects {
		require.NotEmpty(t, e.Means.En, i)
		require.NotEmpty(t, e.Means.Zh, i)
		require.NotEmpty(t, e.Next.En, i)
		require.NotEmpty(t, e.Next.Zh, i)
		require.NotEmpty(t, e.Citation, i)
	}
	for i, e := range p.Items {
		require.NotEmpty(t, e.Means.Zh, i)
		require.NotEmpty(t, e.Next.Zh, i)
	}
	again, err := screening.LoadPolicy(strings.NewReader(string(p.Bytes())))
	require.NoError(t, err)
	require.Equal(t, p.Digest(), again.Digest())
}

func TestModifyGivesAnotherDigest(t *testing.T) {
	p, err := screening.BuiltInPolicy()
	require.NoError(t, err)
	q, err := p.Modify(func(p *screening.Policy) { p.MaxListAge = 30 })
	require.NoError(t, err)
	require.Equal(t, 30, q.MaxListAge)
	require.NotEqual(t, p.Digest(), q.Digest())
	require.Equal(t, p.Effects, q.Effects)
	require.Equal(t, p.Ownership[0].Percent.String(), q.Ownership[0].Percent.String())

	_, err = p.Modify(func(p *screening.Policy) { p.Effects = p.Effects[:3] })
	require.ErrorContains(t, err, "last row must fit every hit")
}

func TestLoadPolicyNamesEveryDefect(t *testing.T) {
	const bad = `
schema: ordergate.policy/9
confirm: 2
max_list_age_days: 0
effects:
  - {list: un, roles: [friend], items: [toy], outcome: forbid, without_nexus: maybe, means: {en: x, zh: y}}
items:
  - {list: CN-DUCL, outcome: forbid}
ownership:
  - {id: o, regime: US, percent: "150", timeline: [{status: not_yet, from: "2026-12-01"}]}
conflicts:
  - {id: c, forbids: US, by: CN}
`
	_, err := screening.LoadPolicy(strings.NewReader(bad))
	for _, want := range []string{
		"schema:", "version:", "confirm:", "max_list_age_days:", "effects[0].outcome", "effects[0].without_nexus",
		"effects[0].roles", "effects[0].items", "items[0].outcome", "items: the last row", "effects: the last row",
		"ownership[0].percent", "ownership[0]: timeline[0]", "conflicts[0].names",
	} {
		require.ErrorContains(t, err, want)
	}
	_, err = screening.LoadPolicy(strings.NewReader("schema: ordergate.policy/1\nthreshhold: 1\n"))
	require.ErrorContains(t, err, "threshhold")
}

func FuzzLoadPolicy(f *testing.F) {
	p, err := screening.BuiltInPolicy()
	require.NoError(f, err)
	f.Add(string(p.Bytes()))
	f.Add("schema: ordergate.policy/1\nversion: x\n")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := screening.LoadPolicy(strings.NewReader(s))
		if err == nil {
			require.NotEmpty(t, p.Effects, "a policy without effects was accepted")
		} else {
			require.Nil(t, p)
		}
	})
}
