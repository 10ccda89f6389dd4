package ledger

import (
	"context"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
)

// ofParty are the papers that hold for every order of their party.
var ofParty = []screening.DocumentType{screening.RiskReport, screening.WrittenCommitment, screening.UVLStatement}

// Supply gives an order and its request what the ledger holds for them, on the day whose law applies: call it before
// [screening.Screener.Screen]. What is in force is added to what the caller has put there.
//
//   - A document that the order names by type and number, and that is on file, is replaced by what is on file; the
//     order says which lines it covers. Where the order has the hash of another paper than was filed, its hash stays and
//     the status becomes "altered": screening relies on no such paper, and stops for a licence or an end-use
//     certificate. Papers filed for the order are added, lapsed and bad ones too: that stops it.
//     So are commitments, statements and reports filed for a party of the order and no order, as long as they hold.
//   - Quantity and Value of a document become what the paper allows this order: what it has drawn, or else what is
//     left. They are zero where the order's unit or currency is not the paper's, and where no export is left: what
//     cannot be compared is not covered.
//   - The request gets the notices and clearances in force. A ledger without notices says that there are none.
func (l *Ledger) Supply(ctx context.Context, o *screening.Order, req *screening.Request) error {
	day := req.AsOf
	if day == "" {
		day = dated.DateOf(req.At)
	}
	accounts, err := l.List(ctx, nil)
	if err != nil {
		return err
	}
	documents := slices.Clone(o.Documents)
	notices, clearances := slices.Clone(req.Notices), slices.Clone(req.Clearances)
	if notices == nil {
		notices = []trigger.Notice{}
	}
	for i := range accounts {
		a := &accounts[i]
		switch {
		case a.Paper != nil:
			at := slices.IndexFunc(documents, func(d screening.Document) bool { return PaperID(d.Type, d.Number) == a.ID })
			if at >= 0 {
				shown := documents[at]
				documents[at] = a.document(o, shown.Lines)
				if shown.SHA256 != "" && !strings.EqualFold(shown.SHA256, a.Paper.SHA256) {
					// What the order comes with is judged, not what was filed once.
					documents[at].SHA256, documents[at].Status = shown.SHA256, altered
				}
			} else if a.isFor(o, day) {
				documents = append(documents, a.document(o, nil))
			}
		case !a.Holds(day):
		case a.Notice != nil:
			notices = append(notices, *a.Notice)
		case a.Clearance != nil:
			clearances = append(clearances, *a.Clearance)
		}
	}
	o.Documents, req.Notices, req.Clearances = documents, notices, clearances
	return nil
}

// altered is the status of a paper that is not as it was issued, one of those of [screening.Document].
const altered = "altered"

// isFor reports whether a paper that the order does not name is supplied to it.
func (a *Account) isFor(o *screening.Order, day Date) bool {
	if len(a.Paper.Orders) > 0 {
		return slices.Contains(a.Paper.Orders, o.ID)
	}
	return a.Paper.Party != "" && slices.Contains(ofParty, a.Paper.Type) && a.Holds(day) &&
		slices.ContainsFunc(o.Parties, func(p screening.Party) bool { return p.ID == a.Paper.Party })
}

// document is the paper as a screening of the order takes it.
func (a *Account) document(o *screening.Order, lines []string) screening.Document {
	d := a.Paper.Document
	d.Lines = lines
	own := a.used(func(x *Drawing) bool { return x.Order == o.ID })
	left := a.Balance()
	spent := own.exports == 0 && left.Exports != nil && *left.Exports <= 0
	allows := func(limit, rest *screening.Decimal, drawn screening.Decimal, comparable bool) *screening.Decimal {
		var none screening.Decimal
		switch {
		case spent, limit != nil && !comparable:
			return &none
		case limit == nil:
			return nil
		case own.exports > 0:
			return &drawn
		}
		return rest
	}
	sameUnit := !slices.ContainsFunc(o.Lines, func(x screening.Line) bool {
		return (len(lines) == 0 || slices.Contains(lines, x.ID)) && x.Unit != a.Paper.Unit
	})
	d.Quantity = allows(a.Paper.Quantity, left.Quantity, own.quantity, sameUnit)
	d.Value = allows(a.Paper.Value, left.Value, own.value, o.Currency == a.Paper.Currency)
	return d
}
