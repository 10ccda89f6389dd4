package trigger

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening/trigger/enduse"
	"github.com/shopspring/decimal"
)

// preparation turns a view into facts. Its memory serves one view after another.
type preparation struct {
	v   *View
	env env
	all elements
	// tables are the country tables that are loaded and fresh, byCode what they say of the countries looked up so far.
	tables countryTables
	byCode map[string]countryFacts
	// named are the countries of the order in the order they appear.
	named []*countryFacts
	// byID finds a party by its id.
	byID map[string]*partyFacts

	parties   arena[partyFacts]
	lines     arena[lineFacts]
	countries arena[countryFacts]
	texts     arena[textFacts]
}

// arena gives out values and takes all of them back at once.
type arena[T any] struct {
	made []*T
	used int
}

// put is a pointer to x in the arena.
func (a *arena[T]) put(x T) *T {
	if a.used == len(a.made) {
		a.made = append(a.made, new(T))
	}
	p := a.made[a.used]
	*p = x
	a.used++
	return p
}

// clear takes all values back and forgets what they said.
func (a *arena[T]) clear() {
	var none T
	for _, p := range a.made[:a.used] {
		*p = none
	}
	a.used = 0
}

// forget lets go of the view and its facts.
func (p *preparation) forget() {
	p.v, p.env = nil, env{}
	p.all.forget()
	clear(p.named)
	p.named = p.named[:0]
	clear(p.byID)
	p.parties.clear()
	p.lines.clear()
	p.countries.clear()
	p.texts.clear()
}

// prepare makes the facts of a view: everything a condition may name.
func (p *preparation) prepare(v *View) {
	p.v = v
	if p.byID == nil {
		p.byID = make(map[string]*partyFacts)
	}
	p.setTables(tablesOf(v))
	p.order()
	for i := range v.Parties {
		p.party(i)
	}
	p.roles()
	p.freeTexts()
	for i := range v.Lines {
		p.line(i)
	}
	for i := range v.Documents {
		p.document(i)
	}
	p.summary()
	for i := range v.Changes {
		c := &v.Changes[i]
		p.all.changes = append(p.all.changes, &changeFacts{indexed("changes", i), c.Field, c.From, c.To, string(c.On)})
	}
	p.answers()
	p.own()
	p.all.countries = append(p.all.countries, p.named...)
	for _, c := range p.named {
		p.env.Order.Countries = append(p.env.Order.Countries, c.Code)
	}
}

