package screening

import (
	"context"
	"fmt"
	"slices"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening/trigger"
)

// subject is one name of an order that is compared with the lists: a party itself, or somebody behind it.
type subject struct {
	party int
	at    string
	query lists.Query
	// owner is set for owners: the way from this owner down to the party.
	owner *holding
	// person is set for directors and contacts.
	person bool
}

// matchParties compares every party, its owners and its people with the lists.
func (r *run) matchParties(ctx context.Context) error {
	for i := range r.order.Parties {
		p := &r.order.Parties[i]
		at := top.element("parties", i)
		pr := PartyResult{Path: at.String(), ID: p.ID, Name: p.Name, Roles: p.Roles}
		r.view.Parties[i].Matches = []trigger.Match{}
		var owned []ownedHit
		for _, s := range subjectsOf(i, p) {
			if err := ctx.Err(); err != nil {
				return err
			}
			pr.Names += len(s.query.Names)
			s.query.Threshold = r.policy.Threshold
			for _, h := range r.index.Match(s.query) {
				if s.owner != nil {
					owned = append(owned, ownedHit{s, h})
					continue
				}
				pr.Hits += r.hit(p, s, h)
			}
		}
		pr.Hits += r.ownerFindings(p, i, owned)
		r.parties = append(r.parties, pr)
	}
	return nil
}

// subjectsOf lists whom to compare for a party.
func subjectsOf(i int, p *Party) []subject {
	self := top.element("parties", i)
	at := self.String()
	q := lists.Query{
		Names: append([]string{p.Name}, p.OtherNames...), Kind: lists.Kind(p.Kind), Countries: partyCountries(p),
	}
	if p.BirthDate != "" {
		q.BirthDates = []string{p.BirthDate}
	}
	for _, a := range p.Addresses {
		q.Addresses = append(q.Addresses, lists.Address{Text: a.Text, Street: a.Street, City: a.City, Region: a.Region, PostalCode: a.PostalCode, Country: a.Country})
	}
	for _, id := range p.Identifiers {
		q.Identifiers = append(q.Identifiers, lists.Identifier{Type: id.Type, Value: id.Value, Country: id.Country})
	}
	all := []subject{{party: i, at: at + ".name", query: q}}
	for j, person := range p.People {
		q := lists.Query{Names: append([]string{person.Name}, person.OtherNames...), Kind: lists.Person, Countries: appendNew(nil, person.Country)}
		if person.BirthDate != "" {
			q.BirthDates = []string{person.BirthDate}
		}
		all = append(all, subject{party: i, at: fmt.Sprintf("%s.people[%d].name", at, j), query: q, person: true})
	}
	for _, h := range holdings(at+".owners", p.Owners) {
		all = append(all, subject{party: i, at: h.at + ".name", owner: h, query: lists.Query{
			Names: append([]string{h.owner.Name}, h.owner.OtherNames...), Kind: lists.Kind(h.owner.Kind), Countries: appendNew(nil, h.owner.Country),
		}})
	}
	return all
}

func partyCountries(p *Party) []string {
	cs := appendNew(nil, p.Country)
	for _, a := range p.Addresses {
		cs = appendNew(cs, a.Country)
	}
	return cs
}

// hit turns a likeness to a listed entity into findings, one for each measure that differs in effect,
// and returns how many.
func (r *run) hit(p *Party, s subject, h lists.Hit) int {
	kind := ListedParty
	switch {
	case h.By == lists.ByAddress:
		kind = ListedAddress
	case h.Name.Kind == lists.WeakAlias && h.By == lists.ByName:
		kind = WeakAliasHit
	}
	for _, j := range r.judge(p.Roles, h) {
		f := r.matchFinding(kind, s, h, j)
		f.Roles = p.Roles
		f.Label = p.Name
		r.applyClearance(&f, p, h)
		r.conflict(&f, h, j)
		r.add(f)
		r.view.Parties[s.party].Matches = append(r.view.Parties[s.party].Matches, viewMatch(s, h, j, f.Match.Confirmed))
	}
	return 1
}

// judgement is what one measure of a listed entity does to this order.
type judgement struct {
	measure lists.Measure
	effect  effect
	status  lists.Status
}

