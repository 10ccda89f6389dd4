package screening

import (
	"slices"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/ordergate/ordergate/screening/trigger/policy"
)

// newView shows an order to the rules. What the order leaves out stays missing; what screening finds
// out is filled in as it is found.
func newView(o *Order, req Request, regimes []string, tables *policy.Tables, own *trigger.Own) *trigger.View {
	v := &trigger.View{
		AsOf: req.AsOf, Regimes: regimes, Policy: tables, Own: own, History: req.History, Notices: req.Notices,
		ID: o.ID, Date: o.Date, Stage: string(o.Stage), Currency: o.Currency, Destination: o.Destination,
		EndUse: viewEndUse(o.EndUse), Note: o.Note,
		Parties: slices.Grow([]trigger.Party(nil), len(o.Parties)), Lines: slices.Grow([]trigger.Line(nil), len(o.Lines)),
	}
	for i := range o.Parties {
		v.Parties = append(v.Parties, viewParty(&o.Parties[i]))
	}
	for i := range o.Lines {
		v.Lines = append(v.Lines, viewLine(&o.Lines[i]))
	}
	for _, l := range o.Route {
		v.Route = append(v.Route, trigger.Leg(l))
	}
	if d := o.Delivery; d != nil {
		v.Delivery = &trigger.Delivery{Incoterm: d.Incoterm, Requested: d.Requested, Place: viewAddress(d.Place), Instructions: d.Instructions}
	}
	if p := o.Payment; p != nil {
		v.Payment = &trigger.Payment{Means: p.Means, BankCountry: p.BankCountry}
		if p.PrepaidPercent != nil {
			v.Payment.PrepaidPercent = float(*p.PrepaidPercent)
		}
	}
	for _, d := range o.Documents {
		v.Documents = append(v.Documents, trigger.Document{
			Type: string(d.Type), Number: d.Number, Issuer: d.Issuer, Party: d.Party, IssuedOn: d.IssuedOn, ValidUntil: d.ValidUntil,
			Lines: d.Lines, ControlCodes: d.ControlCodes, Destination: d.Destination, EndUser: d.EndUser, EndUse: d.EndUse,
			Commitments: d.Commitments, Quantity: d.Quantity, Value: d.Value, SHA256: d.SHA256, Status: d.Status,
		})
	}
	for _, a := range o.Answers {
		v.Answers = append(v.Answers, trigger.Answer(a))
	}
	for _, c := range o.Changes {
		v.Changes = append(v.Changes, trigger.Change(c))
	}
	return v
}

func viewParty(p *Party) trigger.Party {
	q := trigger.Party{
		ID: p.ID, Kind: p.Kind, Name: p.Name, OtherNames: p.OtherNames, Country: p.Country, Business: string(p.Business),
		Industry: p.Industry, RegisteredOn: p.RegisteredOn, Website: p.Website, Emails: p.Emails, Phones: p.Phones,
		Employees: p.Employees, CustomerSince: p.CustomerSince,
	}
	for _, r := range p.Roles {
		q.Roles = append(q.Roles, string(r))
	}
	for i := range p.Addresses {
		q.Addresses = append(q.Addresses, *viewAddress(&p.Addresses[i]))
	}
	if p.OwnersComplete {
		q.OwnersKnown = float(hundred)
	} else if len(p.Owners) > 0 {
		sum := Decimal{}
		for _, o := range p.Owners {
			if o.Percent != nil {
				sum = sum.Add(*o.Percent)
			}
		}
		q.OwnersKnown = float(sum)
	}
	return q
}

func viewLine(l *Line) trigger.Line {
	q := trigger.Line{
		ID: l.ID, Kind: string(l.Kind), PartNumber: l.PartNumber, Description: l.Description, HS: l.HS,
		Quantity: l.Quantity, Unit: l.Unit, Value: l.Value, ListPrice: l.ListPrice, Origin: l.Origin,
		Customised: l.Customised, Uncontrolled: l.Uncontrolled, EndUse: viewEndUse(l.EndUse), EndUser: l.EndUser,
	}
	for _, c := range l.Contents {
		q.Contents = append(q.Contents, trigger.Content{Country: c.Country, Percent: *float(c.Percent)})
	}
	return q
}

func viewEndUse(u *EndUse) *trigger.EndUse {
	if u == nil {
		return nil
	}
	return &trigger.EndUse{Text: u.Text, Code: u.Code, Reexport: u.Reexport, Site: viewAddress(u.Site)}
}

func viewAddress(a *Address) *trigger.Address {
	if a == nil {
		return nil
	}
	return &trigger.Address{Text: a.Text, City: a.City, Country: a.Country, Use: a.Use}
}

// viewMatch is a match as the rules see it.
func viewMatch(s subject, h lists.Hit, j judgement, confirmed bool) trigger.Match {
	m := trigger.Match{
		List: h.List.ID, Regime: h.List.Regime, Programme: j.measure.Programme, EntityID: h.Entity.ID, Name: h.Entity.PrimaryName(),
		Score: &h.Score, Confirmed: confirmed, Status: string(j.status), Effect: string(j.effect.outcome), By: string(h.By),
	}
	switch {
	case s.owner != nil:
		m.By = "owner"
	case s.person:
		m.By = "person"
	}
	return m
}

// setClasses shows a line's classification to the rules: entries somebody has established, and those
// that evidence points to.
func setClasses(l *trigger.Line, res *classify.Result) {
	l.Classes = []trigger.Class{}
	for _, c := range res.Candidates {
		strength := "candidate"
		switch {
		case established(c):
			strength = "declared"
		case !pointed(c, l.Uncontrolled):
			continue
		}
		l.Classes = append(l.Classes, trigger.Class{List: c.List, Code: c.Code, Reason: c.Reason, Strength: strength, Status: string(c.Status), Met: met(c.Parameters)})
	}
	l.Priority = "none"
	if res.Priority != nil {
		l.Priority = res.Priority.Tier
	} else if res.HS.Six() == "" || res.PriorityUnknown {
		// No code, or one too short or malformed to be looked up, or the list is too old to say no.
		l.Priority = ""
	}
}

// met sums up an entry's parameters: yes where one is met and none fails, no where one fails.
func met(ps []classify.ParameterResult) string {
	sum := "unknown"
	for _, p := range ps {
		switch p.Verdict {
		case classify.NotMet:
			return "no"
		case classify.Met:
			sum = "yes"
		}
	}
	return sum
}