// indexed is the path of element i of a list of the order.
func indexed(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

func (p *preparation) order() {
	v := p.v
	o := &orderFacts{Date: string(v.Date), Stage: v.Stage, Currency: v.Currency}
	if o.Stage == "" {
		o.Stage = "pre_contract"
	}
	o.Destination = p.country(v.Destination, "destination", "destination")
	for i, l := range v.Route {
		o.Route = append(o.Route, l.Country)
		p.country(l.Country, "route", indexed("route", i)+".country")
	}
	if v.Route != nil {
		o.Route, o.RouteRisk = append([]string{}, o.Route...), []string{}
		repeats := repeated(append([]string{v.Destination}, o.Route...))
		o.RouteRepeats = &repeats
	}
	if d := v.Delivery; d != nil {
		o.Incoterm, o.Requested, o.Instructions = d.Incoterm, string(d.Requested), d.Instructions
		o.DeliverTo = p.placeOf(d.Place, "delivery", "delivery.place")
	}
	if m := v.Payment; m != nil {
		o.Means, o.Prepaid = m.Means, m.PrepaidPercent
		o.BankCountry = p.country(m.BankCountry, "bank", "payment.bank_country")
	}
	p.env.Order = o
}

// repeated reports whether a country stands twice in a list. Two legs in a row within one country are one.
func repeated(countries []string) bool {
	countries = slices.Compact(countries)
	for i, c := range countries {
		if c != "" && slices.Contains(countries[:i], c) {
			return true
		}
	}
	return false
}

// placeOf makes the facts of a place of delivery or installation.
func (p *preparation) placeOf(a *Address, as, path string) *placeFacts {
	if a == nil {
		return nil
	}
	f := &placeFacts{place: path, Text: strings.TrimSpace(a.Text + " " + a.City), Use: a.Use}
	f.Country = p.country(a.Country, as, path+".country")
	if f.InFreeZone = p.freeZone(f.Text); a.Use == "free_zone" {
		zoned := true
		f.InFreeZone = &zoned
	}
	f.Restricted = p.restricted([]string{f.Text})
	return f
}

// roles binds the parties that conditions name by role.
func (p *preparation) roles() {
	first := func(role string) *partyFacts {
		for _, f := range p.all.parties {
			if slices.Contains(f.Roles, role) {
				return f
			}
		}
		return nil
	}
	e := &p.env
	e.Buyer, e.Payer, e.EndUser = first("buyer"), first("payer"), first("end_user")
	if e.Consignee = first("ultimate_consignee"); e.Consignee == nil {
		e.Consignee = first("consignee")
	}
}

// freeTexts makes the facts of every free text: the order's end use, whether stated or not, the note and the
// delivery instructions. The lines add their own end uses.
func (p *preparation) freeTexts() {
	v := p.v
	if v.EndUse != nil || len(v.Lines) == 0 || slices.ContainsFunc(v.Lines, func(l Line) bool { return l.EndUse == nil }) {
		p.all.texts = append(p.all.texts, p.endUse(v.EndUse, "end_use"))
	}
	if v.Note != "" {
		p.all.texts = append(p.all.texts, p.freeText("note", v.Note, "note"))
	}
	if v.Delivery != nil && v.Delivery.Instructions != "" {
		p.all.texts = append(p.all.texts, p.freeText("instructions", v.Delivery.Instructions, "delivery.instructions"))
	}
}

func (p *preparation) endUse(u *EndUse, path string) *textFacts {
	if u == nil {
		return p.texts.put(textFacts{place: path, Of: "end_use"})
	}
	f := p.freeText("end_use", u.Text, path)
	f.Code, f.Reexport = u.Code, u.Reexport
	f.Site = p.placeOf(u.Site, "site", path+".site")
	return f
}

func (p *preparation) freeText(of, text, path string) *textFacts {
	f := p.texts.put(textFacts{place: path, Of: of, Text: text})
	if text == "" {
		return f
	}
	a := enduse.Analyse(text)
	f.Kinds = make([]string, 0, len(a.Kinds))
	for _, k := range a.Kinds {
		f.Kinds = append(f.Kinds, string(k))
	}
	f.Vague = &a.Vague
	f.analysis = a.String()
	return f
}

// summary sets what the order's facts take from all lines.
func (p *preparation) summary() {
	o := p.env.Order
	var total, goods, spares float64
	complete := len(p.all.lines) > 0
	for _, l := range p.all.lines {
		if l.Value == nil {
			complete = false
			continue
		}
		total += *l.Value
		if l.Kind == "spare" {
			spares += *l.Value
		} else {
			goods += *l.Value
		}
	}
	if complete {
		o.Value = &total
		share := 0.0
		if goods > 0 {
			share = spares / goods
		}
		o.SpareShare = &share
	}
	o.Controlled = anyLine(p.all.lines, func(l *lineFacts) (bool, bool) { return certain(l.Control), l.Control != "" })
	o.DualUse = anyLine(p.all.lines, func(l *lineFacts) (bool, bool) { return certain(l.CN), l.CN != "" })
	o.Priority = anyLine(p.all.lines, func(l *lineFacts) (bool, bool) { return l.Priority != "none", l.Priority != "" })
	o.Notices = p.notices()
	for _, c := range p.named {
		onRoute := slices.Contains(c.As, "route")
		if onRoute && c.Diversion != "none" && c.Diversion != "" {
			o.RouteRisk = append(o.RouteRisk, c.Code)
		}
		if onRoute || slices.ContainsFunc(onTheWay, func(as string) bool { return slices.Contains(c.As, as) }) {
			for _, g := range c.EAR {
				o.EAR = appendNew(o.EAR, g)
			}
		}
	}
	if o.EAR == nil && p.tables.ear != nil {
		o.EAR = []string{}
	}
}

// anyLine says whether one of the lines is such, or nil where none is known to be and one is not known.
func anyLine(lines []*lineFacts, such func(*lineFacts) (is, known bool)) *bool {
	all := true
	for _, l := range lines {
		is, known := such(l)
		if is && known {
			return &is
		}
		all = all && known
	}
	if !all {
		return nil
	}
	none := false
	return &none
}

// onTheWay are what a country is named as where goods may come to it.
var onTheWay = []string{"destination", "delivery", "end_user", "consignee", "buyer"}

// certain reports whether a class is more than a candidate.
func certain(strength string) bool { return strength == "declared" || strength == "confirmed" }

// notices are the ids of the register's notices that concern the order; nil where there is no register.
func (p *preparation) notices() []string {
	if p.v.Notices == nil {
		return nil
	}
	ids := []string{}
	for _, n := range p.v.Notices {
		if n.Until != "" && n.Until < p.v.AsOf || n.On > p.v.AsOf {
			continue
		}
		party := n.Party == "" || slices.ContainsFunc(p.v.Parties, func(x Party) bool {
			return x.ID != "" && x.ID == n.Party || x.Name == n.Party || slices.Contains(x.OtherNames, n.Party)
		})
		land := n.Country == "" || slices.ContainsFunc(p.named, func(c *countryFacts) bool { return c.Code == n.Country })
		item := n.HS == "" || slices.ContainsFunc(p.v.Lines, func(l Line) bool { return strings.HasPrefix(digits(l.HS), digits(n.HS)) })
		if party && land && item {
			ids = append(ids, n.ID)
		}
	}
	return ids
}

// answers takes the last definite answer to each question.
func (p *preparation) answers() {
	if len(p.v.Answers) > 0 {
		p.env.Answer = make(map[string]string, len(p.v.Answers))
	}
	for _, a := range p.v.Answers {
		if a.Value == "yes" || a.Value == "no" {
			p.env.Answer[a.Question] = a.Value
		} else {
			delete(p.env.Answer, a.Question)
		}
	}
}

func (p *preparation) own() {
	p.env.Own = &ownFacts{}
	if o := p.v.Own; o != nil {
		p.env.Own.SplitLimit, p.env.Own.FinanceLimit, p.env.Own.SpareRatio = float(o.SplitLimit), float(o.FinanceLimit), o.SpareRatio
	}
}

// float is a decimal as conditions compare it; exactness matters only to [CheckLicences].
func float(d *decimal.Decimal) *float64 {
	if d == nil {
		return nil
	}
	f := d.InexactFloat64()
	return &f
}

// digits is a text without all but its digits.
func digits(s string) string {
	if !strings.ContainsFunc(s, notDigit) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			b = append(b, s[i])
		}
	}
	return string(b)
}

func notDigit(r rune) bool { return r < '0' || r > '9' }

// binding reports whether a status text of a match or class counts.
func binding(status string) bool {
	return status == "" || dated.Status(status).Binding()
}
