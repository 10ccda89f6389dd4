package screening

import (
	"slices"

	"github.com/ordergate/ordergate/internal/fold"
	"github.com/ordergate/ordergate/lists"
)

// conflict reports where a law forbids complying with the listing a finding rests on: neither law is
// then simply followed, and the order goes to review. A listing that does not bind on the day, or of which
// the party has been cleared, asks for nothing that could be forbidden.
func (r *run) conflict(f *Finding, h lists.Hit, j judgement) {
	if f.Cleared != nil || !j.status.Binding() {
		return
	}
	for _, c := range r.policy.Conflicts {
		status := c.Timeline.Status(r.req.AsOf)
		if c.Forbids != h.List.Regime || !status.Binding() || !namesEntity(c.Names, h.Entity) {
			continue
		}
		if f.Outcome.Holds() {
			f.Outcome = Review
		}
		r.add(Finding{
			Kind: LawConflict, Outcome: Review, Subject: f.Subject, Label: h.Entity.PrimaryName(), Roles: f.Roles,
			Title: &c.Title, Next: &c.Next, Match: f.Match,
			Sources: append([]Source{{Title: c.Title, Citation: c.Citation, Status: status, Timeline: c.Timeline}}, f.Sources...),
		})
	}
}

// namesEntity reports whether one of the names is a listed name of the entity, but for spelling.
func namesEntity(names []string, e *lists.Entity) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(e.Names, func(n lists.Name) bool { return fold.String(name) == fold.String(n.Text) })
	})
}
