package ubl

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/xmltree"
)

func (rd *reader) parties() {
	root := rd.root
	rd.party(root.One("SellerSupplierParty", "Party"), screening.Seller)
	if rd.invoice {
		rd.party(root.One("AccountingSupplierParty", "Party"), screening.Seller)
	}
	buyer, payer := root.One("BuyerCustomerParty"), root.One("AccountingCustomerParty")
	if buyer == nil && rd.invoice {
		buyer = payer
	}
	rd.customer(buyer, screening.Buyer)
	users := root.All("BeneficiaryParty")
	for _, u := range users {
		rd.party(u, screening.EndUser)
	}
	originator := screening.EndUser
	if len(users) > 0 {
		originator = screening.Agent
	}
	rd.customer(root.One("OriginatorCustomerParty"), originator)
	rd.customer(payer, screening.Payer)
	rd.others(root, "SellerSupplierParty", "AccountingSupplierParty", "BuyerCustomerParty", "AccountingCustomerParty", "BeneficiaryParty", "OriginatorCustomerParty")
}

// roles are what the parties do whose element means the same wherever it stands.
var roles = map[string]screening.Role{
	"ConsigneeParty": screening.Consignee, "FinalDeliveryParty": screening.UltimateConsignee,
	"FreightForwarderParty": screening.Forwarder, "LogisticsOperatorParty": screening.Forwarder,
	"CarrierParty": screening.Carrier, "PerformingCarrierParty": screening.Carrier, "SubstituteCarrierParty": screening.Carrier,
	"NotifyParty": screening.Notify, "MortgageHolderParty": screening.Bank, "PayeeParty": screening.Agent,
	"ExporterParty": screening.Seller, "ConsignorParty": screening.Seller, "DespatchParty": screening.Seller, "OriginalDespatchParty": screening.Seller,
}

// others adds every further party of a part of the document, one of an element without a role above as an agent where it has
// a name: a party that is not read is not screened. taken are the elements that have been read.
func (rd *reader) others(n *xmltree.Node, taken ...string) {
	if n == nil {
		return
	}
	for _, c := range n.Children {
		if !strings.HasSuffix(c.Name.Local, "Party") || slices.Contains(taken, c.Name.Local) {
			continue
		}
		role, known := roles[c.Name.Local]
		if inner := c.One("Party"); inner != nil { // of a customer or supplier
			c = inner
		}
		switch {
		case known:
			rd.party(c, role)
		case len(names(c)) > 0:
			rd.party(c, screening.Agent)
		}
	}
}

// customer adds the party of a customer element, with the contacts that stand beside it.
func (rd *reader) customer(n *xmltree.Node, role screening.Role) {
	p, ok := rd.read(n.One("Party"))
	if !ok {
		return
	}
	for _, contact := range []string{"DeliveryContact", "AccountingContact", "BuyerContact"} {
		if name := n.One(contact, "Name").Text(); name != "" {
			p.People = append(p.People, screening.PersonRef{Name: name, Position: "contact"})
		}
	}
	rd.add(p, role)
	rd.party(n.One("Party", "AgentParty"), screening.Agent)
}

// delivery reads a cac:Delivery of the header or of a line.
func (rd *reader) delivery(n *xmltree.Node) {
	place := address(n.One("DeliveryLocation", "Address"))
	if place == nil {
		place = address(n.One("DeliveryAddress")) // UBL 2.0
	}
	d := rd.deliveryOf()
	if d.Place == nil {
		d.Place = place
	}
	period := n.One("RequestedDeliveryPeriod")
	for _, day := range []*xmltree.Node{period.One("EndDate"), period.One("StartDate"), n.One("ActualDeliveryDate")} {
		if d.Requested == "" && day != nil {
			d.Requested = date(day)
		}
	}
	if p, ok := rd.read(n.One("DeliveryParty")); ok {
		if place != nil && len(p.Addresses) == 0 {
			p.Addresses, p.Country = []screening.Address{*place}, first(p.Country, place.Country)
		}
		rd.add(p, screening.Consignee)
	}
	rd.others(n, "DeliveryParty")
	rd.others(n.One("Despatch"))
	rd.shipment(n.One("Shipment"))
}

