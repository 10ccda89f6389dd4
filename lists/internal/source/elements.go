package source

import (
	"encoding/xml"
	"reflect"
	"slices"
	"strings"
)

// Elements are the elements that an importer knows, by the element they stand in. What else stands inside one of these
// is noted once, wherever it is; what stands inside an element without an entry is not looked at.
type Elements map[string][]string

// Record adds an element that is decoded into v, a struct with tags of encoding/xml, with all elements that v reads.
func (e Elements) Record(name string, v any) Elements {
	e.record(name, reflect.TypeOf(v))
	return e
}

// Unused adds elements that stand inside another and are of no use to screening.
func (e Elements) Unused(name string, inside ...string) Elements {
	e[name] = append(e[name], inside...)
	return e
}

func (e Elements) record(name string, t reflect.Type) {
	for f := range t.Fields() {
		tag, options, _ := strings.Cut(f.Tag.Get("xml"), ",")
		inner := f.Type
		for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if f.Anonymous && tag == "" {
			e.record(name, inner)
			continue
		}
		if tag == "" || options == "attr" {
			continue
		}
		parent := name
		for part := range strings.SplitSeq(tag, ">") {
			e[parent] = AddUnique(e[parent], part)
			parent = part
		}
		if inner.Kind() == reflect.Struct {
			e.record(parent, inner)
		}
	}
}

// watch notes the elements of a document that are not known, as they pass to who reads it.
type watch struct {
	from  *xml.Decoder
	known Elements
	p     *Problems
	// open are the elements around the next token; within counts those inside an unknown one.
	open   []string
	within int
}

var _ xml.TokenReader = (*watch)(nil)

func (w *watch) Token() (xml.Token, error) {
	tok, err := w.from.Token()
	switch t := tok.(type) {
	case xml.StartElement:
		w.start(t.Name.Local)
	case xml.EndElement:
		w.end()
	}
	return tok, err
}

func (w *watch) start(name string) {
	if w.within > 0 {
		w.within++
		return
	}
	if n := len(w.open); n > 0 {
		children, looked := w.known[w.open[n-1]]
		if looked && !slices.Contains(children, name) {
			w.p.NoteElement(name)
			w.within = 1
			return
		}
	}
	w.open = append(w.open, name)
}

func (w *watch) end() {
	if w.within > 0 {
		w.within--
		return
	}
	w.open = w.open[:max(len(w.open)-1, 0)]
}
