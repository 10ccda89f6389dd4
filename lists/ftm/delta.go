package ftm

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// Delta is one entities.delta.json: what changed from one version of the data to the next.
type Delta struct {
	// Version is the data's own, such as 20260801120000-abc; versions sort as text.
	Version string
	R       io.Reader
}

// change is what the deltas together do to one object.
type change struct {
	inBase bool // whether the first of them expects the object in the file
	met    bool // whether it was there
	object *object
	line   int
	file   string
}

// meet is called for a changed object that the file has.
func (c *change) meet() error {
	c.met = true
	if !c.inBase {
		return fmt.Errorf("%w: a delta adds what is there already", lists.ErrFormat)
	}
	return nil
}

// readDeltas joins the deltas to one change an object. A delta that does not follow from those before is a problem.
func (b *builder) readDeltas(deltas []Delta) map[string]*change {
	changes := map[string]*change{}
	for i, d := range deltas {
		file := "delta " + d.Version
		if i > 0 && d.Version <= deltas[i-1].Version {
			b.p.Add(lists.Problem{File: file, Reason: "the version is not after the one before", Err: lists.ErrFormat})
		}
		b.lines(d.R, file, func(number int, raw []byte) {
			if err := readOp(changes, raw, number, file); err != nil {
				b.p.Add(lists.Problem{File: file, Line: number, Err: err})
			}
		})
	}
	return changes
}

// readOp joins one line of a delta to the changes.
func readOp(changes map[string]*change, raw []byte, number int, file string) error {
	if !utf8.Valid(raw) {
		return source.NotUTF8(raw)
	}
	var op struct {
		Op     string `json:"op"`
		Entity object `json:"entity"`
	}
	if err := json.Unmarshal(raw, &op); err != nil {
		return fmt.Errorf("%w: %w", lists.ErrFormat, err)
	}
	x := &op.Entity
	c, known := changes[x.ID]
	there := !known || c.object != nil // as far as the deltas can tell
	switch {
	case x.ID == "" || x.Schema == "" && op.Op != "DEL":
		return fmt.Errorf("%w: no id or schema", lists.ErrFormat)
	case op.Op == "ADD" && known && there, (op.Op == "MOD" || op.Op == "DEL") && !there:
		return fmt.Errorf("%w: %s of %q does not follow from the changes before", lists.ErrFormat, op.Op, x.ID)
	case op.Op != "ADD" && op.Op != "MOD" && op.Op != "DEL":
		return fmt.Errorf("%w: op %q", lists.ErrFormat, op.Op)
	}
	if !known {
		c = &change{inBase: op.Op != "ADD"}
		changes[x.ID] = c
	}
	c.object, c.line, c.file = x, number, file
	if op.Op == "DEL" {
		c.object = nil
	}
	return nil
}

// addChanges adds what the deltas left, in order of id.
func (b *builder) addChanges(changes map[string]*change) {
	for _, id := range slices.Sorted(maps.Keys(changes)) {
		c := changes[id]
		if c.inBase && !c.met {
			b.p.Add(lists.Problem{File: c.file, Line: c.line, Record: id, Reason: "the delta changes what the file does not have", Err: lists.ErrFormat})
		}
		if c.object != nil {
			b.line, b.p.File = c.line, c.file
			b.add(c.object)
			b.p.File = ""
		}
	}
}