func (rd *reader) shipment(n *xmltree.Node) {
	for _, c := range n.All("Consignment") {
		rd.others(c)
		for _, t := range c.All("TransitCountry") {
			rd.o.Route = append(rd.o.Route, screening.Leg{Country: country(t)})
		}
		if dest := country(c.One("FinalDestinationCountry")); dest != "" {
			rd.o.Destination = dest
		}
	}
	for _, s := range n.All("ShipmentStage") {
		rd.others(s)
		ship := s.One("TransportMeans", "MaritimeTransport")
		rd.transport("vessel", "imo", ship.One("VesselName").Text(), ship.One("VesselID").Text())
		tail := s.One("TransportMeans", "AirTransport", "AircraftID").Text()
		rd.transport("aircraft", "tail_number", tail, tail)
	}
}

// transport adds a vessel or aircraft that has a name or a number.
func (rd *reader) transport(kind, idType, name, id string) {
	p := screening.Party{Kind: kind, Name: first(name, id)}
	if p.Name == "" {
		return
	}
	if id != "" {
		p.Identifiers = []screening.Identifier{{Type: idType, Value: id}}
	}
	rd.add(p, screening.Transport)
}

// party adds the party of an element in a role and gives its id, "" where there is none.
func (rd *reader) party(n *xmltree.Node, role screening.Role) string {
	p, ok := rd.read(n)
	if !ok {
		return ""
	}
	id := rd.add(p, role)
	rd.party(n.One("AgentParty"), screening.Agent)
	return id
}

// add appends a party, or the role to one that is the same in everything else. The ids are P1, P2, ...:
// UBL has several identifications of a party and none that is unique in a document.
func (rd *reader) add(p screening.Party, role screening.Role) (id string) {
	if len(rd.o.Parties) > screening.MaxParties {
		return "" // one too many is kept, so that the order is refused
	}
	for i := range rd.o.Parties {
		q := rd.o.Parties[i]
		id, q.ID, q.Roles = q.ID, "", nil
		if reflect.DeepEqual(p, q) {
			if roles := &rd.o.Parties[i].Roles; !slices.Contains(*roles, role) {
				*roles = append(*roles, role)
			}
			return id
		}
	}
	p.ID, p.Roles = fmt.Sprintf("P%d", len(rd.o.Parties)+1), []screening.Role{role}
	rd.o.Parties = append(rd.o.Parties, p)
	return p.ID
}

// read is the party of a cac:Party or an element of its type. A party that is there and has no name is
// a problem: it could not be screened.
func (rd *reader) read(n *xmltree.Node) (p screening.Party, ok bool) {
	if n == nil {
		return p, false
	}
	all := names(n)
	if len(all) == 0 {
		n.Problem(fault.Missing, "is a party without a name")
		return p, false
	}
	p.Name, p.OtherNames = all[0], append([]string(nil), all[1:]...)
	rd.addresses(n, &p)
	identifiers(n, &p)
	if c := n.One("IndustryClassificationCode"); c != nil {
		p.Industry = c.Text()
	}
	p.Website = n.One("WebsiteURI").Text()
	contact := n.One("Contact")
	p.Emails, p.Phones = texts(contact.One("ElectronicMail")), texts(contact.One("Telephone"))
	if name := contact.One("Name").Text(); name != "" {
		p.People = append(p.People, screening.PersonRef{Name: name, Position: "contact"})
	}
	for _, m := range n.All("Person") {
		if name := personName(m); name != "" && name != p.Name {
			p.People = append(p.People, screening.PersonRef{Name: name, Position: m.One("JobTitle").Text(), BirthDate: string(date(m.One("BirthDate")))})
		}
	}
	for _, legal := range n.All("PartyLegalEntity") {
		if d := date(legal.One("RegistrationDate")); d != "" {
			p.RegisteredOn = d
		}
		for _, s := range legal.All("ShareholderParty") {
			p.Owners = append(p.Owners, rd.owner(s))
		}
	}
	return p, true
}

