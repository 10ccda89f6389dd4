// Package madeup makes up orders and a watch list by the thousand, for measurements: companies, addresses and goods of
// nobody, the same each time they are asked for, and each order with other customers than every other.
package madeup

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/ordergate/ordergate/screening"
)

var (
	onsets     = strings.Fields("b br c ch d dr f fl g gr h j k kr l m n p pl r s sh st t tr v w y z")
	vowels     = strings.Fields("a e i o u ai ea ou")
	codas      = []string{"", "", "l", "m", "n", "r", "s", "t", "nd", "rk", "x"}
	industries = strings.Fields("Engineering Electronics Machinery Instruments Chemicals Textiles Optics Foods Tools Metals Energy Systems Ceramics Furniture")
	forms      = []string{"GmbH", "Ltd", "LLC", "S.A.", "Co., Ltd.", "B.V.", "OOO", "Pte Ltd", "Sdn Bhd"}
	countries  = strings.Fields("DE FR IT ES NL BE SE PL CZ BR MX CL ZA EG VN TH MY ID SG KR JP IN")
	goods      = []struct{ text, hs string }{
		{"Swivel office chair, height adjustable, fabric seat", "9401.39"}, {"Ceiling fan, three blades, 60 W", "8414.51"},
		{"Cotton work gloves, knitted", "6116.92"}, {"Plastic storage box with lid, 30 l", "3923.10"},
		{"Porcelain tableware, white, 24 pieces", "6911.10"}, {"Bicycle helmet, adult", "6506.10"},
		{"Modelling clay, grey, 10 kg blocks", "3407.00"}, {"LED desk lamp with dimmer", "9405.21"},
	}
)

// word is a made-up name.
func word(r *rand.Rand) string {
	var b strings.Builder
	for range 2 + r.IntN(2) {
		b.WriteString(pick(r, onsets) + pick(r, vowels) + pick(r, codas))
	}
	return strings.ToUpper(b.String()[:1]) + b.String()[1:]
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

func company(r *rand.Rand) string {
	return word(r) + " " + word(r) + " " + pick(r, industries) + " " + pick(r, forms)
}

// Order is the n-th order of a run. A held one says nothing of its end use.
func Order(run string, n int, held bool) screening.Order {
	r := rand.New(rand.NewPCG(uint64(n), 0))
	at := func() (string, []screening.Address) {
		c := pick(r, countries)
		return c, []screening.Address{{Street: word(r) + " Street " + strconv.Itoa(1+r.IntN(200)), City: word(r), Country: c}}
	}
	party := func(id string, roles ...screening.Role) screening.Party {
		p := screening.Party{ID: id, Roles: roles, Kind: "organization", Name: company(r), Business: "service", RegisteredOn: "2009-03-02", CustomerSince: "2021-05-10"}
		p.Country, p.Addresses = at()
		return p
	}
	o := screening.Order{
		Schema: screening.OrderSchema, ID: fmt.Sprintf("LT-%s-%d", run, n), Date: "2026-10-12", Currency: "EUR",
		Parties: []screening.Party{
			{ID: "S", Roles: []screening.Role{screening.Seller}, Kind: "organization", Name: "Example Works Export Co., Ltd.", Country: "CN",
				Addresses: []screening.Address{{Street: "Example Road 8", City: "Ningbo", Country: "CN"}}},
			party("B", screening.Buyer, screening.Payer),
			party("E", screening.EndUser, screening.Consignee),
		},
	}
	whole := decimal.NewFromInt(100)
	user := &o.Parties[2]
	user.Owners = []screening.Owner{{Name: word(r) + " " + word(r), Kind: "person", Country: user.Country, Percent: &whole}}
	user.OwnersComplete = true
	o.Destination = user.Country
	o.Delivery = &screening.Delivery{Incoterm: "CIF", Requested: "2026-12-01", Place: &screening.Address{City: user.Addresses[0].City, Country: user.Country}}
	o.Payment = &screening.Payment{Means: "transfer", BankCountry: o.Parties[1].Country}
	for i := range 2 {
		g := goods[r.IntN(len(goods))]
		quantity, value := decimal.NewFromInt(int64(10+r.IntN(500))), decimal.NewFromInt(int64(500+r.IntN(20_000)))
		o.Lines = append(o.Lines, screening.Line{
			ID: strconv.Itoa(10 * (i + 1)), Description: g.text, HS: g.hs, HSEdition: "2022", Uncontrolled: true,
			Quantity: &quantity, Unit: "pcs", Value: &value, Origin: "CN",
		})
	}
	if !held {
		o.EndUse = &screening.EndUse{Text: "For use in the company's own offices and shops", Code: "civil"}
	}
	return o
}

// WriteList writes a watch list in the form of package lists/sheet.
func WriteList(to io.Writer, entities int) error {
	w := csv.NewWriter(to)
	rows := [][]string{{"id", "kind", "name", "aliases", "countries", "addresses", "programme", "effect", "listed_on"}}
	for n := range entities {
		r := rand.New(rand.NewPCG(uint64(n), 1))
		kind, name, alias := "organization", company(r), company(r)
		if n%3 == 0 {
			kind, name, alias = "person", word(r)+" "+word(r), word(r)+" "+word(r)
		}
		address := word(r) + " Street " + strconv.Itoa(1+r.IntN(200)) + ", " + word(r)
		rows = append(rows, []string{"L-" + strconv.Itoa(n), kind, name, alias, pick(r, countries), address, "load-test", "stop", "2024-01-01"})
	}
	return w.WriteAll(rows)
}
