package script

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// shared reads a file of the development data, or skips the test where it is absent.
func shared(t *testing.T, name string) []map[string]string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "bench", "search", name)
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("development data not here: %v", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, k := range rows[0] {
			m[k] = r[i]
		}
		out = append(out, m)
	}
	return out
}

// accepted is the cost for each letter under which a word agrees with a spelling in this test.
const accepted = 0.12

// How many words of people's names in their own script agree with a word of their listed names, and how many with
// a word of somebody else's: common names agree by right.
func TestAgreementOnPeople(t *testing.T) {
	listed := map[string][][]string{}
	for _, e := range shared(t, "uk_latin_only.csv") {
		for n := range strings.SplitSeq(e["name"]+"|"+e["aliases"], "|") {
			listed[e["id"]] = append(listed[e["id"]], Words(n))
		}
	}
	type tally struct{ words, own, other int }
	tallies := map[string]*tally{}
	rows := shared(t, "scripts_dev.csv")
	for i, r := range rows {
		if r["kind"] != "person" || r["script"] == "cyrillic" && i%4 > 0 && testing.Short() {
			continue
		}
		other := rows[(i*37+211)%len(rows)]
		n := tallies[r["script"]]
		if n == nil {
			n = &tally{}
			tallies[r["script"]] = n
		}
		for _, q := range Words(r["query"]) {
			w := Parse(q)
			if w.Size() == 0 {
				continue
			}
			n.words++
			if agrees(w, listed[r["expected_id"]]) {
				n.own++
			}
			if agrees(w, listed[other["expected_id"]]) {
				n.other++
			}
		}
	}
	for script, least := range map[string]float64{"cyrillic": 0.97, "arabic": 0.94, "georgian": 0.9} {
		n := tallies[script]
		own, other := float64(n.own)/float64(n.words), float64(n.other)/float64(n.words)
		t.Logf("%s: %d words, %.1f %% agree with their own listed name, %.1f %% with another", script, n.words, 100*own, 100*other)
		require.GreaterOrEqual(t, own, least, script)
		require.LessOrEqual(t, other, 0.03, script)
	}
}

func agrees(w Word, names [][]string) bool {
	best := math.Inf(1)
	for _, n := range names {
		for _, l := range n {
			best = min(best, w.Cost(l))
		}
	}
	return best <= accepted*float64(w.Size())
}
