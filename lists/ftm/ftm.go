// Package ftm reads the formats of OpenSanctions: entities.ftm.json (a JSON object a line) with the delta files that
// came after it ([Read]), and targets.simple.csv ([ReadSimple]).
//
// Persons, organisations, vessels and aircraft become entities; a "Sanction" becomes a measure of the entity it is
// of, wherever it stands in the file; "Address" and other helper objects are joined to those that refer to them.
// Only what the data calls a target of sanctions, export control or debarment is kept where it says so in its
// topics: an entity with topics but none of these is left out and counted in the list's Skipped.
//
// The data is licensed by OpenSanctions: free of charge for non-commercial use only.
package ftm

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// ListID is the id of the list in reports and policy, unless Options give another.
const ListID = "opensanctions"

// Bounds of a file and of one line, in bytes; the default collection of 2026 has 3 GB and lines of up to a million.
const (
	MaxSize = 16 << 30
	maxLine = 16 << 20
)

// Options say what collection a file is of. The zero value is "opensanctions" in the regime "OWN".
type Options struct {
	ID, Title, Regime string
	Published         lists.Date
}

func (o Options) list() lists.List {
	l := lists.List{ID: o.ID, Title: o.Title, Regime: o.Regime, Published: o.Published, Authority: "OpenSanctions", Source: "https://www.opensanctions.org/"}
	if l.ID == "" {
		l.ID = ListID
	}
	if l.Title == "" {
		l.Title, l.TitleZh = "OpenSanctions collection", "OpenSanctions 数据集"
	}
	if l.Regime == "" {
		l.Regime = "OWN"
	}
	return l
}

