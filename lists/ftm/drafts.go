package ftm

import (
	"encoding/binary"
	"strings"

	"github.com/ordergate/ordergate/internal/slab"
	"github.com/ordergate/ordergate/lists"
)

// drafts keep entities, which this format gives no links, as bytes until all are read and their number is known. A
// draft takes little more than its texts; a million of [lists.Entity], whose fields are mostly empty, take several
// times that, and twice as much while they are put into one slice. The texts of the entities are cut from the drafts.
type drafts struct {
	words    words
	measures [][]lists.Measure // of each entity
	full     []string          // blocks of drafts, one after the other
	block    strings.Builder
	draft    []byte // the one being written
}

// blockSize is the size of a block in bytes; a longer draft has a block of its own.
const blockSize = 256 << 10

// add drafts an entity and gives its id as the draft has it. Nothing else of the entity is kept but its measures.
func (d *drafts) add(e *lists.Entity) (id string) {
	d.draft = d.draft[:0]
	d.texts(e.ID, e.Remarks, e.URL)
	d.word(string(e.Kind))
	d.word(e.Gender)
	d.number(len(e.Names))
	for _, n := range e.Names {
		d.texts(n.Text)
		d.word(string(n.Kind))
		d.word(n.Lang)
	}
	d.number(len(e.Countries))
	for _, c := range e.Countries {
		d.word(c)
	}
	d.number(len(e.Addresses))
	for _, a := range e.Addresses {
		d.texts(a.Text, a.Street, a.City, a.Region, a.PostalCode, a.Note)
		d.word(a.Country)
	}
	d.number(len(e.Identifiers))
	for _, id := range e.Identifiers {
		d.texts(id.Value, id.Note)
		d.word(id.Type)
		d.word(id.Country)
	}
	d.number(len(e.BirthDates))
	for _, b := range e.BirthDates {
		d.texts(b.Date, b.To)
		circa := 0
		if b.Circa {
			circa = 1
		}
		d.number(circa)
	}
	d.number(len(e.BirthPlaces))
	d.texts(e.BirthPlaces...)
	d.number(len(e.Titles))
	d.texts(e.Titles...)

	if d.block.Cap()-d.block.Len() < len(d.draft) {
		d.closeBlock()
		d.block.Grow(max(blockSize, len(d.draft)))
	}
	d.block.Write(d.draft)
	d.measures = append(d.measures, e.Measures)
	block := d.block.String()
	r := reader{rest: block[len(block)-len(d.draft):]}
	return r.text()
}

func (d *drafts) closeBlock() {
	if d.block.Len() > 0 {
		d.full = append(d.full, d.block.String())
		d.block.Reset()
	}
}

func (d *drafts) number(n int) { d.draft = binary.AppendUvarint(d.draft, uint64(n)) }

// word writes a text that many entities share.
func (d *drafts) word(s string) { d.number(d.words.number(s)) }

func (d *drafts) texts(texts ...string) {
	for _, s := range texts {
		d.number(len(s))
		d.draft = append(d.draft, s...)
	}
}

// entities are all that were added, in order. The drafts are given up.
func (d *drafts) entities() []lists.Entity {
	blocks := append(d.full, strings.Clone(d.block.String())) // without the room that is left in the last
	r := reader{words: d.words.all, countries: map[string][]string{}}
	all := make([]lists.Entity, len(d.measures))
	for i := range all {
		for r.rest == "" {
			r.rest, blocks = blocks[0], blocks[1:]
		}
		r.entity(&all[i])
		all[i].Measures = d.measures[i]
	}
	*d = drafts{}
	return all
}

// reader reads drafts.
type reader struct {
	rest      string
	words     []string
	countries map[string][]string // shared, by their draft

	names       slab.Of[lists.Name]
	addresses   slab.Of[lists.Address]
	identifiers slab.Of[lists.Identifier]
}

func (r *reader) entity(e *lists.Entity) {
	e.ID, e.Remarks, e.URL = r.text(), r.text(), r.text()
	e.Kind, e.Gender = lists.Kind(r.word()), r.word()
	e.Names = r.names.Make(r.number())
	for i := range e.Names {
		e.Names[i] = lists.Name{Text: r.text(), Kind: lists.NameKind(r.word()), Lang: r.word()}
	}
	e.Countries = r.sameCountries()
	e.Addresses = r.addresses.Make(r.number())
	for i := range e.Addresses {
		e.Addresses[i] = lists.Address{Text: r.text(), Street: r.text(), City: r.text(), Region: r.text(), PostalCode: r.text(), Note: r.text(), Country: r.word()}
	}
	e.Identifiers = r.identifiers.Make(r.number())
	for i := range e.Identifiers {
		e.Identifiers[i] = lists.Identifier{Value: r.text(), Note: r.text(), Type: r.word(), Country: r.word()}
	}
	for range r.number() {
		e.BirthDates = append(e.BirthDates, lists.BirthDate{Date: r.text(), To: r.text(), Circa: r.number() == 1})
	}
	e.BirthPlaces, e.Titles = r.texts(), r.texts()
}

func (r *reader) number() int {
	n := 0
	for i := 0; ; i++ {
		c := r.rest[i]
		n |= int(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
}

func (r *reader) word() string { return r.words[r.number()] }

func (r *reader) text() string {
	n := r.number()
	if n == 0 {
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *reader) texts() []string {
	n := r.number()
	if n == 0 {
		return nil
	}
	texts := make([]string, n)
	for i := range texts {
		texts[i] = r.text()
	}
	return texts
}

// sameCountries is one slice for all entities of the same countries.
func (r *reader) sameCountries() []string {
	draft := r.rest
	n := r.number()
	if n == 0 {
		return nil
	}
	codes := make([]string, n)
	for i := range codes {
		codes[i] = r.word()
	}
	draft = draft[:len(draft)-len(r.rest)]
	if have, ok := r.countries[draft]; ok {
		return have
	}
	r.countries[draft] = codes
	return codes
}

// words numbers the words that many entities share.
type words struct {
	numbers map[string]int
	all     []string
}

func (w *words) number(s string) int {
	n, ok := w.numbers[s]
	if !ok {
		if w.numbers == nil {
			w.numbers = map[string]int{}
		}
		s = strings.Clone(s)
		n = len(w.all)
		w.numbers[s] = n
		w.all = append(w.all, s)
	}
	return n
}

// word is s, shared with every earlier use of it.
func (w *words) word(s string) string { return w.all[w.number(s)] }
