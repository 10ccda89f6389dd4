package odoo

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/jsontree"
)

// addParty adds a res.partner or res.company in a role; one record in several roles is one party. The
// seller is a company, whose numbers are apart from those of the partners.
func addParty(o *screening.Order, r jsontree.Record, role screening.Role) {
	p := party(r)
	if role == screening.Seller {
		p.ID = "company-" + p.ID
	}
	if p.Name == "" {
		r.Problem(fault.Missing, "", "gives no name")
		return
	}
	i := slices.IndexFunc(o.Parties, func(q screening.Party) bool { return p.ID != "" && q.ID == p.ID })
	if i < 0 {
		p.Roles = []screening.Role{role}
		o.Parties = append(o.Parties, p)
	} else if !slices.Contains(o.Parties[i].Roles, role) {
		o.Parties[i].Roles = append(o.Parties[i].Roles, role)
	}
	if role == screening.Consignee && p.Country != "" {
		o.Destination = p.Country
	}
}

func party(r jsontree.Record) screening.Party {
	if pair := r.Elems(); len(pair) == 2 {
		return screening.Party{ID: pair[0].Value(), Name: label(r)}
	}
	p := screening.Party{ID: r.Text("id"), Country: country(r.Sub("country_id")), Website: r.Text("website")}
	// A delivery or invoice address may have no name of its own, or that of a contact; the company it
	// belongs to is then what must be screened with it.
	for _, name := range []string{r.Text("name"), r.Text("commercial_company_name"), label(r.Sub("parent_id")), label(r)} {
		switch {
		case name == "" || name == p.Name || slices.Contains(p.OtherNames, name):
		case p.Name == "":
			p.Name = name
		default:
			p.OtherNames = append(p.OtherNames, name)
		}
	}
	if r.True("is_company") || r.Text("company_type") == "company" {
		p.Kind = "organization"
	}
	a := screening.Address{
		Street: strings.Join(nonEmpty(r.Text("street"), r.Text("street2")), ", "),
		City:   r.Text("city"), Region: label(r.Sub("state_id")), PostalCode: r.Text("zip"), Country: p.Country,
	}
	if a != (screening.Address{Country: p.Country}) {
		p.Addresses = []screening.Address{a}
	}
	for _, id := range []struct{ field, typ string }{{"vat", "tax_id"}, {"company_registry", "registration"}} {
		if v := r.Text(id.field); v != "" {
			p.Identifiers = append(p.Identifiers, screening.Identifier{Type: id.typ, Value: v, Country: p.Country})
		}
	}
	p.Emails = nonEmpty(r.Text("email"))
	p.Phones = nonEmpty(r.Text("phone"), r.Text("mobile"))
	return p
}

// country is a res.country: its code where the record is expanded with it, else its name.
func country(r jsontree.Record) string {
	if code := r.Text("code"); code != "" {
		return code
	}
	return label(r)
}

func nonEmpty(s ...string) []string {
	s = slices.DeleteFunc(s, func(x string) bool { return x == "" })
	if len(s) == 0 {
		return nil
	}
	return s
}
