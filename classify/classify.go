package classify

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/textindex"
)

// Config is what a [Classifier] is compiled from. The zero Config is all built-in lists and tables.
type Config struct {
	// ControlLists are added to the built-in ones; a list with the id of a built-in one takes its place.
	ControlLists []ControlList
	// Correlations are added likewise. Each must name a list that is loaded.
	Correlations []Correlation
	// Conversions between editions of the Harmonized System are added likewise.
	Conversions []Conversion
	// Goods are trade names of the user's own, added to the built-in goods.
	Goods []Good
	// Master is the product master; nil is none.
	Master *Master
	// MaxCandidates is how many candidates a result holds; 0 is 20.
	MaxCandidates int
}

// Classifier is a compiled set of lists and tables. It never changes and is safe for concurrent use.
type Classifier struct {
	lists        []ControlList
	entries      []entry
	byCode       map[EntryRef]int
	correlations []compiledCorrelation
	conversion   *converter
	priority     map[string]string // HS6 of 2022 -> tier
	match        *matcher
	parameters   []*parameter
	byName       map[string]*parameter
	vague        map[string]bool
	master       map[string][]MasterRecord
	tables       []TableInfo
	digest       string
	max          int
}

// entry is an entry of any list, with what is read off it once.
type entry struct {
	list int
	*Entry
	code Code
}

// ErrUnknownList is wrapped where a correlation, a good or a declared code names a list not loaded.
var ErrUnknownList = errors.New("no such control list is loaded")

// New compiles a classifier. It names every defect of the configuration at once.
func New(cfg Config) (*Classifier, error) {
	d, err := loadBuiltin()
	if err != nil {
		return nil, err
	}
	c := &Classifier{byCode: map[EntryRef]int{}, max: cfg.MaxCandidates, priority: d.priority, vague: d.vague, parameters: d.parameters}
	if c.max <= 0 {
		c.max = 20
	}
	var errs []error
	c.lists = replaceByID(d.lists, cfg.ControlLists, func(l ControlList) string { return l.ID })
	for i := range c.lists {
		if err := c.addList(i); err != nil {
			errs = append(errs, err)
		}
	}
	correlations := replaceByID(d.correlations, cfg.Correlations, func(x Correlation) string { return x.ID })
	for i := range correlations {
		x, err := c.compileCorrelation(&correlations[i])
		errs = append(errs, err)
		c.correlations = append(c.correlations, x)
	}
	conversions := replaceByID(d.conversions, cfg.Conversions, func(x Conversion) string { return x.ID })
	c.conversion = newConverter(conversions)
	c.byName = map[string]*parameter{}
	for _, p := range c.parameters {
		c.byName[p.name] = p
	}
	for _, e := range c.entries {
		for _, t := range e.Thresholds {
			u, _ := unitOf(t.Unit)
			if p := c.byName[t.Name]; p != nil && !slices.Contains(p.dims, u.dim) {
				p.dims = append(p.dims, u.dim)
			}
		}
	}
	goods := slices.Concat(d.goods, cfg.Goods)
	docs, err := c.documents(goods)
	if err = errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	c.master = map[string][]MasterRecord{}
	if cfg.Master != nil {
		for _, r := range cfg.Master.Records {
			k := partKey(r.PartNumber)
			c.master[k] = append(c.master[k], r)
		}
	}
	c.tables, c.digest = describe(c.lists, correlations, conversions, goods, cfg.Master, d)
	c.match, err = newMatcher(docs)
	return c, err
}

// replaceByID is base with every item of extra in the place of the one of its id, or at the end.
func replaceByID[T any](base, extra []T, id func(T) string) []T {
	out := slices.Clone(base)
	for _, x := range extra {
		if i := slices.IndexFunc(out, func(y T) bool { return id(y) == id(x) }); i >= 0 {
			out[i] = x
		} else {
			out = append(out, x)
		}
	}
	return out
}

func (c *Classifier) addList(i int) error {
	l := &c.lists[i]
	// Validation writes codes in their canonical form, so it works on a copy of the caller's entries.
	l.Entries = slices.Clone(l.Entries)
	if err := l.Validate(); err != nil {
		return err
	}
	for j := range l.Entries {
		e := &l.Entries[j]
		code, err := ParseCode(l.Scheme, e.Code)
		if err != nil {
			return err
		}
		c.byCode[EntryRef{l.ID, e.Code}] = len(c.entries)
		c.entries = append(c.entries, entry{i, e, code})
	}
	return nil
}

// lookup is the entry of a code in a list, or of its nearest ancestor that the list has.
func (c *Classifier) lookup(list int, code Code) (int, bool) {
	for ; code.Base != ""; code = code.Parent() {
		if i, ok := c.byCode[EntryRef{c.lists[list].ID, code.String()}]; ok {
			return i, true
		}
	}
	return 0, false
}

func (c *Classifier) listIndex(id string) int {
	return slices.IndexFunc(c.lists, func(l ControlList) bool { return l.ID == id })
}

