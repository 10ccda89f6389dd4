package screening

import "github.com/ordergate/ordergate/lists"

// Clearance is an entry of the cleared-hit register: a reviewer has established that a party is not the
// listed entity its name is like. It binds one party and one entity, each as it was; when the party's
// data or the entity's entry changes, or the day of expiry has passed, it falls away by itself.
type Clearance struct {
	ID string `json:"id"`
	// Party is the party's id in the caller's system; PartyDigest pins its data, see [Party.Digest].
	Party       string `json:"party"`
	PartyDigest string `json:"party_digest"`
	// List and Entity name the listed entity; EntityDigest pins its entry.
	List         string `json:"list"`
	Entity       string `json:"entity"`
	EntityDigest string `json:"entity_digest"`
	// Order limits the clearance to one order; "" is every order of the party.
	Order    string `json:"order,omitempty"`
	Reviewer string `json:"reviewer"`
	Reason   string `json:"reason"`
	On       Date   `json:"on"`
	// Expires is the last day it holds; required, nothing is cleared for ever.
	Expires Date `json:"expires"`
}

// Digest is the hexadecimal SHA-256 of what identifies the party: everything but its roles, which
// change from order to order and say nothing about who it is.
func (p Party) Digest() (string, error) {
	p.Roles = nil
	b, err := canonical(p)
	return digest(b), err
}

// EntityDigest is the hexadecimal SHA-256 of a listed entity's entry, every field of it.
func EntityDigest(e *lists.Entity) (string, error) {
	b, err := canonical(e)
	return digest(b), err
}

// clearance is the entry that binds a party and an entity in this order on this day, if one does.
func (r *run) clearance(p *Party, list, entity, entityDigest string) *Clearance {
	if p.ID == "" {
		return nil
	}
	for i, c := range r.req.Clearances {
		if c.Party != p.ID || c.List != list || c.Entity != entity || c.EntityDigest != entityDigest ||
			c.Order != "" && c.Order != r.order.ID ||
			c.Reviewer == "" || c.Reason == "" || c.On > r.req.AsOf || c.Expires < r.req.AsOf {
			continue
		}
		if d, err := p.Digest(); err == nil && d == c.PartyDigest {
			return &r.req.Clearances[i]
		}
	}
	return nil
}

// applyClearance lowers a hit a reviewer has cleared to Advise. The hit stays in the report, with the
// clearance. A hit by number is never cleared by the register: a number is no likeness.
func (r *run) applyClearance(f *Finding, p *Party, h lists.Hit) {
	if h.By == lists.ByIdentifier || !f.Outcome.Holds() {
		return
	}
	entity, err := EntityDigest(h.Entity)
	if err != nil {
		return
	}
	if c := r.clearance(p, h.List.ID, h.Entity.ID, entity); c != nil {
		f.Cleared = c
		f.Outcome = Advise
	}
}
