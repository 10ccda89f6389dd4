package screening

import (
	"slices"
	"strconv"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/shopspring/decimal"
)

// holding is one owner's way down to a party.
type holding struct {
	owner Owner
	// at is the owner's JSON path; names are the owner and those between, down to the party's direct owner.
	at    string
	names []string
	// percent is the product of the shares on the way; nil where one of them is unknown.
	percent *Decimal
	// control is set where every step of the way is control or a known majority.
	control bool
}

var hundred = decimal.NewFromInt(100)

// majority is the share from which a holder controls without more being said.
var majority = decimal.NewFromInt(50)

// holdings lists everybody who holds a party, directly or through others. Validation has bounded
// the depth and number.
func holdings(at string, owners []Owner) []*holding {
	var all []*holding
	var walk func(at string, owners []Owner, below *holding)
	walk = func(at string, owners []Owner, below *holding) {
		for i, o := range owners {
			h := &holding{owner: o, at: at + "[" + strconv.Itoa(i) + "]", percent: o.Percent}
			h.control = o.Control || o.Percent != nil && o.Percent.GreaterThan(majority)
			h.names = []string{o.Name}
			if below != nil {
				h.names = append(h.names, below.names...)
				h.control = h.control && below.control
				if h.percent != nil && below.percent != nil {
					p := h.percent.Mul(*below.percent).Div(hundred)
					h.percent = &p
				} else {
					h.percent = nil
				}
			}
			all = append(all, h)
			walk(h.at+".owners", o.Owners, h)
		}
	}
	walk(at, owners, nil)
	return all
}

// ownedHit is a listed entity an owner of a party is like.
type ownedHit struct {
	subject subject
	hit     lists.Hit
}

// ownerFindings adds up what listed owners hold of a party, rule by rule, and returns how many listed
// owners there are. Under each ownership rule the shares of all owners it concerns count together,
// each owner once with all its ways; where a share is unknown the sum is a lower bound and said to be so.
func (r *run) ownerFindings(p *Party, i int, owned []ownedHit) int {
	for _, o := range owned {
		for _, j := range r.judge(p.Roles, o.hit) {
			kind := ListedOwner
			if o.hit.Name.Kind == lists.WeakAlias {
				kind = WeakAliasHit
			}
			f := r.matchFinding(kind, o.subject, o.hit, j)
			f.Roles, f.Label = p.Roles, p.Name
			sum, complete, control := r.aggregate(owned, o.hit.List.Regime)
			trace := &OwnerTrace{Path: append(slices.Clone(o.subject.owner.names), p.Name), Control: o.subject.owner.control}
			if complete {
				trace.Percent = &sum
			}
			f.Match.Owner = trace
			r.reach(&f, j, sum, complete, control)
			if !complete && !control && f.Outcome.rank() < Review.rank() {
				f.Kind = UnknownOwnership
				f.Outcome = f.Outcome.Max(Incomplete)
				f.Missing = append(f.Missing, o.subject.owner.at+".percent")
			}
			r.conflict(&f, o.hit, j)
			r.add(f)
			m := viewMatch(o.subject, o.hit, j, f.Match.Confirmed)
			if complete {
				m.Percent = float(sum)
			}
			r.view.Parties[i].Matches = append(r.view.Parties[i].Matches, m)
		}
	}
	return len(owned)
}

// aggregate adds up the shares of the owners listed under a regime. An owner's own share includes what
// it holds through others, and a listed company below a listed owner is counted once, by the greater.
func (r *run) aggregate(owned []ownedHit, regime string) (sum Decimal, complete, control bool) {
	complete = true
	counted := map[string]bool{}
	for _, o := range owned {
		h := o.subject.owner
		if o.hit.List.Regime != regime || counted[h.at] || r.belowListed(owned, o, regime) {
			continue
		}
		counted[h.at] = true
		control = control || h.control
		if h.percent == nil {
			complete = false
			continue
		}
		sum = sum.Add(*h.percent)
	}
	if sum.GreaterThan(hundred) {
		sum = hundred
	}
	return sum, complete, control
}

// belowListed reports whether an owner's holding is part of that of another listed owner on the same
// way: an owner further down the way holds at least as much of the party.
func (r *run) belowListed(owned []ownedHit, o ownedHit, regime string) bool {
	for _, other := range owned {
		below := other.subject.owner.at
		if other.hit.List.Regime == regime && below != o.subject.owner.at &&
			len(o.subject.owner.at) > len(below) && o.subject.owner.at[:len(below)] == below {
			return true
		}
	}
	return false
}

// reach applies the ownership rules: from the rule's share the listing's effect reaches the party; below
// it, and where no rule in force says anything, a person looks.
func (r *run) reach(f *Finding, j judgement, sum Decimal, complete, control bool) {
	full := f.Outcome
	f.Outcome = f.Outcome.Min(Review)
	for _, rule := range r.policy.Ownership {
		if rule.Regime != r.regimeOf(f.Match.ListID) ||
			len(rule.Lists) > 0 && !slices.Contains(rule.Lists, f.Match.ListID) ||
			len(rule.Programmes) > 0 && !slices.Contains(rule.Programmes, j.measure.Programme) {
			continue
		}
		status := rule.Timeline.Status(r.req.AsOf)
		f.Sources = append(f.Sources, Source{Title: rule.Title, Citation: rule.Citation, Status: status, Timeline: rule.Timeline})
		percent := rule.Percent
		f.Match.Owner.Rule, f.Match.Owner.Threshold, f.Match.Owner.Above = rule.ID, &percent, rule.Above
		if (control || rule.reached(sum)) && status == dated.InForce {
			f.Outcome = full
		}
		return
	}
}

// reached reports whether a share is enough.
func (o *OwnerRule) reached(share Decimal) bool {
	return share.GreaterThan(o.Percent) || !o.Above && share.Equal(o.Percent)
}

func (r *run) regimeOf(listID string) string {
	if l, ok := r.index.Snapshot().List(listID); ok {
		return l.Regime
	}
	return ""
}

func float(d Decimal) *float64 {
	f, _ := d.Float64()
	return &f
}