// documents are the goods and the entries' own titles and terms as the text source knows them.
func (c *Classifier) documents(goods []Good) ([]textDoc, error) {
	var errs []error
	docs := make([]textDoc, 0, len(goods)+len(c.entries))
	wide := map[string]bool{}
	for _, g := range goods {
		if g.Generic {
			for _, n := range g.Names {
				wide[termsOf(n)] = true
			}
		}
	}
	for _, g := range goods {
		d := textDoc{note: Text{g.Note, g.NoteZh}}
		full := 1.0
		if g.Generic {
			full = genericWeight
		}
		rank := map[string]int{}
		for _, ref := range g.Entries {
			list := c.listIndex(ref.List)
			if list < 0 {
				errs = append(errs, fmt.Errorf("good %q: list %q: %w", g.Names[0], ref.List, ErrUnknownList))
				continue
			}
			code, err := ParseCode(c.lists[list].Scheme, ref.Code)
			if err != nil {
				errs = append(errs, fmt.Errorf("good %q: %w", g.Names[0], err))
				continue
			}
			// A list of the user's that takes the place of a built-in one need not have every entry.
			if e, ok := c.lookup(list, code); ok {
				d.targets = append(d.targets, target{e, full * (1 - 0.06*float64(min(rank[ref.List], 8)))})
				rank[ref.List]++
			}
		}
		if len(g.Entries) > 0 && len(d.targets) == 0 {
			continue
		}
		for _, n := range g.Names {
			d.names = append(d.names, newAlias(n))
		}
		docs = append(docs, d)
	}
	for i := range c.entries {
		d := textDoc{targets: []target{{i, titleWeight}}, bag: c.entries[i].Text + "\n" + c.entries[i].TextZh}
		for _, t := range []string{c.entries[i].Title, c.entries[i].TitleZh} {
			for _, n := range namesOf(t) {
				// A single word out of a title ("valves", "metal") names no goods by itself, nor does a name
				// that the goods tables call wide ("machine tools").
				if a := newAlias(n); !wide[termsOf(n)] && (strings.Contains(a.text, " ") || utf8.RuneCountInString(a.text) > 2 && a.text[0] >= utf8.RuneSelf) {
					d.names = append(d.names, a)
				}
			}
		}
		for _, t := range c.entries[i].Terms {
			d.names = append(d.names, newAlias(t))
		}
		docs = append(docs, d)
	}
	return docs, errors.Join(errs...)
}

// termsOf is a name by its terms alone, whatever its number and spelling.
func termsOf(name string) string {
	var b strings.Builder
	for _, t := range textindex.Tokens(name) {
		b.WriteString(t.Term + " ")
	}
	return b.String()
}

// What a match with an entry's title, and one with a generic name, counts against one with a trade name.
const (
	titleWeight   = 0.9
	genericWeight = 0.55
)

// Close frees the text index. The classifier must not be used afterwards.
func (c *Classifier) Close() error { return c.match.index.Close() }

// Classify collects the candidates for an item and their standing on a day. It does not fail: what
// could not be read or checked is in Problems and Silent.
func (c *Classifier) Classify(item Item, asOf Date) Result {
	g := newGathering(c, &item, asOf)
	g.readHS()
	g.readDeclared()
	g.readMaster()
	g.readText()
	g.readParameters()
	g.pointToGroups()
	return g.result()
}

// List is a loaded control list without its entries, for callers that show it; ok is false for an
// unknown id.
func (c *Classifier) List(id string) (l ControlList, ok bool) {
	i := c.listIndex(id)
	if i < 0 {
		return ControlList{}, false
	}
	l = c.lists[i]
	l.Entries = nil
	return l, true
}

// Entry is an entry of a loaded list: of the code itself or of the nearest entry above it.
func (c *Classifier) Entry(list, code string) (Entry, bool) {
	i := c.listIndex(list)
	if i < 0 {
		return Entry{}, false
	}
	p, err := ParseCode(c.lists[i].Scheme, code)
	if err != nil {
		return Entry{}, false
	}
	if j, ok := c.lookup(i, p); ok {
		return *c.entries[j].Entry, true
	}
	return Entry{}, false
}

// compiledCorrelation is a correlation ready for lookup: its rows by HS6, entries resolved.
type compiledCorrelation struct {
	*Correlation
	list int
	rows map[string][]compiledRow
}

type compiledRow struct {
	*CorrelationRow
	// entry and also are into Classifier.entries, -1 for none.
	entry, also int
}

func (c *Classifier) compileCorrelation(x *Correlation) (compiledCorrelation, error) {
	out := compiledCorrelation{Correlation: x, list: c.listIndex(x.List), rows: map[string][]compiledRow{}}
	if out.list < 0 {
		return out, fmt.Errorf("correlation %s: list %q: %w", x.ID, x.List, ErrUnknownList)
	}
	var errs []error
	resolve := func(s string) int {
		if s == "" {
			return -1
		}
		code, err := ParseCode(c.lists[out.list].Scheme, s)
		if err != nil {
			errs = append(errs, fmt.Errorf("correlation %s: %w", x.ID, err))
			return -1
		}
		// A table may be older or newer than the list: a row of an entry that the list lacks is left out.
		if i, ok := c.lookup(out.list, code); ok {
			return i
		}
		return -1
	}
	for i := range x.Rows {
		r := &x.Rows[i]
		if len(r.Code) < 6 {
			errs = append(errs, fmt.Errorf("correlation %s: code %s: want 6 digits or more: %w", x.ID, r.Code, ErrHSLength))
			continue
		}
		six := r.Code[:6]
		out.rows[six] = append(out.rows[six], compiledRow{r, resolve(r.Entry), resolve(r.AlsoPossible)})
	}
	return out, errors.Join(errs...)
}

// isNone reports whether a declared code says "not controlled".
func isNone(s string) bool {
	switch strings.ToUpper(strings.Join(strings.Fields(s), "")) {
	case "EAR99", "NLR", "NONE", "N/A", "NA", "NO", "不受控", "非管制", "无", "不属于管制物项":
		return true
	}
	return false
}
