package screening

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/shopspring/decimal"
)

// Bounds of an order; a larger one is refused whole.
const (
	MaxParties = 200
	MaxLines   = 10000
	// MaxText bounds every text of an order, in bytes.
	MaxText = 100_000
	// maxOwnerDepth bounds chains of owners, maxOwners their number for one party.
	maxOwnerDepth = 12
	maxOwners     = 500
)

// FieldProblem is one defect of an order.
type FieldProblem struct {
	// Path is the JSON path of the field, such as "parties[1].country".
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// InvalidOrderError names every defect of an order at once.
type InvalidOrderError struct {
	OrderID  string
	Problems []FieldProblem
}

// Error lists the problems, one a line.
func (e *InvalidOrderError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "order %q cannot be screened: %d problem(s)", e.OrderID, len(e.Problems))
	for _, p := range e.Problems {
		fmt.Fprintf(&b, "\n  %s: %s", p.Path, p.Reason)
	}
	return b.String()
}

// Normalise is the order as it is screened and recorded: white space trimmed from names, countries as
// ISO 3166-1 alpha-2 codes, the stage and schema filled in. The receiver is not changed. Where anything
// is wrong the error is an [*InvalidOrderError] that names all of it.
func (o *Order) Normalise() (*Order, error) {
	n := o.clone()
	v := &validator{}
	v.order(n)
	if len(v.problems) > 0 {
		return nil, &InvalidOrderError{OrderID: clip(o.ID, 100), Problems: v.problems}
	}
	return n, nil
}

// validator walks an order, resolves its country names in place and collects what is wrong.
type validator struct{ problems []FieldProblem }

