package screening_test

import (
	"context"
	"flag"
	"fmt"
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

// BenchmarkRescreenParties looks, after a change of one entity in a hundred of a list of 25,000, for the parties
// it touches. It says how many parties were looked at in a second and how many were touched.
func BenchmarkRescreenParties(b *testing.B) {
	r := newNamer()
	was := lists.List{ID: "un", Title: "List", Regime: "UN", Published: today}
	for i := range 25_000 {
		was.Entities = append(was.Entities, r.entity(fmt.Sprint(i)))
	}
	now := was
	now.Entities = slices.Clone(was.Entities)
	for i := range 250 {
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
	parties := make([]screening.Party, *rescreenParties)
	for i := range parties {
		parties[i] = screening.Party{
			ID: fmt.Sprint(i), Name: r.company(), Kind: "organization", Country: "DE",
			Addresses: []screening.Address{{Street: fmt.Sprintf("%s Road %d", r.brand(), r.IntN(300)), City: r.brand(), Country: "DE"}},
		}
		if i%1000 == 0 {
			parties[i].Name = now.Entities[r.IntN(len(now.Entities))].PrimaryName()
		}
	}
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
