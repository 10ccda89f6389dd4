package screening_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/ordergate/ordergate/screening/trigger/policy"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// rescreened is a screener that has gone from some lists to others.
type rescreened struct {
	was, now *lists.Index
	cfg      screening.Config
	*screening.Screener
	memory
}

// builtIn is a configuration whose parts are read once.
var builtIn = sync.OnceValues(func() (cfg screening.Config, err error) {
	var errs [4]error
	cfg.Classifier, errs[0] = classifier()
	cfg.Rules, errs[1] = trigger.BuiltIn()
	cfg.Tables, errs[2] = policy.BuiltIn()
	cfg.Policy, errs[3] = screening.BuiltInPolicy()
	return cfg, errors.Join(errs[:]...)
})

func newRescreened(t require.TestingT, was, now []lists.List) *rescreened {
	r := &rescreened{was: indexOf(t, was), now: indexOf(t, now)}
	var err error
	r.cfg, err = builtIn()
	require.NoError(t, err)
	r.cfg.Lists, r.cfg.Recorder = r.now, &r.memory
	r.Screener, err = screening.New(r.cfg)
	require.NoError(t, err)
	return r
}

func indexOf(t require.TestingT, all []lists.List) *lists.Index {
	snap, err := lists.NewSnapshot(all...)
	require.NoError(t, err)
	ix, err := lists.NewIndex(snap)
	require.NoError(t, err)
	return ix
}

// forgetful records nothing.
type forgetful struct{}

func (forgetful) Record(context.Context, screening.Record) error { return nil }

// on is a screener of the same kind on other lists.
func (r *rescreened) on(t require.TestingT, ix *lists.Index) *screening.Screener {
	cfg := r.cfg
	cfg.Lists, cfg.Recorder = ix, forgetful{}
	s, err := screening.New(cfg)
	require.NoError(t, err)
	return s
}

// saying is a report without what pins its inputs.
func saying(t require.TestingT, rep *screening.Report) string {
	bare := *rep
	bare.ID, bare.Inputs = "", screening.Inputs{}
	return string(mustJSON(t, &bare))
}

func mustJSON(t require.TestingT, rep *screening.Report) []byte {
	b, err := rep.JSON()
	require.NoError(t, err)
	return b
}

// alike are names of which some are likenesses of others.
var alike = []string{
	"Vorzelmann Trikotronik GmbH", "Vorzelman Trikotronic", "Trikotronik Vorzalmenn Works", "Quibblewick Zanzarra Ltd", "Quibblewik Zanzara",
	"Ahmed Zanzarra", "Zanzarra", "东方维泽精密机床有限公司", "維澤精密機床", "Other Party Entirely",
}

func drawName(t *rapid.T) string { return rapid.SampledFrom(alike).Draw(t, "name") }

func drawEntity(t *rapid.T, id string) lists.Entity {
	e := lists.Entity{
		ID: id, Kind: rapid.SampledFrom([]lists.Kind{lists.Unknown, lists.Organization, lists.Person}).Draw(t, "kind"),
		Names: []lists.Name{{Text: drawName(t), Kind: lists.PrimaryName}}, Remarks: rapid.SampledFrom([]string{"", "x"}).Draw(t, "remarks"),
		Measures: []lists.Measure{{Programme: rapid.SampledFrom([]string{"control", "EL"}).Draw(t, "programme")}},
	}
	if rapid.Bool().Draw(t, "alias") {
		e.Names = append(e.Names, lists.Name{Text: drawName(t), Kind: rapid.SampledFrom([]lists.NameKind{lists.Alias, lists.WeakAlias}).Draw(t, "alias kind")})
	}
	if n := rapid.IntRange(0, 3).Draw(t, "number"); n > 0 {
		e.Identifiers = []lists.Identifier{{Type: lists.IDRegistration, Value: fmt.Sprintf("HRB 1000%d", n)}}
	}
	if n := rapid.IntRange(0, 3).Draw(t, "house"); n > 0 {
		e.Addresses = []lists.Address{{Text: fmt.Sprintf("%d Beispielgasse, Musterstadt", n), Country: "DE"}}
	}
	return e
}

