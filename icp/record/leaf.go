package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ordergate/ordergate/internal/dated"
)

// The parts of a record, in the order of the leaf's lines and of [Row.Parts].
const (
	partFacts = iota
	partStatement
	partBody
	partPersonal
	// PartCount is the number of parts of a row.
	PartCount
)

// PartNames are the parts' names by their place in [Row.Parts].
var partNames = [PartCount]string{"facts", "statement", "body", "personal"}

const (
	leafHeader = "ordergate.record/v1"
	saltSize   = 16
)

// errLeaf is wrapped where bytes are not a leaf.
var errLeaf = errors.New("not a leaf of ordergate.record/v1")

// leaf is the text that the tree hashes, taken apart.
type leaf struct {
	id      string
	kind    Kind
	time    time.Time
	commits [PartCount][]byte // nil where the record never had the part
}

// bytes is the one way to write the leaf.
func (l *leaf) bytes() []byte {
	b := make([]byte, 0, 512)
	b = append(append(append(b, leafHeader+"\nid "...), l.id...), "\nkind "...)
	b = append(append(b, l.kind...), "\ntime "...)
	b = append(l.time.UTC().AppendFormat(b, time.RFC3339Nano), '\n')
	for i, c := range l.commits {
		if c != nil {
			b = append(append(b, partNames[i]...), ' ')
			b = append(base64.StdEncoding.AppendEncode(b, c), '\n')
		}
	}
	return b
}

// parseLeaf reads what bytes writes and refuses every other spelling of it.
func parseLeaf(text []byte) (*leaf, error) {
	lines := strings.Split(string(text), "\n")
	field := func(name string) (string, bool) {
		if len(lines) == 0 {
			return "", false
		}
		v, ok := strings.CutPrefix(lines[0], name+" ")
		if ok {
			lines = lines[1:]
		}
		return v, ok
	}
	if lines[0] != leafHeader {
		return nil, errLeaf
	}
	lines = lines[1:]
	var l leaf
	id, _ := field("id")
	kind, _ := field("kind")
	at, _ := field("time")
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errLeaf, err)
	}
	l.id, l.kind, l.time = id, Kind(kind), t.UTC()
	for i, name := range partNames {
		if v, ok := field(name); ok {
			c, err := base64.StdEncoding.DecodeString(v)
			if err != nil || len(c) != sha256.Size {
				return nil, fmt.Errorf("%w: %s is not a commitment", errLeaf, name)
			}
			l.commits[i] = c
		}
	}
	if !bytes.Equal(l.bytes(), text) {
		return nil, errLeaf
	}
	return &l, nil
}

// commitment is SHA-256 over the part's name, its salt of fixed length and its data. Stored is salt and data.
func commitment(part int, stored []byte) []byte {
	h := sha256.New()
	h.Write([]byte(leafHeader + " " + partNames[part] + "\n"))
	h.Write(stored)
	return h.Sum(nil)
}

// facts is the part that retention and search read. The order of its fields is the order of its bytes.
type facts struct {
	Subject   string     `json:"subject,omitempty"`
	EventDay  dated.Date `json:"event_day,omitempty"`
	Regimes   []string   `json:"regimes,omitempty"`
	Parties   []string   `json:"parties,omitempty"`
	Countries []string   `json:"countries,omitempty"`
	Documents []string   `json:"documents,omitempty"`
	Outcome   string     `json:"outcome,omitempty"`
}

// personal is the part about natural persons.
type personal struct {
	Data    json.RawMessage `json:"data,omitempty"`
	Persons []string        `json:"persons,omitempty"`
}

// parts are the data of an entry's parts without salt; nil where it has none.
func (e *Entry) parts() (p [PartCount][]byte, err error) {
	p[partStatement], p[partBody] = e.Statement, e.Body
	p[partFacts], err = marshal(facts{e.Subject, e.EventDay, e.Regimes, e.Keys.Parties, e.Keys.Countries, e.Keys.Documents, e.Keys.Outcome})
	if err == nil && (len(e.Personal) > 0 || len(e.Keys.Persons) > 0) {
		p[partPersonal], err = marshal(personal{e.Personal, e.Keys.Persons})
	}
	for i := range p {
		if len(p[i]) == 0 {
			p[i] = nil
		}
	}
	return p, err
}

// marshal is compact JSON that leaves <, > and & as they are.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// newRow is the row of an entry, its parts salted from salts: PartCount times saltSize random bytes. The salted
// parts lie in the memory of room, or in more of it, which is returned.
func newRow(e *Entry, salts, room []byte) (*Row, []byte, error) {
	parts, err := e.parts()
	if err != nil {
		return nil, room, err
	}
	size := 0
	for _, data := range parts {
		size += saltSize + len(data)
	}
	room = slices.Grow(room[:0], size)
	l := leaf{id: e.ID, kind: e.Kind, time: e.Time.UTC()}
	row := &Row{ID: e.ID, Kind: e.Kind, Subject: e.Subject}
	for i, data := range parts {
		if data == nil {
			continue
		}
		from := len(room)
		room = append(append(room, salts[i*saltSize:(i+1)*saltSize]...), data...)
		row.Parts[i] = slices.Clip(room[from:])
		l.commits[i] = commitment(i, row.Parts[i])
	}
	row.Leaf = l.bytes()
	return row, room, nil
}

// data is a part without its salt; nil where it was never there or was erased.
func (r *Row) data(part int) []byte {
	if len(r.Parts[part]) <= saltSize {
		return nil
	}
	return r.Parts[part][saltSize:]
}

// record takes a row apart. It trusts the row; [checkRow] is what does not.
func (r *Row) record() (Record, error) {
	l, err := parseLeaf(r.Leaf)
	if err != nil {
		return Record{}, fmt.Errorf("record %d: %w: %w", r.Index, ErrTampered, err)
	}
	rec := Record{Index: r.Index, Leaf: r.Leaf}
	rec.ID, rec.Kind, rec.Time = l.id, l.kind, l.time
	for i, c := range l.commits {
		if c != nil && r.Parts[i] == nil {
			rec.Erased = append(rec.Erased, partNames[i])
		}
	}
	rec.Statement, rec.Body = r.data(partStatement), r.data(partBody)
	var f facts
	var p personal
	for _, x := range []struct {
		part int
		into any
	}{{partFacts, &f}, {partPersonal, &p}} {
		if data := r.data(x.part); data != nil {
			if err := json.Unmarshal(data, x.into); err != nil {
				return Record{}, fmt.Errorf("record %d: %w: %s: %w", r.Index, ErrTampered, partNames[x.part], err)
			}
		}
	}
	rec.Subject, rec.EventDay, rec.Regimes = f.Subject, f.EventDay, f.Regimes
	rec.Keys = Keys{Parties: f.Parties, Persons: p.Persons, Countries: f.Countries, Documents: f.Documents, Outcome: f.Outcome}
	rec.Personal = p.Data
	return rec, nil
}
