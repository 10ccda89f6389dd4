package match

// Candidates are the numbers of the names that a search would compare with the query, likeliest first.
func (c *Corpus) Candidates(query *Name) []int {
	var s search
	s.gather(c, query)
	ids := make([]int, len(s.candidates))
	for i, x := range s.candidates {
		ids[i] = int(x.Name)
	}
	return ids
}
