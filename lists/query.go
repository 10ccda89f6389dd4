package lists

import "github.com/ordergate/ordergate/lists/match"

// DefaultThreshold is the name likeness from which a hit is reported where a query gives no other.
const DefaultThreshold = match.DefaultThreshold

// Query is a party, vessel or aircraft to look for. Only what is given is compared.
type Query struct {
	// Names are the names it goes by; each is compared with every listed name.
	Names []string
	// Kind is what it is; Unknown compares it with entities of every kind.
	Kind Kind
	// BirthDates are of the form 2006-01-02, 2006-01 or 2006. Others are ignored.
	BirthDates []string
	// Countries are ISO 3166-1 alpha-2 codes of nationality, residence, seat or flag.
	Countries []string
	// Addresses and Identifiers are looked up and compared after normalising, exactly.
	Addresses   []Address
	Identifiers []Identifier
	// Threshold is the least likeness of a name that is reported; 0 is DefaultThreshold.
	Threshold float64
	// Limit is the greatest number of hits; 0 is no limit.
	Limit int
}

// By is the way an entity was found.
type By string

// The ways. An entity found in several is reported once, by the first of them here that applies.
const (
	ByIdentifier By = "identifier"
	ByName       By = "name"
	ByAddress    By = "address"
)

// Hit is a listed entity a query may mean.
type Hit struct {
	List   *List
	Entity *Entity
	By     By
	// Query is the name, identifier or address of the query that led here.
	Query string
	// Name is the listed name most like a name of the query, and Score how alike the two are; where no
	// name is alike at all, Name is the primary one and Score 0.
	Name  Name
	Score float64
	// Rank orders the hits of one query, greatest first: Score after corroboration. It may exceed 1.
	Rank float64
	// Corroboration is what else of the query agrees with the entity or contradicts it; it is not part of Score.
	Corroboration []Corroboration

	query, listed *match.Name
}

// Explain is how the Score came about. It is empty for a hit without a name.
func (h *Hit) Explain() match.Explanation {
	if h.query == nil {
		return match.Explanation{}
	}
	return match.Explain(h.query, h.listed)
}

// Contradicted reports whether anything of the query contradicts the entity.
func (h *Hit) Contradicted() bool {
	for _, c := range h.Corroboration {
		if c.Verdict == Contradicts {
			return true
		}
	}
	return false
}

// CorroborationField is what was compared besides the name.
type CorroborationField string

// The fields.
const (
	FieldBirthDate  CorroborationField = "birth_date"
	FieldCountry    CorroborationField = "country"
	FieldAddress    CorroborationField = "address"
	FieldIdentifier CorroborationField = "identifier"
)

// Verdict is what a comparison of a field says. A field that one side does not give says nothing.
type Verdict string

// The verdicts.
const (
	Agrees      Verdict = "agrees"
	Contradicts Verdict = "contradicts"
	// Near is of addresses that agree but for the floor, room or unit, or where one side gives none: the same building.
	Near Verdict = "near"
)

// Corroboration is one field compared, with the values that decided.
type Corroboration struct {
	Field   CorroborationField `json:"field"`
	Query   string             `json:"query"`
	Listed  string             `json:"listed"`
	Verdict Verdict            `json:"verdict"`
	// Weight is what was added to the rank, negative for a contradiction.
	Weight float64 `json:"weight"`
}
