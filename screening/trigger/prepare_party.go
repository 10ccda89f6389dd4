package trigger

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/screening/trigger/enduse"
)

func (p *preparation) party(i int) {
	x := &p.v.Parties[i]
	f := p.parties.put(partyFacts{
		place: indexed("parties", i), ID: x.ID, Index: i, Roles: x.Roles, Kind: x.Kind, Name: x.Name,
		Business: x.Business, Industry: x.Industry, RegisteredOn: string(x.RegisteredOn), Website: x.Website,
		Employees: x.Employees, CustomerSince: string(x.CustomerSince), OwnersKnown: x.OwnersKnown,
	})
	as := "party"
	for _, r := range []string{"end_user", "ultimate_consignee", "consignee", "buyer"} {
		if slices.Contains(x.Roles, r) {
			as = strings.TrimPrefix(r, "ultimate_")
			break
		}
	}
	f.Country = p.country(x.Country, as, f.place+".country")
	p.addresses(f, x, as)
	f.Contacts = contacts(x)
	f.Says = enduse.NameSays(append([]string{x.Name}, x.OtherNames...)...)
	if x.ID != "" {
		p.byID[x.ID] = f
	}
	p.all.parties = append(p.all.parties, f)
	if x.Matches != nil {
		f.Compared = make([]string, 0, len(x.Matches))
	}
	for j := range x.Matches {
		f.Compared = appendNew(f.Compared, x.Matches[j].List)
		p.match(f, &x.Matches[j])
	}
}

func (p *preparation) addresses(f *partyFacts, x *Party, as string) {
	if x.Country != "" {
		f.Home = append(f.Home, x.Country)
	}
	zoned := false
	for i := range x.Addresses {
		a := &x.Addresses[i]
		p.country(a.Country, as, f.place+"."+indexed("addresses", i)+".country")
		if a.Country != "" && !slices.Contains(f.Home, a.Country) {
			f.Home = append(f.Home, a.Country)
		}
		if a.Use != "" {
			f.Uses = append(f.Uses, a.Use)
		}
		f.Addresses = append(f.Addresses, strings.TrimSpace(a.Text+" "+a.City))
		zoned = zoned || a.Use == "free_zone"
	}
	f.noZones = p.tables.zones == nil
	switch named := p.freeZone(append([]string{x.Name}, f.Addresses...)...); {
	case zoned:
		f.InFreeZone = &zoned
	case named != nil && (*named || len(x.Addresses) > 0):
		f.InFreeZone = named
	}
	f.noSites = p.v.Own == nil || p.v.Own.Sites == nil
	if len(x.Addresses) > 0 {
		f.AtOwnSite = p.restricted(f.Addresses)
	}
}

// restricted reports whether a text holds words of the seller's restricted sites; nil without that table.
func (p *preparation) restricted(texts []string) *bool {
	if p.v.Own == nil || p.v.Own.Sites == nil {
		return nil
	}
	at := false
	for _, t := range texts {
		t = strings.ToLower(t)
		at = at || slices.ContainsFunc(p.v.Own.Sites, func(s string) bool { return s != "" && strings.Contains(t, strings.ToLower(s)) })
	}
	return &at
}

// freeZone reports whether one of the texts, an address or the name of a company, holds words of a free
// zone; nil without that table. Words of one country's zones count wherever they are read: a company of a
// free zone gives its legal form at every address.
func (p *preparation) freeZone(texts ...string) *bool {
	if p.tables.zones == nil {
		return nil
	}
	in := false
	for _, t := range texts {
		t = strings.ToLower(t)
		for i := range p.tables.zones.Rows {
			in = in || containsWord(t, p.tables.zones.Rows[i].Mark)
		}
	}
	return &in
}

// containsWord reports whether text holds w with no letter or digit at either end; Han words need no ends.
func containsWord(text, w string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], w)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(w)
		if w[0] >= 0x80 || (i == 0 || !alnum(text[i-1])) && (end == len(text) || !alnum(text[end])) {
			return true
		}
		from = i + 1
	}
}

func alnum(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b >= 0x80
}

func (p *preparation) match(f *partyFacts, m *Match) {
	p.all.matches = append(p.all.matches, matched{party: f, match: &matchFacts{
		place: f.place, List: m.List, Regime: m.Regime, Programme: m.Programme, Entity: m.Name, Score: m.Score,
		Confirmed: m.Confirmed, Status: m.Status, Effect: m.Effect, By: m.By, Percent: m.Percent, AddressOnly: m.AddressOnly,
	}})
}

// contacts are the countries a party's telephone numbers and e-mail domains point to; nil where it gives
// none that points to a country.
func contacts(x *Party) (out []string) {
	add := func(codes string) {
		for _, c := range strings.Split(codes, "/") {
			if c != "" && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	for _, n := range x.Phones {
		add(phoneCountry(n))
	}
	for _, m := range x.Emails {
		add(domainCountry(m))
	}
	return out
}

// domainCountry is the country of an address's top-level domain, "" for a generic one.
func domainCountry(mail string) string {
	i := strings.LastIndexByte(mail, '.')
	if i < 0 || len(mail)-i-1 != 2 {
		return ""
	}
	tld := strings.ToUpper(mail[i+1:])
	switch tld {
	case "UK":
		return "GB"
	case "IO", "CO", "AI", "ME", "TV", "CC", "EU", "SU", "FM", "WS", "TO", "LY", "GG", "SH", "VC":
		// Sold as generic names, or of no single country.
		return ""
	}
	return tld
}

// phoneCountry is the country, or the countries joined by "/", of an international number, "" for a
// national one. Codes are those of ITU-T E.164.
func phoneCountry(n string) string {
	n = strings.TrimSpace(n)
	d := digits(n)
	switch {
	case strings.HasPrefix(n, "+"):
	case strings.HasPrefix(d, "00"):
		d = d[2:]
	default:
		return ""
	}
	for l := min(4, len(d)); l > 0; l-- {
		if c, ok := diallingCodes[d[:l]]; ok {
			return c
		}
	}
	return ""
}