// judge reads the effect of every measure of an entity. Measures that differ neither in effect nor in
// status are judged once; those that have ended are left out where another still stands.
func (r *run) judge(roles []Role, h lists.Hit) []judgement {
	measures := h.Entity.Measures
	if len(measures) == 0 {
		measures = []lists.Measure{{}}
	}
	var all []judgement
	for _, m := range measures {
		j := judgement{m, r.effectOf(h.List, m, roles), m.Timeline.Status(r.req.AsOf)}
		same := slices.IndexFunc(all, func(k judgement) bool { return k.effect.Effect == j.effect.Effect && k.status == j.status })
		if same < 0 {
			all = append(all, j)
		}
	}
	standing := slices.DeleteFunc(slices.Clone(all), func(j judgement) bool { return j.status == dated.Ended })
	if len(standing) > 0 {
		return standing
	}
	return all[:1]
}

// matchFinding is the finding of one judgement: the listing's full effect where the match is confirmed,
// Review where a person must first confirm it, less where the measure does not bind on the day.
func (r *run) matchFinding(kind FindingKind, s subject, h lists.Hit, j judgement) Finding {
	confirmed := r.policy.confirms(kind, &h)
	out := j.effect.outcome
	if !confirmed {
		out = out.Min(Review)
	}
	switch j.status {
	case dated.Suspended, dated.NotYet, dated.Ended:
		out = out.Min(Advise)
	case dated.Verify:
		// Nobody knows whether it binds: a person must find out, whatever it would do.
		out = Review.Min(out.Max(Incomplete))
	}
	explanation := h.Explain()
	threshold := r.policy.Threshold
	if threshold == 0 {
		threshold = lists.DefaultThreshold
	}
	f := Finding{
		Kind: kind, Outcome: out, Subject: s.at,
		Message: &j.effect.Means, Next: &j.effect.Next,
		Sources: []Source{{
			List: h.List.ID, Title: Text{h.List.Title, orElse(h.List.TitleZh, h.List.Title)}, Authority: h.List.Authority,
			Citation: orElse(j.measure.Notice, orElse(j.measure.Citation, j.effect.Citation)),
			Status:   j.status, Timeline: j.measure.Timeline, URL: orElse(h.Entity.URL, h.List.Source),
		}},
		Match: &MatchTrace{
			ListID: h.List.ID, EntityID: h.Entity.ID, Entity: h.Entity.PrimaryName(), Programme: j.measure.Programme,
			Compared: h.Query, At: s.at, Listed: h.Name.Text, NameKind: h.Name.Kind, By: string(h.By),
			Score: h.Score, Threshold: threshold, Confirmed: confirmed, Effect: j.effect.outcome,
			Explanation: &explanation, Corroboration: h.Corroboration,
		},
	}
	if out == Incomplete {
		f.Missing = j.effect.missing
	}
	if kind == ListedAddress {
		// What to ask is how the address came to be shared; what the listing asks of the listed party is not due yet.
		f.Next = nil
		for _, c := range h.Corroboration {
			if c.Field == lists.FieldAddress {
				f.Match.Listed = c.Listed
			}
		}
	}
	if j.effect.Citation != "" && j.effect.Citation != f.Sources[0].Citation {
		f.Sources = append(f.Sources, Source{Citation: j.effect.Citation, Status: j.status})
	}
	if out == Require || j.effect.outcome == Require && out.Holds() {
		f.Documents = j.effect.Documents
		r.coverByPapers(&f)
	}
	return f
}

// confirms reports whether a hit is taken for the listed entity without more being asked: by an equal
// number, by a name beyond Confirm, or by a name beyond ConfirmWith where birth date or number agrees. Another
// birth date leaves it to a person; another country contradicts nothing, for a listed party may order
// from anywhere.
func (p *Policy) confirms(kind FindingKind, h *lists.Hit) bool {
	if h.By == lists.ByIdentifier {
		return true
	}
	if h.By != lists.ByName || kind == WeakAliasHit {
		return false
	}
	enough := p.Confirm
	for _, c := range h.Corroboration {
		switch {
		case c.Field == lists.FieldBirthDate && c.Verdict == lists.Contradicts:
			return false
		case c.Verdict == lists.Agrees && (c.Field == lists.FieldBirthDate || c.Field == lists.FieldIdentifier):
			enough = p.ConfirmWith
		}
	}
	return h.Score >= enough
}