// drawParty is a party that may be like one of the entities.
func drawParty(t *rapid.T) screening.Party {
	p := screening.Party{ID: "x", Roles: []screening.Role{screening.Notify}, Name: drawName(t), Country: "Germany"}
	if n := rapid.IntRange(0, 5).Draw(t, "number"); n > 3 {
		p.Identifiers = []screening.Identifier{{Type: lists.IDRegistration, Value: fmt.Sprintf("hrb1000%d", n-3)}}
	}
	if n := rapid.IntRange(0, 5).Draw(t, "house"); n > 3 {
		p.Addresses = []screening.Address{{Text: fmt.Sprintf("Beispielgasse %d, Musterstadt, Germany", n-3)}}
	}
	switch rapid.IntRange(0, 3).Draw(t, "behind") {
	case 0:
		p.Owners = []screening.Owner{{Name: drawName(t), Percent: number("60")}}
	case 1:
		p.People = []screening.PersonRef{{Name: drawName(t)}}
	}
	return p
}

// crowd are entities that never change: in a list of a handful of names every word is common.
func crowd() []lists.Entity {
	all := make([]lists.Entity, 200)
	for i := range all {
		name := "Company " + string([]rune{rune('b' + i%20), 'o', rune('b' + i/20), 'u', 'x', 'e'})
		all[i] = lists.Entity{ID: name, Names: []lists.Name{{Text: name, Kind: lists.PrimaryName}}}
	}
	return all
}

// A rescreening after any change gives for every order what a full screening on the new lists would: the same
// report, or none where the old report says the same.
func TestRescreenEqualsFullScreening(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was := lists.List{ID: "un", Title: "List", Regime: "UN", Published: today, Entities: crowd()}
		for i := range rapid.IntRange(1, 12).Draw(t, "entities") {
			was.Entities = append(was.Entities, drawEntity(t, fmt.Sprint(i)))
		}
		now := was
		now.Entities = slices.Clone(was.Entities)
		for change := range rapid.IntRange(0, 3).Draw(t, "changes") {
			i := rapid.IntRange(190, len(now.Entities)-1).Draw(t, "which")
			e := drawEntity(t, now.Entities[i].ID)
			switch rapid.IntRange(0, 3).Draw(t, "fate") {
			case 0:
				now.Entities = slices.Delete(now.Entities, i, i+1)
			case 1:
				now.Entities[i] = e
			case 2:
				now.Entities[i].Remarks += "changed"
			case 3:
				e.ID = fmt.Sprint("new ", change)
				now.Entities = append(now.Entities, e)
			}
		}
		switch rapid.IntRange(0, 9).Draw(t, "head") {
		case 0:
			now.Title = "Another title"
		case 1:
			now.Published = "2026-01-01" // too old by now
		}
		r := newRescreened(t, []lists.List{was}, []lists.List{now})
		request := func(*screening.Order) screening.Request { return screening.Request{At: at} }
		var orders []screening.Order
		for i := range 6 {
			o := order()
			o.ID = fmt.Sprint(i)
			o.Parties = append(o.Parties, drawParty(t))
			orders = append(orders, o)
		}
		again := map[string]*screening.Report{}
		for res := range r.Rescreen(context.Background(), r.was, slices.Values(orders), 2, request) {
			require.NoError(t, res.Err)
			require.NotContains(t, again, res.Order.ID)
			again[res.Order.ID] = res.Report
		}
		require.Len(t, r.records, len(again))
		old, fresh := r.on(t, r.was), r.on(t, r.now)
		for _, o := range orders {
			before, err := old.Screen(context.Background(), o, request(&o))
			require.NoError(t, err)
			after, err := fresh.Screen(context.Background(), o, request(&o))
			require.NoError(t, err)
			if rep, touched := again[o.ID]; touched {
				require.True(t, slices.Equal(mustJSON(t, rep), mustJSON(t, after)), "party %+v", o.Parties[len(o.Parties)-1])
			} else {
				require.True(t, saying(t, before) == saying(t, after), "passed over: party %+v", o.Parties[len(o.Parties)-1])
			}
		}
	})
}

