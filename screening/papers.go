package screening

import (
	"slices"

	"github.com/ordergate/ordergate/internal/dated"
)

// coverByPapers lowers a Require to Advise where every paper it asks for is on file and good for the
// order on the day. Whether the papers agree with the order in every key element is checked apart, by the
// rules over documents, which stop the order where they do not.
func (r *run) coverByPapers(f *Finding) {
	if f.Outcome != Require || len(f.Documents)+len(f.AnyOf) == 0 {
		return
	}
	onFile := func(t DocumentType) bool {
		return slices.ContainsFunc(r.order.Documents, func(d Document) bool { return d.Type == t && d.good(r.req.AsOf) })
	}
	if len(f.AnyOf) > 0 && !slices.ContainsFunc(f.AnyOf, onFile) {
		return
	}
	for _, t := range f.Documents {
		if !onFile(t) {
			return
		}
	}
	f.Outcome = Advise
	f.Next = &Text{
		En: "Covered by the papers on file. Check before shipment that they still are.",
		Zh: "所需文件均已备案。发货前须再次核对其有效性。",
	}
}

// good reports whether a paper is examined as valid, or not examined and not doubted, and has neither
// expired nor been issued later than the day.
func (d *Document) good(day dated.Date) bool {
	return (d.Status == "" || d.Status == "valid") && d.IssuedOn <= day && (d.ValidUntil.IsZero() || d.ValidUntil >= day)
}
