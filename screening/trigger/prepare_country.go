package trigger

import (
	"slices"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening/trigger/policy"
)

// countryTables are the tables country facts come from; one that is missing or stale is nil.
type countryTables struct {
	day                                                     Date
	ear, un, eu, coalition, diversion, sensitive, cn, zones *policy.Table
}

func tablesOf(v *View) countryTables {
	fresh := func(name string) *policy.Table {
		if t := v.Policy.Get(name); t != nil && !t.Stale(v.AsOf) {
			return t
		}
		return nil
	}
	return countryTables{
		day: v.AsOf, ear: fresh("ear_groups"), un: fresh("un_embargo"), eu: fresh("eu_embargo"), coalition: fresh("coalition"),
		diversion: fresh("diversion"), sensitive: fresh("sensitive"), cn: fresh("cn_destination"), zones: fresh("free_zone"),
	}
}

// country is the facts of a country the order names, nil for "". Each country has one set of facts, at
// the first place it is named; `as` collects what it is named as.
func (p *preparation) country(code, as, path string) *countryFacts {
	if code == "" {
		return nil
	}
	i := slices.IndexFunc(p.named, func(c *countryFacts) bool { return c.Code == code })
	if i < 0 {
		i = len(p.named)
		p.named = append(p.named, p.tables.facts(code, path))
	}
	c := p.named[i]
	if !slices.Contains(c.As, as) {
		c.As = append(c.As, as)
	}
	return c
}

func (t *countryTables) facts(code, path string) *countryFacts {
	c := &countryFacts{place: path, Code: code}
	if t.ear != nil {
		c.EAR = []string{}
		t.ear.Marked(code, t.day, func(r *policy.Row, _ dated.Status) { c.EAR = append(c.EAR, r.Mark) })
	}
	c.UN, c.UNVerify = mark(t.un, code, t.day)
	c.CN, c.CNVerify = mark(t.cn, code, t.day)
	eu, euVerify := mark(t.eu, code, t.day)
	if c.EU = eu; eu == "none" {
		c.EU = euVerify
	}
	c.Diversion, _ = mark(t.diversion, code, t.day)
	c.Sensitive, _ = mark(t.sensitive, code, t.day)
	if c.Coalition, _ = mark(t.coalition, code, t.day); c.Coalition == "none" {
		c.Coalition = "outside"
	}
	return c
}

// mark is the first mark in force of a country, and the first whose status must be confirmed; "none" where
// there is no such mark and "" where there is no table.
func mark(t *policy.Table, code string, day Date) (inForce, verify string) {
	if t == nil {
		return "", ""
	}
	inForce, verify = "none", "none"
	t.Marked(code, day, func(r *policy.Row, s dated.Status) {
		switch {
		case s == dated.Verify && verify == "none":
			verify = r.Mark
		case s == dated.InForce && inForce == "none":
			inForce = r.Mark
		}
	})
	return inForce, verify
}