func TestRescreenScreensOnlyWhatTheChangeTouches(t *testing.T) {
	was := lists.List{ID: "un", Title: "List", Regime: "UN", Published: today, Entities: append(crowd(), listed())}
	now := was
	now.Entities = append(slices.Clone(was.Entities), lists.Entity{ID: "new", Names: []lists.Name{{Text: "Quibblewick Zanzarra Ltd", Kind: lists.PrimaryName}}})
	r := newRescreened(t, []lists.List{was}, []lists.List{now})
	request := func(*screening.Order) screening.Request { return screening.Request{At: at} }
	orders := make([]screening.Order, 3)
	for i, name := range []string{"Vorzelmann Trikotronik GmbH", "Quibblewick Zanzara", "Beispiel Büromöbel GmbH"} {
		orders[i] = order()
		orders[i].ID, orders[i].Parties[1].Name = name, name
	}
	rescreen := func(ctx context.Context, request func(*screening.Order) screening.Request) (ids []string, errs []error) {
		for res := range r.Rescreen(ctx, r.was, slices.Values(orders), 2, request) {
			ids = append(ids, res.Order.ID)
			if res.Err != nil {
				errs = append(errs, res.Err)
			}
		}
		return ids, errs
	}
	ids, errs := rescreen(t.Context(), request)
	require.Equal(t, []string{"Quibblewick Zanzara"}, ids, "a hit that stays is no change")
	require.Empty(t, errs)
	require.Len(t, r.records, 1)

	// On a day on which the old list was too old and the new one is not, every order has another report.
	now.Published = "2026-12-01"
	r = newRescreened(t, []lists.List{was}, []lists.List{now})
	ids, _ = rescreen(t.Context(), func(*screening.Order) screening.Request { return screening.Request{At: at, AsOf: "2026-12-01"} })
	require.Len(t, ids, 3)

	// What could not be looked at is not passed over.
	ids, errs = rescreen(t.Context(), func(*screening.Order) screening.Request { return screening.Request{} })
	require.Len(t, ids, 3)
	require.ErrorIs(t, errs[0], screening.ErrRequest)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, errs = rescreen(ctx, request)
	require.Len(t, errs, 3)
	require.ErrorIs(t, errs[0], context.Canceled)
}

func TestRescreenParties(t *testing.T) {
	was := lists.List{ID: "un", Title: "List", Regime: "UN", Published: today, Entities: append(crowd(), listed())}
	now := was
	now.Entities = slices.Clone(crowd())
	r := newRescreened(t, []lists.List{was}, []lists.List{now})
	customers := []screening.Party{
		{ID: "1", Name: "Beispiel Büromöbel GmbH"}, {ID: "2", Name: "Vorzelman Trikotronik", Country: "Germany"}, {ID: "3", Name: "A", Country: "Atlantis"},
		{ID: "4", Name: "Musterbau AG", Owners: []screening.Owner{{Name: "Vorzelmann Trikotronik GmbH"}}},
	}
	var got []screening.PartyChange
	for c := range r.RescreenParties(t.Context(), r.was, slices.Values(customers), 0) {
		got = append(got, c)
	}
	require.Len(t, got, 3)
	require.Equal(t, customers[1], got[0].Party)
	require.Len(t, got[0].Was, 1)
	require.Empty(t, got[0].Now, "no longer listed")
	var invalid *screening.InvalidOrderError
	require.ErrorAs(t, got[1].Err, &invalid)
	require.Equal(t, "4", got[2].Party.ID)
	require.Empty(t, r.records, "nothing was screened")
}