func (v *validator) bad(path, format string, args ...any) {
	v.problems = append(v.problems, FieldProblem{path, fmt.Sprintf(format, args...)})
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

func (v *validator) order(o *Order) {
	switch o.Schema {
	case "":
		o.Schema = OrderSchema
	case OrderSchema:
	default:
		v.bad("schema", "%q is not %q", clip(o.Schema, 60), OrderSchema)
	}
	if v.text("id", &o.ID); o.ID == "" {
		v.bad("id", "is required")
	}
	v.date("date", o.Date, true)
	if o.Stage == "" {
		o.Stage = PreContract
	}
	oneOf(v, "stage", o.Stage, PreContract, LicenceApplication, BeforeShipment, AfterSales)
	if o.Currency != "" && !currencyCode.MatchString(o.Currency) {
		v.bad("currency", "%q is not an ISO 4217 code", clip(o.Currency, 20))
	}
	v.text("entered_by", &o.EnteredBy)
	v.text("note", &o.Note)
	v.country("destination", &o.Destination)
	v.endUse("end_use", o.EndUse)
	v.parties(o)
	v.lines(o)
	for i := range o.Route {
		at := fmt.Sprintf("route[%d]", i)
		v.country(at+".country", &o.Route[i].Country)
		v.text(at+".place", &o.Route[i].Place)
		oneOf(v, at+".mode", o.Route[i].Mode, "", "sea", "air", "road", "rail", "post")
	}
	if d := o.Delivery; d != nil {
		v.date("delivery.requested", d.Requested, false)
		v.text("delivery.instructions", &d.Instructions)
		v.address("delivery.place", d.Place)
	}
	if p := o.Payment; p != nil {
		oneOf(v, "payment.means", p.Means, "", "transfer", "letter_of_credit", "cash", "card", "open_account", "other")
		v.percent("payment.prepaid_percent", p.PrepaidPercent, true)
		v.country("payment.bank_country", &p.BankCountry)
	}
	v.papers(o)
}

func (v *validator) parties(o *Order) {
	switch n := len(o.Parties); {
	case n == 0:
		v.bad("parties", "an order without parties cannot be screened")
	case n > MaxParties:
		v.bad("parties", "%d parties; at most %d are screened at once", n, MaxParties)
		return
	}
	ids := map[string]int{}
	for i := range o.Parties {
		p, at := &o.Parties[i], fmt.Sprintf("parties[%d]", i)
		if j, dup := ids[p.ID]; dup && p.ID != "" {
			v.bad(at+".id", "%q is also the id of parties[%d]", clip(p.ID, 60), j)
		}
		ids[p.ID] = i
		if v.text(at+".name", &p.Name); p.Name == "" {
			v.bad(at+".name", "is required")
		}
		for j := range p.OtherNames {
			v.text(fmt.Sprintf("%s.other_names[%d]", at, j), &p.OtherNames[j])
		}
		if len(p.Roles) == 0 {
			v.bad(at+".roles", "at least one role is required")
		}
		for j, r := range p.Roles {
			oneOf(v, fmt.Sprintf("%s.roles[%d]", at, j), r, Roles...)
		}
		oneOf(v, at+".kind", p.Kind, "", "person", "organization", "vessel", "aircraft")
		oneOf(v, at+".business", p.Business, "", Manufacturer, Distributor, Trader, Logistics, Finance, Research, Government, Military, Service, OtherTrade)
		v.country(at+".country", &p.Country)
		for j := range p.Addresses {
			v.address(fmt.Sprintf("%s.addresses[%d]", at, j), &p.Addresses[j])
		}
		for j := range p.Identifiers {
			id, at := &p.Identifiers[j], fmt.Sprintf("%s.identifiers[%d]", at, j)
			if v.text(at+".value", &id.Value); id.Value == "" {
				v.bad(at+".value", "is required")
			}
			v.country(at+".country", &id.Country)
		}
		v.partialDate(at+".birth_date", p.BirthDate)
		v.date(at+".registered_on", p.RegisteredOn, false)
		v.date(at+".customer_since", p.CustomerSince, false)
		budget := maxOwners
		v.owners(at+".owners", p.Owners, 1, &budget)
		for j := range p.People {
			q, at := &p.People[j], fmt.Sprintf("%s.people[%d]", at, j)
			if v.text(at+".name", &q.Name); q.Name == "" {
				v.bad(at+".name", "is required")
			}
			v.partialDate(at+".birth_date", q.BirthDate)
			v.country(at+".country", &q.Country)
		}
	}
}

func (v *validator) owners(path string, owners []Owner, depth int, budget *int) {
	if len(owners) == 0 {
		return
	}
	if *budget -= len(owners); *budget < 0 || depth > maxOwnerDepth {
		v.bad(path, "more than %d owners or %d levels", maxOwners, maxOwnerDepth)
		return
	}
	sum := decimal.Zero
	for i := range owners {
		w, at := &owners[i], fmt.Sprintf("%s[%d]", path, i)
		if v.text(at+".name", &w.Name); w.Name == "" {
			v.bad(at+".name", "is required")
		}
		oneOf(v, at+".kind", w.Kind, "", "person", "organization")
		v.country(at+".country", &w.Country)
		v.percent(at+".percent", w.Percent, false)
		if w.Percent != nil {
			sum = sum.Add(*w.Percent)
		}
		v.owners(at+".owners", w.Owners, depth+1, budget)
	}
	if sum.GreaterThan(decimal.NewFromInt(100)) {
		v.bad(path, "the shares add up to %s per cent", sum)
	}
}

func (v *validator) lines(o *Order) {
	switch n := len(o.Lines); {
	case n == 0:
		v.bad("lines", "an order without lines cannot be screened")
	case n > MaxLines:
		v.bad("lines", "%d lines; at most %d are screened at once", n, MaxLines)
		return
	}
	parties := map[string]bool{}
	for _, p := range o.Parties {
		parties[p.ID] = true
	}
	ids := map[string]int{}
	for i := range o.Lines {
		l, at := &o.Lines[i], fmt.Sprintf("lines[%d]", i)
		if v.text(at+".id", &l.ID); l.ID == "" {
			v.bad(at+".id", "is required")
		} else if j, dup := ids[l.ID]; dup {
			v.bad(at+".id", "%q is also the id of lines[%d]", clip(l.ID, 60), j)
		}
		ids[l.ID] = i
		v.text(at+".description", &l.Description)
		v.text(at+".part_number", &l.PartNumber)
		v.text(at+".hs", &l.HS)
		oneOf(v, at+".kind", l.Kind, "", Goods, Software, Technology, Spare, Servicing)
		for j, c := range l.ControlCodes {
			if c.List == "" || c.Code == "" {
				v.bad(fmt.Sprintf("%s.control_codes[%d]", at, j), "list and code are required")
			}
		}
		v.amount(at+".quantity", l.Quantity)
		v.amount(at+".value", l.Value)
		v.amount(at+".list_price", l.ListPrice)
		v.country(at+".origin", &l.Origin)
		for j := range l.Contents {
			at := fmt.Sprintf("%s.contents[%d]", at, j)
			v.country(at+".country", &l.Contents[j].Country)
			v.percent(at+".percent", &l.Contents[j].Percent, true)
		}
		v.endUse(at+".end_use", l.EndUse)
		if l.EndUser != "" && !parties[l.EndUser] {
			v.bad(at+".end_user", "no party of the order has the id %q", clip(l.EndUser, 60))
		}
	}
}

func (v *validator) papers(o *Order) {
	lines := map[string]bool{}
	for _, l := range o.Lines {
		lines[l.ID] = true
	}
	for i := range o.Documents {
		d, at := &o.Documents[i], fmt.Sprintf("documents[%d]", i)
		oneOf(v, at+".type", d.Type, SingleLicence, GeneralLicence, Registration, EndUseCertificate, UVLStatement, RiskReport, WrittenCommitment, AuthorityAdvice, ForeignAuthorised, CommercialContract)
		oneOf(v, at+".status", d.Status, "", "valid", "revoked", "forged", "altered")
		for j, c := range d.Commitments {
			oneOf(v, fmt.Sprintf("%s.commitments[%d]", at, j), c, "no_change", "no_transfer", "no_wmd", "no_military")
		}
		v.date(at+".issued_on", d.IssuedOn, false)
		v.date(at+".valid_until", d.ValidUntil, false)
		v.country(at+".destination", &d.Destination)
		v.amount(at+".quantity", d.Quantity)
		v.amount(at+".value", d.Value)
		for j, id := range d.Lines {
			if !lines[id] {
				v.bad(fmt.Sprintf("%s.lines[%d]", at, j), "no line of the order has the id %q", clip(id, 60))
			}
		}
	}
	for i, a := range o.Answers {
		at := fmt.Sprintf("answers[%d]", i)
		if a.Question == "" {
			v.bad(at+".question", "is required")
		}
		oneOf(v, at+".value", a.Value, "yes", "no", "unknown")
		v.date(at+".on", a.On, false)
	}
	for i, c := range o.Changes {
		at := fmt.Sprintf("changes[%d]", i)
		oneOf(v, at+".field", c.Field, "consignee", "payer", "route", "end_user", "end_use", "destination", "item", "value")
		v.date(at+".on", c.On, false)
	}
}

func (v *validator) endUse(path string, u *EndUse) {
	if u == nil {
		return
	}
	v.text(path+".text", &u.Text)
	oneOf(v, path+".code", u.Code, "", "civil", "military", "dual", "government")
	v.address(path+".site", u.Site)
}

func (v *validator) address(path string, a *Address) {
	if a == nil {
		return
	}
	v.text(path+".text", &a.Text)
	v.text(path+".street", &a.Street)
	v.country(path+".country", &a.Country)
	oneOf(v, path+".use", a.Use, "", "residential", "commercial", "free_zone", "military")
}

// country turns a name in any language into its code.
func (v *validator) country(path string, s *string) {
	if *s == "" {
		return
	}
	code, ok := country.Resolve(*s)
	if !ok {
		v.bad(path, "%q is not a country known by code or name", clip(*s, 60))
		return
	}
	*s = code
}

func (v *validator) text(path string, s *string) {
	switch {
	case len(*s) > MaxText:
		v.bad(path, "longer than %d bytes", MaxText)
	case !utf8.ValidString(*s):
		v.bad(path, "is not valid UTF-8")
	case strings.ContainsRune(*s, 0):
		v.bad(path, "contains a NUL character")
	}
	*s = strings.TrimSpace(*s)
}

func (v *validator) date(path string, d Date, required bool) {
	if d.IsZero() {
		if required {
			v.bad(path, "is required")
		}
		return
	}
	if _, err := dated.ParseDate(string(d)); err != nil {
		v.bad(path, "%v", err)
	}
}

var partial = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

func (v *validator) partialDate(path, s string) {
	if s != "" && !partial.MatchString(s) {
		v.bad(path, "%q is not a date of the form 2006, 2006-01 or 2006-01-02", clip(s, 40))
	}
}

func (v *validator) amount(path string, d *Decimal) {
	if d != nil && d.IsNegative() {
		v.bad(path, "%s is negative", d)
	}
}

func (v *validator) percent(path string, d *Decimal, zero bool) {
	if d == nil {
		return
	}
	if d.IsNegative() || d.GreaterThan(decimal.NewFromInt(100)) || !zero && d.IsZero() {
		v.bad(path, "%s is not a percentage", d)
	}
}

// oneOf checks a value of a closed set; "" must be in the set to be allowed.
func oneOf[T ~string](v *validator, path string, x T, allowed ...T) {
	if slices.Contains(allowed, x) {
		return
	}
	if x == "" {
		v.bad(path, "is required")
		return
	}
	words := make([]string, 0, len(allowed))
	for _, a := range allowed {
		if a != "" {
			words = append(words, string(a))
		}
	}
	v.bad(path, "%q is not one of %s", clip(string(x), 60), strings.Join(words, ", "))
}

// clip shortens a text for a message.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// appendNew appends what is neither empty nor there already.
func appendNew[T comparable](s []T, xs ...T) []T {
	var zero T
	for _, x := range xs {
		if x != zero && !slices.Contains(s, x) {
			s = append(s, x)
		}
	}
	return s
}
