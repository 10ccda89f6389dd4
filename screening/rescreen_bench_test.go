package screening_test

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// rescreenParties is how many parties the benchmark has. The million of testdata/bench/lists.md is
//
//	go test ./screening -run '^$' -bench RescreenParties -benchtime 1x -rescreen.parties 1000000
var rescreenParties = flag.Int("rescreen.parties", 20_000, "parties in the benchmark of a rescreening")

// namer makes up names of companies and persons: a word or two of their own, then words that others share, some
// far more often than others.
type namer struct {
	*rand.Rand
	shared *rand.Zipf
}

func newNamer() namer {
	r := rand.New(rand.NewPCG(4, 1))
	return namer{r, rand.NewZipf(r, 1.1, 8, uint64(len(shared)-1))}
}

var (
	syllables = strings.Fields("ba cor del fen gra hol jin kar lum mer nor pel quin ros sten tar ul ven wex yor zan bri cha dro")
	legal     = strings.Fields("Ltd LLC GmbH Co JSC FZE Limited Inc")
	shared    = strings.Fields(`Trading International Technology Industrial Group Moscow Company Research Shipping Engineering Tehran General Institute
		Electronics Import Export Machinery Hong Kong Dubai Services Chemical Oil Energy Logistics Aviation Marine Systems Istanbul Bank Petroleum Gas
		Shanghai Development Investment Construction Instruments Steel Beijing Medical Damascus Metals Plastics Minsk Equipment Software Auto Parts
		Mining Textile Consulting Hamburg Optical Singapore Design Foods Lahore Paper Furniture Telecom Karachi Agro Robotics Beirut Laser Tashkent
		Bearings Cement Almaty Pumps Valves Lagos Glass Rubber Ankara Batteries Cables Baku Sensors Tools Nairobi Ceramics Printing Yerevan Motors`)
)

func (r namer) of(words []string) string { return words[r.IntN(len(words))] }

func (r namer) brand() string {
	s := r.of(syllables) + r.of(syllables) + r.of(syllables)
	return strings.ToUpper(s[:1]) + s[1:]
}

func (r namer) company() string {
	words := []string{r.brand()}
	for range r.IntN(2) {
		words = append(words, r.brand())
	}
	for range r.IntN(3) {
		words = append(words, shared[r.shared.Uint64()])
	}
	return strings.Join(append(words, r.of(legal)), " ")
}

func (r namer) entity(id string) lists.Entity {
	e := lists.Entity{ID: id, Kind: lists.Organization, Names: []lists.Name{{Text: r.company(), Kind: lists.PrimaryName}}}
	for range r.IntN(3) {
		e.Names = append(e.Names, lists.Name{Text: r.company(), Kind: lists.Alias})
	}
	e.Addresses = []lists.Address{{Text: fmt.Sprintf("%d %s Street, %s", r.IntN(300), r.brand(), r.brand())}}
	return e
}

// change is a list of made-up entities, the same after a change of one in a hundred, and customers, one in a thousand of
// them listed.
func (r namer) change(entities, customers int) (was, now lists.List, parties []screening.Party) {
	was = lists.List{ID: "un", Title: "List", Regime: "UN", Published: today}
	for i := range entities {
		was.Entities = append(was.Entities, r.entity(fmt.Sprint(i)))
	}
	now = was
	now.Entities = slices.Clone(was.Entities)
	for i := range entities / 100 {
		at := r.IntN(len(now.Entities))
		switch i % 3 {
		case 0:
			now.Entities = slices.Delete(now.Entities, at, at+1)
		case 1:
			now.Entities = append(now.Entities, r.entity(fmt.Sprint("new ", i)))
		case 2:
			now.Entities[at].Names = append(slices.Clone(now.Entities[at].Names), lists.Name{Text: r.company(), Kind: lists.Alias})
		}
	}
	parties = make([]screening.Party, customers)
	for i := range parties {
		parties[i] = screening.Party{
			ID: fmt.Sprint(i), Name: r.company(), Kind: "organization", Country: "DE",
			Addresses: []screening.Address{{Street: fmt.Sprintf("%s Road %d", r.brand(), r.IntN(300)), City: r.brand(), Country: "DE"}},
		}
		if i%1000 == 0 {
			parties[i].Name = now.Entities[r.IntN(len(now.Entities))].PrimaryName()
		}
	}
	return was, now, parties
}

// BenchmarkRescreenParties looks, after a change of one entity in a hundred of a list of 25,000, for the parties
// it touches. It says how many parties were looked at in a second and how many were touched.
func BenchmarkRescreenParties(b *testing.B) {
	was, now, parties := newNamer().change(25_000, *rescreenParties)
	s := newRescreened(b, []lists.List{was}, []lists.List{now})
	touched := 0
	for b.Loop() {
		touched = 0
		for c := range s.RescreenParties(context.Background(), s.was, slices.Values(parties), 0) {
			require.NoError(b, c.Err)
			touched++
		}
	}
	b.ReportMetric(float64(len(parties))*float64(b.N)/b.Elapsed().Seconds(), "parties/s")
	b.ReportMetric(float64(touched), "touched")
}

// rescreenProof is how many parties TestRescreenPartiesGivesAllWhoseReportsDiffer screens in full, on the list of the
// benchmark where it is set. The figure of testdata/bench/lists.md is
//
//	go test ./screening -run RescreenPartiesGivesAll -v -rescreen.proof 100000
var rescreenProof = flag.Int("rescreen.proof", 0, "parties screened in full to prove a rescreening")

// A party is given wherever an order of it has another report on the new lists than on the old, by screening it on both.
func TestRescreenPartiesGivesAllWhoseReportsDiffer(t *testing.T) {
	entities, customers := 2500, 1500
	if *rescreenProof > 0 {
		entities, customers = 25_000, *rescreenProof
	}
	was, now, parties := newNamer().change(entities, customers)
	r := newRescreened(t, []lists.List{was}, []lists.List{now})
	given := map[string]bool{}
	for c := range r.RescreenParties(t.Context(), r.was, slices.Values(parties), 0) {
		require.NoError(t, c.Err)
		given[c.Party.ID] = true
	}
	orders := func(yield func(screening.Order) bool) {
		for _, p := range parties {
			o := order()
			o.ID, p.Roles = p.ID, []screening.Role{screening.Notify}
			o.Parties = []screening.Party{p}
			if !yield(o) {
				return
			}
		}
	}
	request := func(*screening.Order) screening.Request { return screening.Request{At: at} }
	next, stop := iter.Pull(r.on(t, r.was).ScreenAll(t.Context(), orders, 0, request))
	defer stop()
	differ := 0
	for after := range r.on(t, r.now).ScreenAll(t.Context(), orders, 0, request) {
		before, _ := next()
		require.NoError(t, before.Err)
		require.NoError(t, after.Err)
		other := saying(t, before.Report) != saying(t, after.Report)
		require.True(t, given[after.Order.ID] || !other, "%+v", after.Order.Parties)
		if other {
			differ++
		}
	}
	t.Logf("of %d parties %d are given, %d have another report", len(parties), len(given), differ)
	require.Positive(t, differ)
}
