package classify

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/internal/textindex"
)

// parameter is a technical value that thresholds name: how to recognise it in a text.
type parameter struct {
	name, nameZh string
	// cues are words that announce it, folded; loose lets a value of the right dimension count without one.
	cues  []string
	loose bool
	// dims are the dimensions of the thresholds that name it.
	dims []string
}

// quantity is one number with its unit found in a text or a property.
type quantity struct {
	raw   string
	value float64 // in the base unit
	unit  unit
	// before is the text in front of it, back to the last number or mark; after a few words behind, up to the next mark.
	before, after string
	// name is the property's name, "" in running text. high is the upper end of a range.
	name string
	high float64
}

// reQuantity is a number, perhaps a power of ten, perhaps a range, and a unit.
var reQuantity = regexp.MustCompile(`([-+±]?\d+(?:[.,]\d+)*)(?:\s*[x×*]\s*10\s*\^?\s*(-?\d+)|e([-+]?\d{1,2}))?` +
	`(?:\s*(?:-|~|–|to|至|到)\s*(\d+(?:\.\d+)?))?\s*-?\s*` +
	`(wh/kg|kgf/cm2|n/mm2|g/cm3|g/cc|kg/m3|cn/dtex|n/tex|g/den|m3/h|m3/s|kg/h|g/h|l/min|l/s|l/h|km/s|km/h|mm/µs|mm/s|m/s2|m/s|deg/hr|deg/h|deg/sec|deg/s|°/√h|deg/√h|°/hr|°/h|°/s|gbit/s|mbit/s|kbit/s|bit/s|gb/s|gs/s|ms/s|` +
	`tflops|pflops|gbps|mbps|bps|gsps|msps|ksps|ghz|mhz|khz|thz|hz|fps|mpa|gpa|kpa|hpa|mbar|bar|torr|ksi|psi|pa|atm|arcsec|arc-sec|mrad|krad|micro g|microns?|inch|` +
	`nm|µm|um|mm|cm|km|kg|mg|gram|tons?|lb|ps|ns|µs|us|ms|fs|kva|va|kw|mw|µw|nw|hp|kv|mv|ka|ma|kj|mj|mev|kev|pf|nf|µf|uf|nh|µh|mh|kn|mn|lbf|knots|mach|rpm|r/min|db|cm2|mm2|m2|cm3|m3|ml|liters?|litres?|` +
	`gbq|mbq|tbq|gy|tesla|nt|pt|ppm|ppb|wt%|%|‰|°c|°|axes|axis|bits?|µg|ug|mgal|ohm|amu|mk|denier|dtex|微米|纳米|毫米|厘米|公里|千米|米/秒|米|公斤|千克|克/立方厘米|克|吨|秒|分钟|小时|赫兹|帧/秒|帧每秒|兆帕|摄氏度|千瓦|瓦|千伏|伏|安|焦耳|马赫|节|度/小时|角秒|轴|坐标|位|转/分钟?|平方米|立方米/小时|立方米|毫升|升|英寸|特斯拉|` +
	`hours|minutes|min|sec|deg|rad|ft|in|gal|[kmvwajgtfhnsu])?(?:\b|[^a-z0-9/]|$)`)

// maxQuantities bounds how many numbers of one text are read.
const maxQuantities = 64

// quantities reads the numbers of an item: its properties, then its descriptions.
func quantities(item *Item) []quantity {
	var out []quantity
	for _, p := range item.Properties {
		if len(out) == maxQuantities {
			return out
		}
		v := strings.TrimSpace(p.Value + " " + p.Unit)
		for _, q := range scan(clip(v, 200)) {
			q.name = textindex.Fold(p.Name)
			// "number of axes: 5" needs no unit.
			if q.unit.dim == "count" && (strings.Contains(q.name, "ax") || strings.ContainsAny(q.name, "轴")) {
				q.unit.dim = "axes"
			}
			out = append(out, q)
		}
	}
	for _, s := range []string{item.Description, item.DescriptionZh} {
		out = append(out, scan(clip(s, maxText))...)
	}
	return out[:min(len(out), maxQuantities)]
}

// scan finds the numbers of one text.
func scan(s string) []quantity {
	// The search runs over lower case; the unit is read from the text as written, for mW is not MW.
	written := strings.ToValidUTF8(textindex.Figures(respell(s)), "?")
	if !strings.ContainsAny(written, "0123456789") {
		return nil
	}
	low := lowerASCII(written)
	var out []quantity
	last := 0
	for at := 0; at < len(low) && len(out) < maxQuantities; {
		m := reQuantity.FindStringSubmatchIndex(low[at:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		end := max(m[3], m[9], m[11])
		if end <= at {
			end = at + 1
		}
		q, ok := readQuantity(low, written, m)
		if ok && (m[2] == 0 || !isAlnum(low[m[2]-1])) {
			q.before = sentenceTail(low[last:m[2]])
			q.after = clip(low[end:], 24)
			if k := strings.IndexAny(q.after, ";；。,，、\n"); k >= 0 {
				q.after = q.after[:k]
			}
			out = append(out, q)
			last = end
		}
		at = end
	}
	return out
}

func readQuantity(low, written string, m []int) (quantity, bool) {
	digits := strings.ReplaceAll(strings.TrimLeft(low[m[2]:m[3]], "+±"), ",", "")
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return quantity{}, false
	}
	for _, g := range []int{4, 6} {
		if m[g] >= 0 {
			if e, err := strconv.Atoi(low[m[g]:m[g+1]]); err == nil && e > -40 && e < 40 {
				v *= pow10(e)
			}
		}
	}
	name := ""
	end := m[3]
	for _, i := range []int{5, 7, 9} {
		end = max(end, m[i])
	}
	if m[10] >= 0 {
		name, end = written[m[10]:m[11]], m[11]
	}
	u, ok := unitOf(name)
	if !ok {
		return quantity{}, false
	}
	q := quantity{raw: strings.TrimSpace(written[m[2]:end]), value: (v + u.offset) * u.scale, unit: u}
	q.high = q.value
	if m[8] >= 0 {
		if hi, err := strconv.ParseFloat(low[m[8]:m[9]], 64); err == nil && hi > v {
			q.high = (hi + u.offset) * u.scale
		}
	}
	return q, true
}

func pow10(e int) float64 {
	v, err := strconv.ParseFloat("1e"+strconv.Itoa(e), 64)
	if err != nil {
		return 1
	}
	return v
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 32
		}
		return r
	}, s)
}

