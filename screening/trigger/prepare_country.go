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
		p.named = append(p.named, p.newCountry(code, path))
	}
	c := p.named[i]
	if !slices.Contains(c.As, as) {
		c.As = append(c.As, as)
	}
	return c
}

// setTables takes the tables of a view. What they say of a country is looked up once as long as they stay the same.
func (p *preparation) setTables(t countryTables) {
	const most = 300 // there are 249 codes; a view may hold others
	if p.byCode == nil || t != p.tables || len(p.byCode) > most {
		p.tables, p.byCode = t, make(map[string]countryFacts)
	}
}

// newCountry is the facts of a country that the order first names at a path.
func (p *preparation) newCountry(code, path string) *countryFacts {
	facts, ok := p.byCode[code]
	if !ok {
		facts = p.tables.facts(code)
		p.byCode[code] = facts
	}
	facts.place = path
	return p.countries.put(facts)
}

// facts is what the tables say of a country.
func (t *countryTables) facts(code string) countryFacts {
	c := countryFacts{Code: code}
	if t.ear != nil {
		c.EAR = []string{}
		t.ear.Marked(code, t.day, func(r *policy.Row, _ dated.Status) { c.EAR = append(c.EAR, r.Mark) })
	}
	c.UN, c.UNVerify = c.mark(t.un, t.day, "un", "un_verify")
	c.CN, c.CNVerify = c.mark(t.cn, t.day, "cn", "cn_verify")
	eu, euVerify := c.mark(t.eu, t.day, "eu", "eu")
	if c.EU = eu; eu == "none" {
		c.EU = euVerify
	}
	c.Diversion, _ = c.mark(t.diversion, t.day, "diversion", "")
	c.Sensitive, _ = c.mark(t.sensitive, t.day, "sensitive", "")
	if c.Coalition, _ = c.mark(t.coalition, t.day, "coalition", ""); c.Coalition == "none" {
		c.Coalition = "outside"
	}
	return c
}

// citedMark is a fact of a country with the row it rests on, in words.
type citedMark struct{ field, words string }

// mark is the first mark in force of the country in a table, and the first whose status must be confirmed; "none" where
// there is no such mark and "" where there is no table. The fields are those the marks are shown under.
func (f *countryFacts) mark(t *policy.Table, day Date, field, verifyField string) (inForce, verify string) {
	if t == nil {
		return "", ""
	}
	inForce, verify = "none", "none"
	t.Marked(f.Code, day, func(r *policy.Row, s dated.Status) {
		switch {
		case s == dated.Verify && verify == "none":
			verify = r.Mark
			f.cite(verifyField, r)
		case s == dated.InForce && inForce == "none":
			inForce = r.Mark
			f.cite(field, r)
		}
	})
	return inForce, verify
}

// cite keeps the basis of a mark for traces: the source of the row, or who decided on it, when and why.
func (f *countryFacts) cite(field string, r *policy.Row) {
	switch {
	case r.Reason != "":
		f.marks = append(f.marks, citedMark{field, r.Mark + " (" + r.Reason + "; " + r.By + ", " + string(r.On) + ")"})
	case r.Citation != "":
		f.marks = append(f.marks, citedMark{field, r.Mark + " (" + r.Citation + ")"})
	}
}
