package match

// Kind is what a name is the name of. It decides which words are titles, legal forms or initials, and
// which differences matter.
type Kind string

// The kinds. A name of unknown kind is read both ways, and compared as what the other name is.
const (
	Unknown      Kind = ""
	Person       Kind = "person"
	Organization Kind = "organization"
	Vessel       Kind = "vessel"
	Aircraft     Kind = "aircraft"
)

// DefaultThreshold is the score from which a person should look at two names. One figure serves every
// kind and script: the costs are scaled to it. Its recall and false alarms on named data are in
// testdata/bench/RESULTS.md; examples/evaluate measures them on other data.
const DefaultThreshold = 0.70

// together is the kind by which names of two kinds are compared; ok is false for two kinds that have
// nothing in common.
func together(a, b *Name) (k Kind, ok bool) {
	switch {
	case a.kind == b.kind && a.kind != Unknown:
		return a.kind, true
	case a.kind != Unknown && b.kind != Unknown:
		return Unknown, false
	case a.kind != Unknown:
		return a.kind, true
	case b.kind != Unknown:
		return b.kind, true
	case a.corporate || b.corporate:
		return Organization, true
	}
	return Person, true
}
