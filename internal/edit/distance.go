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
	if len(a) > 64 || !ascii(a) || !ascii(b) {
		return table(a, b, limit)
	}
	if len(b)-len(a) > limit {
		return limit + 1
	}
	if len(a) == 0 {
		return len(b)
	}
	return parallel(a, b, limit)
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// parallel keeps one column of the alignment table in machine words: bit i of vp (vn) says that row
// i+1 is one greater (less) than row i. a has 1 to 64 characters, all ASCII.
func parallel(a, b string, limit int) int {
	var where [utf8.RuneSelf]uint64
	for i := 0; i < len(a); i++ {
		where[a[i]] |= 1 << i
	}
	last := uint64(1) << (len(a) - 1)
	vp, vn, d0, before := ^uint64(0), uint64(0), uint64(0), uint64(0)
	dist := len(a)
	for j := 0; j < len(b); j++ {
		here := where[b[j]]
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
