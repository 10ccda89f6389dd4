package classify

import (
	"fmt"
	"io"
	"strings"
)

// Good is one kind of goods under the names the trade gives it, joined to the entries it may fall
// under. A good without entries is ordinary: matching it best speaks against control.
type Good struct {
	// Names are trade names, synonyms and abbreviations in Chinese and English, the usual one first.
	Names []string
	// Entries are list ids and codes, the likeliest first within each list.
	Entries []EntryRef
	// Generic marks names so wide that most goods under them are free, "pump" or "camera": they lead to
	// a question and to no more than a possible candidate.
	Generic bool
	// Note says what decides, or why the good is ordinary; "" where the entry tells enough.
	Note, NoteZh string
}

// EntryRef names an entry of a control list.
type EntryRef struct{ List, Code string }

// ReadGoods reads a goods table as CSV. Columns: names (joined by "|", required), entries
// ("list:code" joined by "|"), note, note_zh, generic (y).
func ReadGoods(r io.Reader, id string) ([]Good, error) {
	var out []Good
	err := rows(r, id, []string{"names", "entries", "note", "note_zh", "generic"}, []string{"names", "entries"}, func(get func(string) string) error {
		g := Good{Names: split(get("names")), Note: get("note"), NoteZh: get("note_zh"), Generic: get("generic") == "y"}
		if len(g.Names) == 0 {
			return fmt.Errorf("names: none given: %w", ErrTableFormat)
		}
		for _, s := range split(get("entries")) {
			list, code, ok := strings.Cut(s, ":")
			if !ok {
				return fmt.Errorf("entry %q: want list:code: %w", s, ErrTableFormat)
			}
			g.Entries = append(g.Entries, EntryRef{strings.TrimSpace(list), strings.TrimSpace(code)})
		}
		out = append(out, g)
		return nil
	})
	return out, err
}

// readParameters reads the vocabulary of technical values as CSV. Columns: name, name_zh, cues (joined by
// "|"; name and name_zh are cues too), loose (y).
func readParameters(r io.Reader, id string) ([]*parameter, error) {
	var out []*parameter
	err := rows(r, id, []string{"name", "name_zh", "cues", "loose"}, []string{"name", "name_zh"}, func(get func(string) string) error {
		p := &parameter{name: get("name"), nameZh: get("name_zh"), loose: get("loose") == "y"}
		for _, c := range append(split(get("cues")), p.name, p.nameZh) {
			p.cues = append(p.cues, lowerASCII(c))
		}
		out = append(out, p)
		return nil
	})
	return out, err
}
