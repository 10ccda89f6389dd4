package han

// Abbreviates says how well a short name in Han characters abbreviates an organisation's full one, from 0 (not)
// to 1: 哈工大 for 哈尔滨工业大学, 中国电科 for 中国电子科技集团公司. Each character of the short name must be the
// first of a segment of the full one, or go on where the last one stopped, in order; regions may be passed over, and
// segments after the last one matched; the core may not. The measure falls with every segment passed
// over. Names of under three characters, and parts of a name written out (华为 for 华为技术), are no abbreviations: 0.
func Abbreviates(short, full string) float64 {
	s := orgRunes(short)
	units := abbreviable(Organization(full))
	if len(s) < minAbbreviation || len(units) < 2 {
		return 0
	}
	best := 0.0
	var try func(i, unit, used, whole int)
	try = func(i, unit, used, whole int) {
		if i == len(s) {
			if m := measure(units, unit, used, whole); m > best {
				best = m
			}
			return
		}
		if unit == len(units) {
			return
		}
		u := units[unit]
		n := 0
		for n < len(u.text) && i+n < len(s) && u.text[n] == s[i+n] {
			n++
			w := whole
			if n == len(u.text) {
				w++
			}
			try(i+n, unit+1, used+1, w)
		}
		if u.optional {
			try(i, unit+1, used, whole)
		}
	}
	try(0, 0, 0, 0)
	return best
}

const minAbbreviation = 3

// unit is a stretch of a full name that may give its first characters.
type unit struct {
	text     []rune
	optional bool
}

// abbreviable splits a full name into units: parts longer than two characters in pairs, as they are read
// (工业 + 大学, 研究 + 所), but for regions and the three-character words of industries.
func abbreviable(o Org) []unit {
	var out []unit
	for _, s := range o.Segments {
		rs := []rune(s.Text)
		step := len(rs)
		if (s.Kind == Core || s.Kind == Form) && len(rs) > 2 || s.Kind == Industry && len(rs) > 3 {
			step = 2
		}
		for i := 0; i < len(rs); i += step {
			out = append(out, unit{rs[i:min(i+step, len(rs))], s.Kind != Core || i > 0})
		}
	}
	return out
}

// measure weighs an abbreviation that ended before units[end]: the share of units it used of those it
// went by, less for what is left of the name but legal forms. One that only repeats whole units is none.
func measure(units []unit, end, used, whole int) float64 {
	if used < 2 || whole == used {
		return 0
	}
	return float64(used) / float64(max(end, used))
}
