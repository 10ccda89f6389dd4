package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Snapshot is a set of lists that never changes, safe for concurrent use. What it hands out is shared and must
// not be changed either.
type Snapshot struct {
	lists   []List
	digests []string // of lists, in their order
	places  []places // of lists, in their order
	digest  string
}

// NewSnapshot makes a snapshot of valid lists with different ids, and takes them over: the caller must not
// change them afterwards. The order of its arguments does not matter. The error joins every defect of every
// list; the snapshot is nil then. A snapshot of no lists is valid, and finds nobody.
func NewSnapshot(lists ...List) (*Snapshot, error) {
	return (&Snapshot{}).With(lists...)
}

// With is a new snapshot in which the given lists, taken over as [NewSnapshot] does, stand in the place of those
// of the same id or beside the others. The old snapshot stays as it is; what both have in common they share.
func (s *Snapshot) With(lists ...List) (*Snapshot, error) {
	fresh := slices.Clone(lists)
	slices.SortFunc(fresh, func(a, b List) int { return strings.Compare(a.ID, b.ID) })
	var errs []error
	for i := range fresh {
		l := &fresh[i]
		if i > 0 && fresh[i-1].ID == l.ID {
			errs = append(errs, &Problem{List: l.ID, Reason: "two lists have this id", Err: ErrDuplicate})
		}
		errs = append(errs, l.Validate())
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	next := &Snapshot{}
	for i, j := 0, 0; i < len(s.lists) || j < len(fresh); {
		if j == len(fresh) || i < len(s.lists) && s.lists[i].ID < fresh[j].ID {
			next.add(s.lists[i], s.places[i], s.digests[i])
			i++
			continue
		}
		if i < len(s.lists) && s.lists[i].ID == fresh[j].ID {
			i++ // replaced
		}
		digest, err := fresh[j].digest()
		if err != nil {
			return nil, err
		}
		next.add(fresh[j], placesOf(fresh[j].Entities), digest)
		j++
	}
	sum := sha256.Sum256([]byte(next.manifest()))
	next.digest = hex.EncodeToString(sum[:])
	return next, nil
}

func (s *Snapshot) add(l List, p places, digest string) {
	s.lists, s.places, s.digests = append(s.lists, l), append(s.places, p), append(s.digests, digest)
}

// Digest is the SHA-256, in hex, of the snapshot's manifest: a line naming the format, then for each list, in
// order of id, a line of its id, a space and the digest of its canonical bytes. Equal digests are equal data.
func (s *Snapshot) Digest() string { return s.digest }

// manifestHead names the form of a snapshot's canonical bytes; a change of form gets another number.
const manifestHead = "ordergate lists snapshot 1\n"

func (s *Snapshot) manifest() string {
	var b strings.Builder
	b.WriteString(manifestHead)
	for i, l := range s.lists {
		fmt.Fprintf(&b, "%s %s\n", l.ID, s.digests[i])
	}
	return b.String()
}

// Lists are the lists in order of id.
func (s *Snapshot) Lists() []List { return s.lists }

// List is the list with an id; ok is false where the snapshot has none.
func (s *Snapshot) List(id string) (l *List, ok bool) {
	i, ok := s.find(id)
	if !ok {
		return nil, false
	}
	return &s.lists[i], true
}

// ListDigest is the SHA-256, in hex, of one list's canonical bytes, or "" where the snapshot has no such list.
func (s *Snapshot) ListDigest(id string) string {
	i, ok := s.find(id)
	if !ok {
		return ""
	}
	return s.digests[i]
}

func (s *Snapshot) find(id string) (int, bool) {
	return slices.BinarySearchFunc(s.lists, id, func(l List, id string) int { return strings.Compare(l.ID, id) })
}

// Entity is the entity with an id in a list; ok is false where there is none.
func (s *Snapshot) Entity(listID, id string) (e *Entity, ok bool) {
	i, ok := s.find(listID)
	if !ok {
		return nil, false
	}
	return s.places[i].find(id)
}

// Entities yields every entity with its list: lists in order of id, entities in their source's order.
func (s *Snapshot) Entities() iter.Seq2[*List, *Entity] {
	return func(yield func(*List, *Entity) bool) {
		for i := range s.lists {
			l := &s.lists[i]
			for j := range l.Entities {
				if !yield(l, &l.Entities[j]) {
					return
				}
			}
		}
	}
}

// Len is the number of entities of all lists.
func (s *Snapshot) Len() int {
	n := 0
	for i := range s.lists {
		n += len(s.lists[i].Entities)
	}
	return n
}