// object is one line: an entity of the FollowTheMoney model.
type object struct {
	ID         string              `json:"id"`
	Caption    string              `json:"caption"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
	Datasets   []string            `json:"datasets"`
	FirstSeen  string              `json:"first_seen"`
}

// Read reads entities.ftm.json and applies the deltas, which must be in the order of their versions and lead on from
// the file: the result is what the file of the last version would give, but for the order of what was added. It
// returns the whole list or an error that joins every [*lists.Problem] found, each with its line. Entities share
// what they have in common, so that none of their slices may be changed in place.
func Read(r io.Reader, o Options, deltas ...Delta) (lists.List, error) {
	b := newBuilder(o)
	changes := b.readDeltas(deltas)
	b.objects(r, func(x *object) error {
		if c, ok := changes[x.ID]; ok {
			return c.meet()
		}
		b.add(x)
		return nil
	})
	b.addChanges(changes)
	return b.finish()
}

// decode reads a line strictly enough to tell a line that was cut off or is of something else.
func decode(line []byte, x *object) error {
	if !utf8.Valid(line) {
		return source.NotUTF8(line)
	}
	if err := json.Unmarshal(line, x); err != nil {
		return fmt.Errorf("%w: %w", lists.ErrFormat, err)
	}
	if x.ID == "" || x.Schema == "" {
		return fmt.Errorf("%w: no id or schema", lists.ErrFormat)
	}
	return nil
}

// builder makes a list from objects in any order.
type builder struct {
	list      lists.List
	p         source.Problems
	entities  drafts
	seen      map[string]struct{}          // ids of entities
	measures  map[string][]lists.Measure   // of entities, by id, from the Sanctions
	alike     map[sanction][]lists.Measure // measures of Sanctions that many entities share
	tagged    map[tagging][]lists.Measure  // the same with the topics of a listing
	addresses map[string]lists.Address     // of Address objects, by id
	refers    map[string][]string          // entity id to Address ids
	listings  map[string][]lists.Measure   // default measures that many entities share
	timelines map[lists.Date]lists.Timeline
	skipped   int
	line      int
}

func newBuilder(o Options) *builder {
	l := o.list()
	return &builder{
		list: l, p: source.Problems{List: l.ID}, seen: map[string]struct{}{}, measures: map[string][]lists.Measure{}, addresses: map[string]lists.Address{},
		refers: map[string][]string{}, alike: map[sanction][]lists.Measure{}, tagged: map[tagging][]lists.Measure{}, listings: map[string][]lists.Measure{}, timelines: map[lists.Date]lists.Timeline{},
	}
}

// word is s, shared with every earlier use of it.
func (b *builder) word(s string) string { return b.entities.words.word(s) }

// since is the timeline of a measure in force from a day on, shared as words are.
func (b *builder) since(day lists.Date) lists.Timeline {
	t, ok := b.timelines[day]
	if !ok {
		t = dated.Since(day)
		b.timelines[lists.Date(strings.Clone(string(day)))] = t
	}
	return t
}

// listing is the measure of a party that is listed without a Sanction of its own: so it is by its datasets.
func (b *builder) listing(x *object) []lists.Measure {
	key := strings.Join(x.Datasets, ",") + "\x00" + strings.Join(x.Properties["topics"], ",")
	m, ok := b.listings[key]
	if !ok {
		m = []lists.Measure{{Programme: b.word(strings.Join(x.Datasets, ",")), Tags: x.Properties["topics"]}}
		b.listings[key] = m
	}
	return m
}

// kinds are the schemata that become entities.
var kinds = map[string]lists.Kind{
	"Person": lists.Person, "Organization": lists.Organization, "Company": lists.Organization, "PublicBody": lists.Organization,
	"LegalEntity": lists.Unknown, "Vessel": lists.Vessel, "Airplane": lists.Aircraft,
}

// listed are the topics of parties this module screens against; see the topics of the data's dictionary.
var listed = []string{"sanction", "sanction.linked", "sanction.counter", "export.control", "export.control.linked", "export.risk", "debarment", "crime.terror", "reg.action", "asset.frozen"}

func (b *builder) add(x *object) {
	switch x.Schema {
	case "Sanction":
		for _, id := range x.Properties["entity"] {
			m := b.measure(x)
			if have := b.measures[id]; len(have) > 0 {
				m = append(have, m...)
			}
			b.measures[id] = m
		}
		return
	case "Address":
		if text := first(x, "full"); text != "" {
			b.addresses[x.ID] = lists.Address{
				Text: text, Street: source.Join(x.Properties["street"]...), City: first(x, "city"), Region: first(x, "region"), PostalCode: first(x, "postalCode"), Country: source.Code(first(x, "country")),
			}
		}
		return
	}
	kind, ok := kinds[x.Schema]
	topics := x.Properties["topics"]
	if !ok || len(topics) > 0 && !slices.ContainsFunc(topics, func(t string) bool { return slices.Contains(listed, t) }) {
		b.skipped++
		return
	}
	if _, twice := b.seen[x.ID]; twice {
		b.p.Add(lists.Problem{Line: b.line, Record: x.ID, Err: lists.ErrDuplicate})
		return
	}
	e := b.entity(x, kind)
	if len(e.Names) == 0 {
		b.p.Add(lists.Problem{Line: b.line, Record: x.ID, Field: "name", Reason: "the entity has no name", Err: lists.ErrFormat})
		return
	}
	if refs := x.Properties["addressEntity"]; len(refs) > 0 {
		b.refers[x.ID] = refs
	}
	b.keep(e)
}

// keep adds an entity whose id was not seen before.
func (b *builder) keep(e lists.Entity) {
	b.seen[b.entities.add(&e)] = struct{}{}
}

// finish joins measures and addresses to their entities.
func (b *builder) finish() (lists.List, error) {
	b.seen = nil // nothing is to be had twice once the entities are made
	b.list.Entities = b.entities.entities()
	for i := range b.list.Entities {
		e := &b.list.Entities[i]
		if m := b.measures[e.ID]; len(m) > 0 {
			e.Measures = b.tag(m, e.Measures)
		}
		for _, id := range b.refers[e.ID] {
			if a, ok := b.addresses[id]; ok && !slices.ContainsFunc(e.Addresses, func(have lists.Address) bool { return have.Text == a.Text }) {
				e.Addresses = append(e.Addresses, a)
			}
		}
	}
	if b.skipped > 0 {
		b.p.Note(lists.Problem{Reason: fmt.Sprintf("%d objects that are no listed party were left out", b.skipped)})
	}
	return b.p.Finish(b.list)
}

func first(x *object, property string) string {
	if v := x.Properties[property]; len(v) > 0 {
		return strings.TrimSpace(v[0])
	}
	return ""
}

// sanction is what Sanctions without a record id of their own can have in common.
type sanction struct {
	programme, citation, terms string
	from, to                   lists.Date
}

// measure reads a Sanction. The slice of one is shared with the Sanctions that say the same.
func (b *builder) measure(x *object) []lists.Measure {
	programme := first(x, "programId")
	if programme == "" {
		programme = first(x, "program")
	}
	if programme == "" {
		programme = strings.Join(x.Datasets, ",")
	}
	s := sanction{
		programme: b.word(programme), citation: b.word(first(x, "sourceUrl")),
		terms: b.word(source.Join(append(slices.Clone(x.Properties["authority"]), x.Properties["provisions"]...)...)),
		from:  b.day(x, "startDate"), to: b.day(x, "endDate"),
	}
	if s.from == "" {
		s.from = b.day(x, "listingDate")
	}
	notice := first(x, "recordId")
	if have, ok := b.alike[s]; ok && notice == "" {
		return have
	}
	m := lists.Measure{Programme: s.programme, Notice: notice, Citation: s.citation, Terms: s.terms, Timeline: b.since(s.from)}
	if s.to != "" && s.to >= s.from {
		m.Timeline = m.Timeline.With(lists.Event{Status: dated.Ended, From: s.to.AddDays(1)})
	}
	one := []lists.Measure{m}
	if notice == "" {
		b.alike[s] = one
	}
	return one
}

// tagging is a measure that Sanctions share and a listing, each by its address.
type tagging struct{ sanction, listing *lists.Measure }

// tag gives the measures of an entity's Sanctions the topics of its listing.
func (b *builder) tag(sanctions, listing []lists.Measure) []lists.Measure {
	shared := len(sanctions) == 1 && sanctions[0].Notice == ""
	t := tagging{&sanctions[0], &listing[0]}
	if shared {
		if have, ok := b.tagged[t]; ok {
			return have
		}
		sanctions = slices.Clone(sanctions)
		b.tagged[t] = sanctions
	}
	for i := range sanctions {
		sanctions[i].Tags = listing[0].Tags
	}
	return sanctions
}

// day is the first value of a property that is a whole day, the first of a month or year where it is one. A value
// that is none of them is noted.
func (b *builder) day(x *object, property string) lists.Date {
	for _, s := range x.Properties[property] {
		if d, ok := source.PartialDate(s); ok {
			return lists.Date((d + "-01-01")[:len("2006-01-02")])
		}
		b.p.Note(lists.Problem{Line: b.line, Record: x.ID, Field: property, Reason: "not a date: " + s})
	}
	return ""
}
