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

func (v *validator) bad(path place, format string, args ...any) {
	v.problems = append(v.problems, FieldProblem{path.String(), fmt.Sprintf(format, args...)})
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

func (v *validator) order(o *Order) {
	switch o.Schema {
	case "":
		o.Schema = OrderSchema
	case OrderSchema:
	default:
		v.bad(top.field("schema"), "%q is not %q", clip(o.Schema, 60), OrderSchema)
	}
	if v.text(top.field("id"), &o.ID); o.ID == "" {
		v.bad(top.field("id"), "is required")
	}
	v.date(top.field("date"), o.Date, true)
	if o.Stage == "" {
		o.Stage = PreContract
	}
	oneOf(v, top.field("stage"), o.Stage, PreContract, LicenceApplication, BeforeShipment, AfterSales)
	if o.Currency != "" && !currencyCode.MatchString(o.Currency) {
		v.bad(top.field("currency"), "%q is not an ISO 4217 code", clip(o.Currency, 20))
	}
	v.text(top.field("entered_by"), &o.EnteredBy)
	v.text(top.field("note"), &o.Note)
	v.country(top.field("destination"), &o.Destination)
	v.endUse(top.field("end_use"), o.EndUse)
	v.parties(o)
	v.lines(o)
	for i := range o.Route {
		at := top.element("route", i)
		v.country(at.field("country"), &o.Route[i].Country)
		v.text(at.field("place"), &o.Route[i].Place)
		oneOf(v, at.field("mode"), o.Route[i].Mode, "", "sea", "air", "road", "rail", "post")
	}
	if d := o.Delivery; d != nil {
		v.date(top.field("delivery.requested"), d.Requested, false)
		v.text(top.field("delivery.instructions"), &d.Instructions)
		v.address(top.field("delivery.place"), d.Place)
	}
	if p := o.Payment; p != nil {
		oneOf(v, top.field("payment.means"), p.Means, "", "transfer", "letter_of_credit", "cash", "card", "open_account", "other")
		v.percent(top.field("payment.prepaid_percent"), p.PrepaidPercent, true)
		v.country(top.field("payment.bank_country"), &p.BankCountry)
	}
	v.papers(o)
}

func (v *validator) parties(o *Order) {
	switch n := len(o.Parties); {
	case n == 0:
		v.bad(top.field("parties"), "an order without parties cannot be screened")
	case n > MaxParties:
		v.bad(top.field("parties"), "%d parties; at most %d are screened at once", n, MaxParties)
		return
	}
	ids := map[string]int{}
	for i := range o.Parties {
		p, at := &o.Parties[i], top.element("parties", i)
		if j, dup := ids[p.ID]; dup && p.ID != "" {
			v.bad(at.field("id"), "%q is also the id of parties[%d]", clip(p.ID, 60), j)
		}
		ids[p.ID] = i
		v.party(at, p)
	}
}

func (v *validator) party(at place, p *Party) {
	if v.text(at.field("name"), &p.Name); p.Name == "" {
		v.bad(at.field("name"), "is required")
	}
	for j := range p.OtherNames {
		v.text(at.element("other_names", j), &p.OtherNames[j])
	}
	if len(p.Roles) == 0 {
		v.bad(at.field("roles"), "at least one role is required")
	}
	for j, r := range p.Roles {
		oneOf(v, at.element("roles", j), r, Roles...)
	}
	oneOf(v, at.field("kind"), p.Kind, "", "person", "organization", "vessel", "aircraft")
	oneOf(v, at.field("business"), p.Business, "", Manufacturer, Distributor, Trader, Logistics, Finance, Research, Government, Military, Service, OtherTrade)
	v.country(at.field("country"), &p.Country)
	for j := range p.Addresses {
		v.address(at.element("addresses", j), &p.Addresses[j])
	}
	for j := range p.Identifiers {
		id, at := &p.Identifiers[j], at.element("identifiers", j)
		if v.text(at.field("value"), &id.Value); id.Value == "" {
			v.bad(at.field("value"), "is required")
		}
		v.country(at.field("country"), &id.Country)
	}
	v.partialDate(at.field("birth_date"), p.BirthDate)
	v.date(at.field("registered_on"), p.RegisteredOn, false)
	v.date(at.field("customer_since"), p.CustomerSince, false)
	if len(p.Owners) > 0 { // a place of its own: owners of owners keep theirs, and most parties give none
		under, budget := at, maxOwners
		v.owners(under.field("owners"), p.Owners, 1, &budget)
	}
	for j := range p.People {
		q, at := &p.People[j], at.element("people", j)
		if v.text(at.field("name"), &q.Name); q.Name == "" {
			v.bad(at.field("name"), "is required")
		}
		v.partialDate(at.field("birth_date"), q.BirthDate)
		v.country(at.field("country"), &q.Country)
	}
}

func (v *validator) owners(path place, owners []Owner, depth int, budget *int) {
	if len(owners) == 0 {
		return
	}
	if *budget -= len(owners); *budget < 0 || depth > maxOwnerDepth {
		v.bad(path, "more than %d owners or %d levels", maxOwners, maxOwnerDepth)
		return
	}
	sum := decimal.Zero
	for i := range owners {
		w, at := &owners[i], path.element("", i)
		if v.text(at.field("name"), &w.Name); w.Name == "" {
			v.bad(at.field("name"), "is required")
		}
		oneOf(v, at.field("kind"), w.Kind, "", "person", "organization")
		v.country(at.field("country"), &w.Country)
		v.percent(at.field("percent"), w.Percent, false)
		if w.Percent != nil {
			sum = sum.Add(*w.Percent)
		}
		v.owners(at.field("owners"), w.Owners, depth+1, budget)
	}
	if sum.GreaterThan(decimal.NewFromInt(100)) {
		v.bad(path, "the shares add up to %s per cent", sum)
	}
}

func (v *validator) lines(o *Order) {
	switch n := len(o.Lines); {
	case n == 0:
		v.bad(top.field("lines"), "an order without lines cannot be screened")
	case n > MaxLines:
		v.bad(top.field("lines"), "%d lines; at most %d are screened at once", n, MaxLines)
		return
	}
	parties := map[string]bool{}
	for _, p := range o.Parties {
		parties[p.ID] = true
	}
	ids := map[string]int{}
	for i := range o.Lines {
		l, at := &o.Lines[i], top.element("lines", i)
		if v.text(at.field("id"), &l.ID); l.ID == "" {
			v.bad(at.field("id"), "is required")
		} else if j, dup := ids[l.ID]; dup {
			v.bad(at.field("id"), "%q is also the id of lines[%d]", clip(l.ID, 60), j)
		}
		ids[l.ID] = i
		v.text(at.field("description"), &l.Description)
		v.text(at.field("part_number"), &l.PartNumber)
		v.text(at.field("hs"), &l.HS)
		oneOf(v, at.field("kind"), l.Kind, "", Goods, Software, Technology, Spare, Servicing)
		for j, c := range l.ControlCodes {
			if c.List == "" || c.Code == "" {
				v.bad(at.element("control_codes", j), "list and code are required")
			}
		}
		v.amount(at.field("quantity"), l.Quantity)
		v.amount(at.field("value"), l.Value)
		v.amount(at.field("list_price"), l.ListPrice)
		v.country(at.field("origin"), &l.Origin)
		for j := range l.Contents {
			at := at.element("contents", j)
			v.country(at.field("country"), &l.Contents[j].Country)
			v.percent(at.field("percent"), &l.Contents[j].Percent, true)
		}
		v.endUse(at.field("end_use"), l.EndUse)
		if l.EndUser != "" && !parties[l.EndUser] {
			v.bad(at.field("end_user"), "no party of the order has the id %q", clip(l.EndUser, 60))
		}
	}
}

func (v *validator) papers(o *Order) {
	lines := map[string]bool{}
	for _, l := range o.Lines {
		lines[l.ID] = true
	}
	for i := range o.Documents {
		d, at := &o.Documents[i], top.element("documents", i)
		oneOf(v, at.field("type"), d.Type, SingleLicence, GeneralLicence, Registration, EndUseCertificate, UVLStatement, RiskReport, WrittenCommitment, AuthorityAdvice, ForeignAuthorised, CommercialContract)
		oneOf(v, at.field("status"), d.Status, "", "valid", "revoked", "forged", "altered")
		for j, c := range d.Commitments {
			oneOf(v, at.element("commitments", j), c, "no_change", "no_transfer", "no_wmd", "no_military")
		}
		v.date(at.field("issued_on"), d.IssuedOn, false)
		v.date(at.field("valid_until"), d.ValidUntil, false)
		v.country(at.field("destination"), &d.Destination)
		v.amount(at.field("quantity"), d.Quantity)
		v.amount(at.field("value"), d.Value)
		for j, id := range d.Lines {
			if !lines[id] {
				v.bad(at.element("lines", j), "no line of the order has the id %q", clip(id, 60))
			}
		}
	}
	for i, a := range o.Answers {
		at := top.element("answers", i)
		if a.Question == "" {
			v.bad(at.field("question"), "is required")
		}
		oneOf(v, at.field("value"), a.Value, "yes", "no", "unknown")
		v.date(at.field("on"), a.On, false)
	}
	for i, c := range o.Changes {
		at := top.element("changes", i)
		oneOf(v, at.field("field"), c.Field, "consignee", "payer", "route", "end_user", "end_use", "destination", "item", "value")
		v.date(at.field("on"), c.On, false)
	}
}

func (v *validator) endUse(path place, u *EndUse) {
	if u == nil {
		return
	}
	v.text(path.field("text"), &u.Text)
	oneOf(v, path.field("code"), u.Code, "", "civil", "military", "dual", "government")
	v.address(path.field("site"), u.Site)
}

func (v *validator) address(path place, a *Address) {
	if a == nil {
		return
	}
	v.text(path.field("text"), &a.Text)
	v.text(path.field("street"), &a.Street)
	v.country(path.field("country"), &a.Country)
	oneOf(v, path.field("use"), a.Use, "", "residential", "commercial", "free_zone", "military")
}

// country turns a name in any language into its code.
func (v *validator) country(path place, s *string) {
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

func (v *validator) text(path place, s *string) {
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

func (v *validator) date(path place, d Date, required bool) {
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

func (v *validator) partialDate(path place, s string) {
	if s != "" && !partial.MatchString(s) {
		v.bad(path, "%q is not a date of the form 2006, 2006-01 or 2006-01-02", clip(s, 40))
	}
}

func (v *validator) amount(path place, d *Decimal) {
	if d != nil && d.IsNegative() {
		v.bad(path, "%s is negative", d)
	}
}

func (v *validator) percent(path place, d *Decimal, zero bool) {
	if d == nil {
		return
	}
	if d.IsNegative() || d.GreaterThan(decimal.NewFromInt(100)) || !zero && d.IsZero() {
		v.bad(path, "%s is not a percentage", d)
	}
}

// oneOf checks a value of a closed set; "" must be in the set to be allowed.
func oneOf[T ~string](v *validator, path place, x T, allowed ...T) {
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
