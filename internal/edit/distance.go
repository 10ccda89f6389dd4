package edit

import "unicode/utf8"

// Distance is the optimal string alignment distance of two strings, in characters.
func Distance(a, b string) int {
	return Within(a, b, max(len(a), len(b)))
}

// Within is [Distance] where that is at most limit, and limit+1 otherwise. A negative limit is 0.
func Within(a, b string, limit int) int {
	limit = max(limit, 0)
	if a == b {
		return 0
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) > 64 || !ASCII(a) || !ASCII(b) {
		return table(a, b, limit)
	}
	if len(b)-len(a) > limit {
		return limit + 1
	}
	if len(a) == 0 {
		return len(b)
	}
	var p pattern
	p.set(a)
	return p.within(b, limit)
}

// ASCII reports whether a text is nothing but ASCII.
func ASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// pattern is a word of 1 to 64 ASCII characters made ready to be measured against others: bit i of where[c]
// says that its character i is c.
type pattern struct {
	where [utf8.RuneSelf]uint64
	n     int
}

func (p *pattern) set(w string) {
	p.n = len(w)
	for i := 0; i < len(w); i++ {
		p.where[w[i]] |= 1 << i
	}
}

// within is [Within] of the pattern and another ASCII string. It keeps one column of the alignment table in
// machine words: bit i of vp (vn) says that row i+1 is one greater (less) than row i.
func (p *pattern) within(b string, limit int) int {
	last := uint64(1) << (p.n - 1)
	vp, vn, d0, before := ^uint64(0), uint64(0), uint64(0), uint64(0)
	dist := p.n
	for j := 0; j < len(b); j++ {
		here := p.where[b[j]]
		swapped := ((^d0 & here) << 1) & before
		d0 = (((here & vp) + vp) ^ vp) | here | vn | swapped
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		if hp&last != 0 {
			dist++
		}
		if hn&last != 0 {
			dist--
		}
		// The last row falls by at most one a column.
		if dist-(len(b)-1-j) > limit {
			return limit + 1
		}
		hp = hp<<1 | 1
		vp = hn<<1 | ^(d0 | hp)
		vn = hp & d0
		before = here
	}
	return dist
}

// table fills the alignment table row by row, for long or non-ASCII strings.
func table(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > limit {
		return limit + 1
	}
	rows := make([]int, 3*(len(x)+1))
	old, prev, cur := rows[:len(x)+1], rows[len(x)+1:2*(len(x)+1)], rows[2*(len(x)+1):]
	for i := range prev {
		prev[i] = i
	}
	for j := 1; j <= len(y); j++ {
		cur[0] = j
		least := j
		for i := 1; i <= len(x); i++ {
			d := prev[i-1]
			if x[i-1] != y[j-1] {
				d = 1 + min(d, prev[i], cur[i-1])
				if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
					d = min(d, old[i-2]+1)
				}
			}
			cur[i] = d
			least = min(least, d)
		}
		// An exchange reaches back two rows, so a whole row beyond the limit may still be
		// followed by a lesser one, but by one less at most.
		if least > limit+1 {
			return limit + 1
		}
		old, prev, cur = prev, cur, old
	}
	return min(prev[len(x)], limit+1)
}