// names are a party's names, the legal one first; those of its persons only where it has no other.
func names(n *xmltree.Node) []string {
	var all []string
	taken := map[string]bool{"": true}
	take := func(s string) {
		if !taken[s] {
			all, taken[s] = append(all, s), true
		}
	}
	for _, e := range n.All("PartyLegalEntity") {
		take(e.One("RegistrationName").Text())
	}
	for _, e := range n.All("PartyName") {
		take(e.One("Name").Text())
	}
	for _, e := range n.All("PartyTaxScheme") {
		take(e.One("RegistrationName").Text())
	}
	for _, e := range n.All("Person") {
		if len(all) == 0 {
			take(personName(e))
		}
	}
	return all
}

func (rd *reader) name(n *xmltree.Node) string {
	p, _ := rd.read(n)
	return p.Name
}

func personName(n *xmltree.Node) string {
	return strings.Join(strings.Fields(n.One("FirstName").Text()+" "+n.One("MiddleName").Text()+" "+n.One("FamilyName").Text()), " ")
}

func (rd *reader) owner(n *xmltree.Node) screening.Owner {
	o := screening.Owner{Percent: decimal(n.One("PartecipationPercent"))}
	if p, ok := rd.read(n.One("Party")); ok {
		o.Name, o.OtherNames, o.Country, o.Owners = p.Name, p.OtherNames, p.Country, p.Owners
	}
	return o
}

func texts(nodes ...*xmltree.Node) (out []string) {
	for _, n := range nodes {
		if n.Text() != "" {
			out = append(out, n.Text())
		}
	}
	return out
}

// identifiers reads what identifies the party, by the scheme the sender names.
func identifiers(n *xmltree.Node, p *screening.Party) {
	take := func(id *xmltree.Node, typ string) {
		if id.Text() != "" {
			p.Identifiers = append(p.Identifiers, screening.Identifier{Type: first(strings.ToLower(id.Attr("schemeID")), typ), Value: id.Text()})
		}
	}
	for _, e := range n.All("PartyIdentification") {
		take(e.One("ID"), "party_id")
	}
	for _, e := range n.All("PartyLegalEntity") {
		take(e.One("CompanyID"), "registration")
	}
	for _, e := range n.All("PartyTaxScheme") {
		take(e.One("CompanyID"), "tax_id")
	}
}

// addresses reads the postal, the physical and the registered address.
func (rd *reader) addresses(n *xmltree.Node, p *screening.Party) {
	nodes := []*xmltree.Node{n.One("PostalAddress"), n.One("PhysicalLocation", "Address")}
	for _, e := range n.All("PartyLegalEntity") {
		nodes = append(nodes, e.One("RegistrationAddress"))
	}
	for _, a := range nodes {
		if a := address(a); a != nil && !slices.Contains(p.Addresses, *a) {
			p.Addresses = append(p.Addresses, *a)
			p.Country = first(p.Country, a.Country)
		}
	}
}

// address is a cac:Address, nil where nothing is in it.
func address(n *xmltree.Node) *screening.Address {
	street := strings.TrimSpace(n.One("StreetName").Text() + " " + n.One("BuildingNumber").Text())
	parts := texts(n.One("Department"), n.One("BuildingName"))
	if street != "" {
		parts = append(parts, street)
	}
	parts = append(parts, texts(n.One("AdditionalStreetName"), n.One("Postbox"))...)
	for _, l := range n.All("AddressLine") {
		parts = append(parts, texts(l.One("Line"))...)
	}
	a := screening.Address{
		Street: strings.Join(parts, ", "), City: n.One("CityName").Text(), Region: n.One("CountrySubentity").Text(),
		PostalCode: n.One("PostalZone").Text(), Country: country(n.One("Country")),
	}
	if a == (screening.Address{}) {
		return nil
	}
	return &a
}
