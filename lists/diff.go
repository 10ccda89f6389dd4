package lists

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// Change is one entity that is not the same in two snapshots.
type Change struct {
	List string `json:"list"`
	ID   string `json:"id"`
	// Old is nil for an entity that was added, New for one that was removed.
	Old *Entity `json:"-"`
	New *Entity `json:"-"`
	// Fields are what differs, in the order of Entity's fields; empty unless both Old and New are there.
	Fields []FieldChange `json:"fields,omitempty"`
}

// FieldChange is one field of an entity before and after, in its JSON form; "" where the field was not there.
type FieldChange struct {
	// Field is the name the field has in JSON.
	Field string `json:"field"`
	Old   string `json:"old,omitempty"`
	New   string `json:"new,omitempty"`
}

// Diff is what happened from one snapshot to the next: lists in order of id; in each the added and changed
// entities in the new list's order, then the removed ones in the old one's. A list that only one of the two
// has counts as all added or all removed. Differences of a list's head, such as its date, are no change.
func Diff(old, new *Snapshot) []Change {
	var changes []Change
	for i, j := 0, 0; i < len(old.lists) || j < len(new.lists); {
		switch {
		case j == len(new.lists) || i < len(old.lists) && old.lists[i].ID < new.lists[j].ID:
			changes = removed(changes, &old.lists[i], places{})
			i++
		case i == len(old.lists) || new.lists[j].ID < old.lists[i].ID:
			changes = changed(changes, places{}, &new.lists[j])
			j++
		default:
			if old.digests[i] != new.digests[j] {
				changes = changed(changes, old.places[i], &new.lists[j])
				changes = removed(changes, &old.lists[i], new.places[j])
			}
			i++
			j++
		}
	}
	return changes
}

func removed(changes []Change, old *List, kept places) []Change {
	for i := range old.Entities {
		e := &old.Entities[i]
		if _, ok := kept.find(e.ID); !ok {
			changes = append(changes, Change{List: old.ID, ID: e.ID, Old: e})
		}
	}
	return changes
}

func changed(changes []Change, old places, new *List) []Change {
	for i := range new.Entities {
		e := &new.Entities[i]
		was, ok := old.find(e.ID)
		if !ok {
			changes = append(changes, Change{List: new.ID, ID: e.ID, New: e})
			continue
		}
		if fields := diffFields(was, e); len(fields) > 0 {
			changes = append(changes, Change{List: new.ID, ID: e.ID, Old: was, New: e, Fields: fields})
		}
	}
	return changes
}

func diffFields(old, new *Entity) []FieldChange {
	if reflect.DeepEqual(old, new) {
		return nil
	}
	var fields []FieldChange
	a, b := reflect.ValueOf(*old), reflect.ValueOf(*new)
	for i := range a.NumField() {
		if reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			continue
		}
		if from, to := fieldJSON(a.Field(i)), fieldJSON(b.Field(i)); from != to { // nil and empty are the same
			name, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
			fields = append(fields, FieldChange{Field: name, Old: from, New: to})
		}
	}
	return fields
}

// fieldJSON is a field as canonical JSON has it, "" for one that is left out.
func fieldJSON(v reflect.Value) string {
	if v.Kind() == reflect.Slice && v.Len() == 0 || v.IsZero() {
		return ""
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v.Interface()); err != nil {
		return err.Error() // an Entity holds nothing that JSON cannot
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
