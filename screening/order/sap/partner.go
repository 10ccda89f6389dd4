package sap

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/jsontree"
)

// partners adds the parties of the header or of an item, and gives the id of the end user among them.
func (rd reader) partners(partners []jsontree.Record, o *screening.Order) (endUser string) {
	standard := english
	if slices.ContainsFunc(partners, isGerman) {
		standard = german
	}
	for _, p := range partners {
		function := firstText(p, "PartnerFunctionInternalCode", "PartnerFunction")
		number := firstText(p, "Customer", "Supplier")
		role, known := rd.m.role(function, standard)
		switch {
		case !known && number == "":
			continue // personnel or a contact person of the seller
		case !known:
			p.Problem(fault.Unknown, "PartnerFunction", fault.Quote(function)+" is no known partner function; say in the mapping what role it stands for")
			continue
		case role == "":
			continue
		case len(o.Parties) > screening.MaxParties:
			p.Problem(fault.Limit, "", "is one partner more than can be screened at once")
			return endUser
		}
		id := add(o, rd.party(p, number), role)
		if role == screening.EndUser {
			endUser = id
		}
	}
	return endUser
}

// add appends a party, or the role to the same customer at the same address, and gives its id. The same
// customer at another address is another party, with the customer's number and a count as its id.
func add(o *screening.Order, p screening.Party, role screening.Role) (id string) {
	number, count := p.ID, 1
	for i := range o.Parties {
		q := &o.Parties[i]
		if base, _, _ := strings.Cut(q.ID, "/"); base != number {
			continue
		}
		if q.Name == p.Name && slices.Equal(q.Addresses, p.Addresses) {
			if !slices.Contains(q.Roles, role) {
				q.Roles = append(q.Roles, role)
			}
			return q.ID
		}
		count++
	}
	if count > 1 {
		p.ID = number + "/" + strconv.Itoa(count)
	}
	p.Roles = []screening.Role{role}
	o.Parties = append(o.Parties, p)
	return p.ID
}

// isGerman reports whether a partner's function is written in German; see the package comment.
func isGerman(p jsontree.Record) bool {
	return p.Has("PartnerFunctionInternalCode") || slices.Contains([]string{"AG", "WE", "RE", "RG"}, p.Text("PartnerFunction"))
}

// maxAddresses bounds the representations of one partner's address.
const maxAddresses = 50

// party is a partner with its address. An address may come in several representations, the
// international one first; the others give the name in another script.
func (rd reader) party(p jsontree.Record, number string) screening.Party {
	party := screening.Party{ID: number}
	addresses := expanded(p, "to_Address", "_Address")
	if len(addresses) > maxAddresses {
		p.Problem(fault.Limit, "to_Address", "holds more addresses than a partner can have")
		return party
	}
	for _, a := range addresses {
		name := a.Text("AddresseeFullName")
		if org := joined(" ", a.Text("OrganizationName1"), a.Text("OrganizationName2"), a.Text("OrganizationName3"), a.Text("OrganizationName4")); org != "" {
			if name != "" && name != org {
				party.People = append(party.People, screening.PersonRef{Name: name, Position: "addressee"})
			}
			name, party.Kind = org, "organization"
		}
		switch {
		case party.Name == "":
			party.Name, party.Country = name, a.Text("Country")
		case name != "" && name != party.Name && !slices.Contains(party.OtherNames, name):
			party.OtherNames = append(party.OtherNames, name)
		}
		party.Addresses = append(party.Addresses, screening.Address{
			Street: joined(", ", a.Text("StreetPrefixName1"), a.Text("StreetPrefixName2"),
				joined(" ", a.Text("StreetName"), a.Text("HouseNumber")), a.Text("StreetSuffixName1"), a.Text("DistrictName"), box(a.Text("POBox"))),
			City: a.Text("CityName"), Region: a.Text("Region"), PostalCode: a.Text("PostalCode"), Country: a.Text("Country"),
		})
		party.Emails = addNew(party.Emails, a.Text("EmailAddress"))
		party.Phones = addNew(addNew(party.Phones, a.Text("PhoneNumber")), a.Text("MobileNumber"))
	}
	if vat := p.Text("VATRegistration"); vat != "" {
		party.Identifiers = []screening.Identifier{{Type: "tax_id", Value: vat}}
	}
	if party.Name == "" {
		p.Problem(fault.Missing, "to_Address", "gives no name for partner "+fault.Quote(number)+"; ask for $expand=to_Partner/to_Address")
	}
	return party
}

func box(number string) string {
	if number == "" {
		return ""
	}
	return "P.O. Box " + number
}

func joined(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

func addNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// stamp is a date as OData V2 writes it in JSON: milliseconds since 1970 in UTC.
var stamp = regexp.MustCompile(`^/Date\((-?[0-9]{1,14})(?:[+-][0-9]{4})?\)/$`)

func date(r jsontree.Record, name string) screening.Date {
	if m := stamp.FindStringSubmatch(r.Text(name)); m != nil {
		ms, err := strconv.ParseInt(m[1], 10, 64)
		if t := time.UnixMilli(ms).UTC(); err == nil && t.Year() >= 1 && t.Year() <= 9999 {
			return dated.DateOf(t)
		}
		r.Problem(fault.Value, name, fault.Quote(r.Text(name))+" is not a date")
		return ""
	}
	return r.Date(name)
}
