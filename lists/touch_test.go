package lists

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// vocabulary is what names are made of; some of its words are a slip or two apart.
var vocabulary = strings.Fields("Vorzelmann Vorzelman Vorzalmenn Trikotronik Trikotronic Zanzarra Quibblewick Quibblewik Machine Works Trading Ali Ahmed Ahmad 东方 精密 机床")

// drawName is a name of one to three words.
func drawName(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 3).Draw(t, "name"), " ")
}

func drawKind(t *rapid.T) Kind {
	return rapid.SampledFrom([]Kind{Unknown, Organization, Person}).Draw(t, "kind")
}

func drawEntity(t *rapid.T, id string) Entity {
	e := Entity{ID: id, Kind: drawKind(t), Names: []Name{{Text: drawName(t), Kind: PrimaryName}}}
	if rapid.Bool().Draw(t, "alias") {
		e.Names = append(e.Names, Name{Text: drawName(t), Kind: rapid.SampledFrom([]NameKind{Alias, WeakAlias}).Draw(t, "alias kind")})
	}
	e.Addresses = drawAddresses(t)
	return e
}

// drawAddresses are an address or two, or none, of a few houses of which some have names alike.
func drawAddresses(t *rapid.T) []Address {
	var all []Address
	for range max(0, rapid.IntRange(-3, 2).Draw(t, "addresses")) {
		all = append(all, Address{Text: fmt.Sprintf("%d %s, Musterstadt", rapid.IntRange(1, 3).Draw(t, "house"),
			rapid.SampledFrom([]string{"Beispielgasse", "Beispielgassen", "Musterallee", "Muster Werkhof"}).Draw(t, "street"))})
	}
	return all
}

// others are unchanged entities of other names: in a list of a handful of names every word is common.
func others(n int) []Entity {
	all := make([]Entity, n)
	for i := range all {
		name := make([]byte, 0, 16)
		for k, rest := 0, i; k < 8; k, rest = k+1, rest/5 {
			name = append(name, "bdfgp"[rest%5], "ueoui"[k%5])
		}
		all[i] = Entity{ID: fmt.Sprint("other ", i), Names: []Name{{Text: string(name), Kind: PrimaryName}}}
	}
	return all
}

// Whom a change does not reach finds the same in both indexes.
func TestTouchDismissesNobodyInVain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was := List{ID: "a", Regime: "OWN", Entities: others(400)}
		for i := range rapid.IntRange(1, 25).Draw(t, "entities") {
			was.Entities = append(was.Entities, drawEntity(t, fmt.Sprint(i)))
		}
		now := was
		now.Entities = nil
		for _, e := range was.Entities {
			switch rapid.IntRange(0, 9).Draw(t, "fate") {
			case 0:
				continue // removed
			case 1:
				e = drawEntity(t, e.ID)
			case 2:
				now.Entities = append(now.Entities, drawEntity(t, "before "+e.ID))
			}
			now.Entities = append(now.Entities, e)
		}
		now.Entities = append(now.Entities, drawEntity(t, "last"))
		a, err := NewIndex(mustSnapshot(t, was))
		require.NoError(t, err)
		b, err := NewIndex(mustSnapshot(t, now))
		require.NoError(t, err)
		touch := NewTouch(a, b)
		for range 20 {
			q := Query{Names: []string{drawName(t)}, Kind: drawKind(t), Addresses: drawAddresses(t)}
			before, after, differ := touch.Hits(&q)
			require.True(t, slices.EqualFunc(before, a.Match(q), sameHit) && slices.EqualFunc(after, b.Match(q), sameHit))
			if differ {
				require.True(t, touch.Reaches(&q), "%v %q\nwas %v\nnow %v", q.Names, q.Kind, described(before), described(after))
			}
		}
	})
}

func described(hits []Hit) []string {
	var all []string
	for _, h := range hits {
		all = append(all, fmt.Sprintf("%s %q %s %.2f", h.Entity.ID, h.Entity.Kind, h.Name.Text, h.Score))
	}
	return all
}
