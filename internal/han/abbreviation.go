package han

// Abbreviates says how well a short name in Han characters abbreviates an organisation's full one, from 0 (not)
// to 1: 示工大 for 示例工业大学, 中示电科 for 中国示例电子科技集团公司. Each character of the short name must begin a
// part of the full one or go on where the last one stopped, in order, and some part must be shortened: a
// name with words left off (示例 for 示例技术) is no abbreviation. Every part but the core may be passed
// over, which lowers the measure; what follows the last part used does not count. Short names of under three
// characters are 0: two characters abbreviate too many names.
func Abbreviates(short, full string) float64 {
	s := orgRunes(short)
	units := abbreviable(Organization(full))
	if len(s) < minAbbreviation || len(units) < 2 {
		return 0
	}
	return measure(s, units)
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

// measure is the best weight of s as an abbreviation of the units: the share of units used of those it
// went by. used[i][p] is the most units that give the first i characters of s, of those seen so far; p is 1 where one of them
// gave only a part of itself, without which s merely repeats the name.
func measure(s []rune, units []unit) float64 {
	const none = -1
	used := make([][2]int, len(s)+1)
	for i := range used {
		used[i] = [2]int{none, none}
	}
	used[0][0] = 0
	best := 0.0
	for end, u := range units {
		next := make([][2]int, len(s)+1)
		for i := range next {
			next[i] = [2]int{none, none}
			if u.optional {
				next[i] = used[i]
			}
		}
		for i := range used {
			for p, n := range used[i] {
				if n == none {
					continue
				}
				for k := 1; k <= len(u.text) && i+k <= len(s) && u.text[k-1] == s[i+k-1]; k++ {
					part := p
					if k < len(u.text) {
						part = 1
					}
					next[i+k][part] = max(next[i+k][part], n+1)
				}
			}
		}
		used = next
		if n := used[len(s)][1]; n > 1 {
			best = max(best, float64(n)/float64(end+1))
		}
	}
	return best
}
