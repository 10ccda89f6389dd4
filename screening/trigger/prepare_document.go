package trigger

import (
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// licences are the types of China's export licences: State Council Order 792, art. 15.
var licences = []string{"single_licence", "general_licence", "registration_certificate"}

// document makes the facts of a paper on file: whether it may be relied on, and whether it is for this
// order. A paper that is gives its type to the lines it covers.
func (p *preparation) document(i int) {
	d := &p.v.Documents[i]
	f := &documentFacts{
		place: indexed("documents", i), Type: d.Type, Status: d.Status, IssuedOn: string(d.IssuedOn), ValidUntil: string(d.ValidUntil),
		Issuer: d.Issuer, SHA256: d.SHA256, Licence: slices.Contains(licences, d.Type),
		Lapsed: d.ValidUntil != "" && d.ValidUntil < p.v.AsOf,
		Future: d.IssuedOn > p.v.AsOf,
		Bad:    d.Status != "" && d.Status != "valid",

		Commitments: d.Commitments,
		TwoHashes: slices.ContainsFunc(p.v.Documents, func(o Document) bool {
			return d.Number != "" && o.Type == d.Type && o.Number == d.Number && o.SHA256 != "" && d.SHA256 != "" && o.SHA256 != d.SHA256
		}),
	}
	p.all.documents = append(p.all.documents, f)
	covered := p.coveredBy(d)
	if f.Licence || d.Type == "end_use_certificate" {
		p.compare(f, d, covered)
	}
	if f.Licence {
		p.balance(f, d, covered)
	}
	f.EndUsers = p.endUsers(covered)
	if f.Lapsed || f.Bad || f.Future {
		return
	}
	p.env.Order.Papers = appendNew(p.env.Order.Papers, d.Type)
	if len(f.Differs) == 0 && len(f.Short) == 0 {
		for _, j := range covered {
			// A paper cannot be said to be for an item nobody has determined.
			if l := p.all.lines[j]; l.Control != "" {
				l.Papers = appendNew(l.Papers, d.Type)
			}
		}
	}
}

// coveredBy are the places of the lines a paper is for: those it names or, where it names none, all.
func (p *preparation) coveredBy(d *Document) (lines []int) {
	for i := range p.v.Lines {
		if len(d.Lines) == 0 || slices.Contains(d.Lines, p.v.Lines[i].ID) {
			lines = append(lines, i)
		}
	}
	return lines
}

// endUsers is the number of end users of lines, nil where one has none.
func (p *preparation) endUsers(lines []int) *int {
	var users []*partyFacts
	for _, j := range lines {
		u := p.all.lines[j].EndUser
		if u == nil {
			return nil
		}
		if !slices.Contains(users, u) {
			users = append(users, u)
		}
	}
	n := len(users)
	return &n
}

// compare sets the key elements of a paper that differ from the order's, or cannot be compared. The key
// elements are item, destination, end user and end use: State Council Order 792, art. 18. Names and
// end uses are compared letter by letter, without case, space and punctuation.
func (p *preparation) compare(f *documentFacts, d *Document, covered []int) {
	element := func(name, paper, order string, equal bool) {
		switch {
		case paper == "" || order == "":
			f.Silent = appendNew(f.Silent, name)
		case !equal:
			f.Differs = appendNew(f.Differs, name)
		}
	}
	element("destination", d.Destination, p.v.Destination, d.Destination == p.v.Destination)
	for _, j := range covered {
		l := p.all.lines[j]
		if l.Control == "" {
			element("item", "", "", false)
		}
		for _, c := range p.v.Lines[j].Classes {
			if c.List == "CN-DUCL" && certain(c.Strength) && binding(c.Status) {
				element("item", strings.Join(d.ControlCodes, " "), c.Code, slices.Contains(d.ControlCodes, c.Code))
			}
		}
		user, names := "", []string(nil)
		if u := l.EndUser; u != nil {
			user, names = u.Name, p.namesOf(u)
		}
		element("end_user", d.EndUser, user, slices.ContainsFunc(names, func(n string) bool { return sameWords(n, d.EndUser) }))
		element("end_use", d.EndUse, l.EndUse.Text, sameWords(l.EndUse.Text, d.EndUse))
	}
}

func (p *preparation) namesOf(f *partyFacts) []string {
	i := slices.Index(p.all.parties, f)
	return append([]string{p.v.Parties[i].Name}, p.v.Parties[i].OtherNames...)
}

// sameWords compares two texts by their letters and digits.
func sameWords(a, b string) bool {
	if a == b {
		return true
	}
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	return fold(a) == fold(b)
}

// balance sets what the covered lines exceed of what is left on a licence. A line without the amount
// makes the balance one of the elements that cannot be compared.
func (p *preparation) balance(f *documentFacts, d *Document, covered []int) {
	check := func(name string, left *decimal.Decimal, of func(*Line) *decimal.Decimal) {
		if left == nil {
			return
		}
		sum := decimal.Zero
		for _, j := range covered {
			n := of(&p.v.Lines[j])
			if n == nil {
				f.Silent = appendNew(f.Silent, name)
				return
			}
			sum = sum.Add(*n)
		}
		if sum.GreaterThan(*left) {
			f.Short = append(f.Short, name)
		}
	}
	check("quantity", d.Quantity, func(l *Line) *decimal.Decimal { return l.Quantity })
	check("value", d.Value, func(l *Line) *decimal.Decimal { return l.Value })
}