func isAlnum(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '.' }

// sentenceTail is the end of s after its last sentence or list mark, at most 60 bytes.
func sentenceTail(s string) string {
	if i := strings.LastIndexAny(s, ";；。,，、\n"); i >= 0 {
		s = s[i:]
	}
	for len(s) > 60 {
		s = s[len(s)-60:]
		for len(s) > 0 && s[0]&0xC0 == 0x80 {
			s = s[1:]
		}
	}
	return s
}

// announces is the length of the longest cue of p next to q, 0 where there is none.
func (p *parameter) announces(q *quantity) int {
	best := 0
	for _, c := range p.cues {
		if len(c) <= best {
			continue
		}
		if strings.Contains(q.name, c) || strings.Contains(q.before, c) || q.name == "" && strings.Contains(q.after, c) {
			best = len(c)
		}
	}
	return best
}

// evaluate compares the numbers of an item with the thresholds of an entry. vocabulary knows the
// parameters by name. A number announced as another parameter is never used for this one.
func evaluate(ts []Threshold, qs []quantity, vocabulary map[string]*parameter, all []*parameter) []ParameterResult {
	out := make([]ParameterResult, 0, len(ts))
	for _, t := range ts {
		p := vocabulary[t.Name]
		r := ParameterResult{Name: t.Name, Op: t.Op, Threshold: t.Value, Unit: t.Unit, Verdict: Unknown, Paragraph: t.Paragraph}
		if p != nil {
			r.NameZh = p.nameZh
			if q := find(p, t, qs, all); q != nil {
				r.Found, r.Verdict = q.raw, compare(t, q)
				r.plain = plain(p, t, q)
			}
		}
		out = append(out, r)
	}
	return out
}

// find is the number that states parameter p: the one best announced; where none is and the parameter is
// loose, of those of its dimension that are announced as nothing else the one nearest to control.
func find(p *parameter, t Threshold, qs []quantity, all []*parameter) *quantity {
	u, _ := unitOf(t.Unit)
	var best *quantity
	bestLen := 0
	for i := range qs {
		q := &qs[i]
		if q.unit.dim != u.dim {
			continue
		}
		if n := p.announces(q); n > bestLen {
			if !rivals(all, p, q, n) {
				best, bestLen = q, n
			}
		}
	}
	if best != nil || !p.loose {
		return best
	}
	for i := range qs {
		q := &qs[i]
		if q.unit.dim != u.dim || rivals(all, p, q, 0) {
			continue
		}
		if best == nil || t.Op[0] == '<' && q.value < best.value || t.Op[0] == '>' && q.high > best.high {
			best = q
		}
	}
	return best
}

// rivals reports whether another parameter of the same dimension is announced by a longer cue than n.
func rivals(all []*parameter, p *parameter, q *quantity, n int) bool {
	return slices.ContainsFunc(all, func(o *parameter) bool {
		return o != p && slices.Contains(o.dims, q.unit.dim) && o.announces(q) > n
	})
}

// plain reports whether a missed threshold is missed beyond doubt: by a tenth at least where the item names
// the value or gives its range, otherwise five times over. The frequency of the mains says nothing of the
// goods.
func plain(p *parameter, t Threshold, q *quantity) bool {
	u, ok := unitOf(t.Unit)
	if !ok {
		return false
	}
	limit, nearest := (t.Value+u.offset)*u.scale, q.high
	if t.Op[0] == '<' {
		limit, nearest = q.value, limit
	}
	if p.announces(q) > 0 || q.high > q.value {
		return nearest < 0.9*limit
	}
	return nearest < 0.2*limit && !(u.dim == "frequency" && (q.value == 50 || q.value == 60))
}

// compare holds a value against a threshold. Of a range, the end that comes nearer to control counts.
func compare(t Threshold, q *quantity) Verdict {
	u, ok := unitOf(t.Unit)
	if !ok || u.dim != q.unit.dim {
		return Unknown
	}
	limit := (t.Value + u.offset) * u.scale
	const eps = 1e-9
	slack := eps * max(limit, -limit)
	met := false
	switch t.Op {
	case "<":
		met = q.value < limit-slack
	case "<=":
		met = q.value <= limit+slack
	case ">":
		met = q.high > limit+slack
	case ">=":
		met = q.high >= limit-slack
	case "=":
		met = q.value <= limit+slack && q.high >= limit-slack
	}
	if met {
		return Met
	}
	return NotMet
}
