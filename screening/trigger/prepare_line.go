package trigger

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

func (p *preparation) line(i int) {
	x := &p.v.Lines[i]
	f := p.lines.put(lineFacts{
		place: indexed("lines", i), ID: x.ID, Kind: x.Kind, Part: x.PartNumber, Description: x.Description,
		Quantity: float(x.Quantity), Value: float(x.Value), ListPrice: float(x.ListPrice), Origin: x.Origin,
		Customised: x.Customised, Uncontrolled: x.Uncontrolled, Priority: x.Priority,
	})
	if f.Kind == "" {
		f.Kind = "goods"
	}
	hs := digits(x.HS)
	if len(hs) >= 6 {
		f.HS6 = hs[:6]
	}
	p.country(x.Origin, "origin", f.place+".origin")
	if x.Contents != nil {
		f.USContent, f.CNContent = content(x.Contents, "US"), content(x.Contents, "CN")
	}
	p.classes(f, x)
	p.lineEndUse(f, x)
	p.ownLine(f, x, hs)
	p.history(f, x)
	p.all.lines = append(p.all.lines, f)
}

func content(contents []Content, country string) *float64 {
	sum := 0.0
	for _, c := range contents {
		if c.Country == country {
			sum += c.Percent
		}
	}
	return &sum
}

// lineEndUse sets the line's own end use and end user, or the order's. A line's own end use is a text of its own.
func (p *preparation) lineEndUse(f *lineFacts, x *Line) {
	if x.EndUse != nil {
		f.EndUse = p.endUse(x.EndUse, f.place+".end_use")
		p.all.texts = append(p.all.texts, f.EndUse)
	} else {
		// The first text is the order's end use wherever a line relies on it.
		f.EndUse = p.all.texts[0]
	}
	f.EndUser = p.env.EndUser
	if x.EndUser != "" {
		f.EndUser = p.byID[x.EndUser]
	}
}

// strengths of a class, weakest first.
var strengths = []string{"none", "candidate", "confirmed", "declared"}

// classes sets the strongest class of each kind. A line nobody classified stays unknown.
func (p *preparation) classes(f *lineFacts, x *Line) {
	if x.Classes == nil {
		return
	}
	f.Control, f.CN, f.US, f.Military = "none", "none", "none", "none"
	f.Codes, f.Lists = []string{}, []string{}
	raise := func(to *string, strength string) {
		if slices.Index(strengths, strength) > slices.Index(strengths, *to) {
			*to = strength
		}
	}
	for i := range x.Classes {
		c := &x.Classes[i]
		if !binding(c.Status) || c.Met == "no" && c.Strength == "candidate" {
			continue
		}
		raise(&f.Control, c.Strength)
		switch {
		case militaryClass(c):
			raise(&f.Military, c.Strength)
		case c.List == "CN-DUCL":
			raise(&f.CN, c.Strength)
		}
		if c.List == "EAR-CCL" {
			raise(&f.US, c.Strength)
		}
		f.Codes = append(f.Codes, c.Code)
		f.Lists = appendNew(f.Lists, c.List)
	}
}

// militaryClass reports whether a class is of a military list, or of the 600 series or 9x515 of the EAR
// (15 CFR 772.1).
func militaryClass(c *Class) bool {
	if c.List != "EAR-CCL" {
		return strings.HasSuffix(c.List, "-ML") || c.List == "USML"
	}
	return len(c.Code) >= 5 && (c.Code[2] == '6' || c.Code[0] == '9' && c.Code[2:5] == "515")
}

// ownLine compares the line with the seller's own tables.
func (p *preparation) ownLine(f *lineFacts, x *Line, hs string) {
	o := p.v.Own
	if o == nil {
		return
	}
	if o.SensitiveItems != nil {
		on := slices.ContainsFunc(o.SensitiveItems, func(s string) bool {
			return s != "" && (s == x.PartNumber || digits(s) == s && strings.HasPrefix(hs, s))
		})
		f.OwnSensitive = &on
	}
	if o.Implausible != nil && f.HS6 != "" {
		on := slices.Contains(o.Implausible, f.HS6+":"+p.v.Destination)
		f.Implausible = &on
	}
	if b := p.env.Buyer; o.Affinity != nil && b != nil && len(digits(b.Industry)) >= 2 && len(hs) >= 2 {
		if chapters, ok := o.Affinity[digits(b.Industry)[:2]]; ok {
			fits := slices.Contains(chapters, hs[:2])
			f.Fits = &fits
		}
	}
	if n, ok := o.Fleet[x.PartNumber+":"+p.v.Destination]; ok {
		f.Fleet = &n
	}
}

// defaultSplitDays is the window in which orders count as one where the seller sets none.
const defaultSplitDays = 90

// history compares the line with the buyer's past orders. Without any history it stays unknown.
func (p *preparation) history(f *lineFacts, x *Line) {
	v := p.v
	if v.History == nil {
		return
	}
	days, limit := defaultSplitDays, (*decimal.Decimal)(nil)
	if v.Own != nil {
		limit = v.Own.SplitLimit
		if v.Own.SplitDays > 0 {
			days = v.Own.SplitDays
		}
	}
	var value float64
	var count int
	var listed, unlicensed bool
	for i := range v.History {
		h := &v.History[i]
		sameItem := x.PartNumber != "" && h.PartNumber == x.PartNumber ||
			x.PartNumber == "" && f.HS6 != "" && strings.HasPrefix(digits(h.HS), f.HS6)
		if !sameItem {
			continue
		}
		same := p.isBuyer(h.Buyer)
		if age := v.Date.DaysSince(h.Date); same && age >= 0 && age <= days && h.Value != nil && (limit == nil || h.Value.LessThan(*limit)) {
			count++
			value += h.Value.InexactFloat64()
		}
		listed = listed || h.BuyerListed && h.DesignedFor != "" && !p.isBuyer(h.DesignedFor)
		unlicensed = unlicensed || same && h.Licensed != nil && !*h.Licensed
	}
	f.Recent, f.RecentCount, f.ForListed, f.Unlicensed = &value, &count, &listed, &unlicensed
}

// isBuyer reports whether a customer of the history is the order's buyer.
func (p *preparation) isBuyer(customer string) bool {
	b := p.env.Buyer
	return b != nil && customer != "" && (customer == b.ID || customer == b.Name)
}
