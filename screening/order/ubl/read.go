package ubl

import (
	"io"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/scalar"
	"github.com/ordergate/ordergate/screening/order/internal/xmltree"
)

// Format is the name of this format in errors.
const Format = "ubl"

// namespace is that of a document type, with the type's name in it.
const namespace = "urn:oasis:names:specification:ubl:schema:xsd:"

// Read reads the one order of a document. An error of r is returned as it is; every other error is an
// order.Error that lists all problems, and then no order is returned.
func Read(r io.Reader) ([]screening.Order, error) {
	var problems fault.List
	data, ok, err := problems.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, problems.Err(Format)
	}
	root := xmltree.Parse(data, &problems)
	if root == nil {
		return nil, problems.Err(Format)
	}
	var o screening.Order
	switch typ := root.Name.Local; {
	case root.Name.Space != namespace+typ+"-2" || typ != "Order" && typ != "OrderChange" && typ != "Invoice":
		root.Problem(fault.Format, "is not an Order, OrderChange or Invoice of UBL 2")
	default:
		rd := reader{root: root, invoice: typ == "Invoice"}
		rd.order()
		o = rd.o
	}
	if err := problems.Err(Format); err != nil {
		return nil, err
	}
	return []screening.Order{o}, nil
}

// reader fills one order from one document.
type reader struct {
	root    *xmltree.Node
	invoice bool
	o       screening.Order
	// notes become the order's note, one a line.
	notes []string
}

func (rd *reader) order() {
	root, o := rd.root, &rd.o
	o.Schema = screening.OrderSchema
	o.ID = root.One("ID").Text()
	if root.Name.Local != "Order" { // an order's reference is to an earlier order
		o.ID = first(root.One("OrderReference", "ID").Text(), o.ID)
	}
	o.Date = date(root.One("IssueDate"))
	o.Currency = first(root.One("DocumentCurrencyCode").Text(), root.One("PricingCurrencyCode").Text())
	if rd.invoice {
		o.Stage = screening.BeforeShipment
	}
	if n := root.One("SequenceNumberID"); n.Text() != "" {
		revision, err := strconv.ParseInt(n.Text(), 10, 32)
		if err != nil {
			n.Problem(fault.Value, fault.Quote(n.Text())+" is not a whole number")
		}
		o.Revision = int(revision)
	}
	rd.note("", root.All("Note"))
	rd.parties()
	for _, d := range root.All("Delivery") {
		rd.delivery(d)
	}
	if c := country(root.One("DestinationCountry")); c != "" {
		o.Destination = c
	}
	rd.terms()
	rd.payment()
	rd.papers()
	rd.lines()
	o.Note = strings.Join(rd.notes, "\n")
	if o.Destination == "" && o.Delivery != nil && o.Delivery.Place != nil {
		o.Destination = o.Delivery.Place.Country
	}
}

// note adds free text to the order's note, where it is read for warning words.
func (rd *reader) note(label string, notes []*xmltree.Node) {
	for _, text := range texts(notes...) {
		rd.notes = append(rd.notes, label+text)
	}
}

// terms reads how the goods are delivered.
func (rd *reader) terms() {
	for _, t := range rd.root.All("DeliveryTerms") {
		d := rd.deliveryOf()
		d.Incoterm = first(d.Incoterm, t.One("ID").Text())
		if special := texts(t.All("SpecialTerms")...); d.Instructions == "" {
			d.Instructions = strings.Join(special, "\n")
		} else {
			rd.notes = append(rd.notes, special...)
		}
		place := t.One("DeliveryLocation")
		if text := first(place.One("Description").Text(), place.One("ID").Text()); text != "" && d.Place == nil {
			d.Place = &screening.Address{Text: text, Country: country(place.One("Address", "Country"))}
		}
	}
}

func (rd *reader) deliveryOf() *screening.Delivery {
	if rd.o.Delivery == nil {
		rd.o.Delivery = &screening.Delivery{}
	}
	return rd.o.Delivery
}

// means are the payment means this module knows, by the codes of UN/EDIFACT 4461.
var means = map[string]string{
	"10": "cash", "30": "transfer", "31": "transfer", "42": "transfer", "58": "transfer",
	"48": "card", "54": "card", "55": "card",
}

func (rd *reader) payment() {
	for _, m := range rd.root.All("PaymentMeans") {
		if rd.o.Payment == nil {
			rd.o.Payment = &screening.Payment{}
		}
		p := rd.o.Payment
		if code := m.One("PaymentMeansCode").Text(); code != "" {
			p.Means = first(means[code], "other")
		}
		branch := m.One("PayerFinancialAccount", "FinancialInstitutionBranch")
		bank := branch.One("FinancialInstitution")
		p.BankCountry = first(p.BankCountry, country(bank.One("Address", "Country")), country(branch.One("Address", "Country")), country(m.One("PayerFinancialAccount", "Country")))
		if name := first(bank.One("Name").Text(), branch.One("Name").Text()); name != "" {
			rd.add(screening.Party{Kind: "organization", Name: name, Country: p.BankCountry, Business: screening.Finance}, screening.Bank)
		}
		if f := m.One("TradeFinancing"); f != nil {
			p.Means = "letter_of_credit"
			rd.party(f.One("FinancingParty"), screening.Bank)
		}
	}
}

// papers reads the documents on file that this module knows by type.
func (rd *reader) papers() {
	for _, n := range rd.root.All("AdditionalDocumentReference") {
		typ := screening.DocumentType(n.One("DocumentTypeCode").Text())
		if !known(typ) {
			continue
		}
		rd.o.Documents = append(rd.o.Documents, screening.Document{
			Type: typ, Number: n.One("ID").Text(), Issuer: rd.name(n.One("IssuerParty")),
			IssuedOn: date(n.One("IssueDate")), ValidUntil: date(n.One("ValidityPeriod", "EndDate")),
		})
	}
	for _, n := range rd.root.All("Contract") {
		if id := n.One("ID").Text(); id != "" {
			rd.o.Documents = append(rd.o.Documents, screening.Document{Type: screening.CommercialContract, Number: id, IssuedOn: date(n.One("IssueDate"))})
		}
	}
}

func known(t screening.DocumentType) bool {
	switch t {
	case screening.SingleLicence, screening.GeneralLicence, screening.Registration, screening.EndUseCertificate, screening.UVLStatement,
		screening.RiskReport, screening.WrittenCommitment, screening.AuthorityAdvice, screening.ForeignAuthorised:
		return true
	}
	return false
}

func date(n *xmltree.Node) screening.Date {
	// xsd:date allows a time zone, which says nothing of the civil date.
	s := n.Text()
	if len(s) > 10 && (s[10] == 'Z' || s[10] == '+' || s[10] == '-') {
		s = s[:10]
	}
	d, err := scalar.Date(s)
	if err != nil {
		n.Problem(fault.Value, err.Error())
	}
	return d
}

func decimal(n *xmltree.Node) *screening.Decimal {
	if n.Text() == "" {
		return nil
	}
	d, err := scalar.Decimal(n.Text())
	if err != nil {
		n.Problem(fault.Value, err.Error())
		return nil
	}
	return &d
}

// country is the code, or without one the name, of a cac:Country.
func country(n *xmltree.Node) string {
	return first(n.One("IdentificationCode").Text(), n.One("Name").Text())
}

func first(s ...string) string {
	for _, x := range s {
		if x != "" {
			return x
		}
	}
	return ""
}
