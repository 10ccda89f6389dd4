package screening

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// StopReportSchema is the value of StopReport.Schema this version writes.
const StopReportSchema = "ordergate.stop-report/1"

// StopReport is what an exporter puts together when the law makes it stop an export at once and tell the authority:
// State Council Order 792, art. 25 (end user or end use changed or may change; a certificate forged, altered, lapsed or
// got by fraud). It is the pack of evidence, not the letter: grounds, goods, parties, papers with their hashes, and what
// to do.
type StopReport struct {
	Schema string `json:"schema"`
	// Report is the id of the screening the pack is made from, Order the order it screened.
	Report string    `json:"report"`
	At     time.Time `json:"at"`
	AsOf   Date      `json:"as_of"`
	Order  OrderRef  `json:"order"`
	// Grounds are the findings that make it necessary, with what the rules read.
	Grounds []Finding `json:"grounds"`
	// Parties are the order's importers, consignees and end users.
	Parties     []Party `json:"parties"`
	Destination string  `json:"destination,omitempty"`
	EndUse      *EndUse `json:"end_use,omitempty"`
	Lines       []Line  `json:"lines"`
	// Documents are all papers on file, Changes all changes of the order, Answers what people have answered.
	Documents []Document `json:"documents,omitempty"`
	Changes   []Change   `json:"changes,omitempty"`
	Answers   []Answer   `json:"answers,omitempty"`
	// Inputs pins what the screening was made from.
	Inputs Inputs `json:"inputs"`
	// Steps are what to do now, in order.
	Steps []Text `json:"steps"`
}

// JSON is the canonical form of the pack.
func (s *StopReport) JSON() ([]byte, error) { return canonical(s) }

// stopSteps are in our words what art. 25 and good practice ask for.
var stopSteps = []Text{
	{"Stop the export at once: do not release, ship or transfer; recall or hold goods in transit.", "立即停止出口：不得放行、发运或转移；在途货物应召回或扣留。"},
	{"Report to the commerce authority of the State Council (MOFCOM) without delay, with this pack.", "凭本材料及时向国务院商务主管部门（商务部）报告。"},
	{"Keep every paper, message and record as it is; compare the papers with the hashes given here.", "保持全部文件、往来函电和记录原状，并与本材料所列哈希值核对。"},
	{"Look for other orders and licences of the same end user and certificate, and hold them.", "查找同一最终用户、同一证明文件的其他订单和许可证，并予以暂停。"},
	{"Go on only with the authority's decision; where a key element changed, apply for a new licence.", "仅在主管部门作出决定后方可继续；关键要素变更的，重新申请许可。"},
}

// StopReport is the pack for the screening of a record, nil where nothing in it must be reported. A simulation has none.
func (r *Record) StopReport() (*StopReport, error) {
	var rep Report
	if err := json.Unmarshal(r.Report, &rep); err != nil {
		return nil, fmt.Errorf("record %s: report: %w", r.ID, err)
	}
	var o Order
	if err := json.Unmarshal(r.Order, &o); err != nil {
		return nil, fmt.Errorf("record %s: order: %w", r.ID, err)
	}
	s := &StopReport{
		Schema: StopReportSchema, Report: rep.ID, At: rep.At, AsOf: rep.AsOf, Order: rep.Order, Destination: o.Destination,
		EndUse: o.EndUse, Lines: o.Lines, Documents: o.Documents, Changes: o.Changes, Answers: o.Answers, Inputs: rep.Inputs, Steps: stopSteps,
	}
	for _, f := range rep.Findings {
		if f.Rule != nil && f.Rule.StopAndReport {
			s.Grounds = append(s.Grounds, f)
		}
	}
	if len(s.Grounds) == 0 || rep.Simulation != "" {
		return nil, nil
	}
	concerned := []Role{Buyer, EndUser, Consignee, IntermediateConsignee, UltimateConsignee}
	for _, p := range o.Parties {
		if slices.ContainsFunc(p.Roles, func(r Role) bool { return slices.Contains(concerned, r) }) {
			s.Parties = append(s.Parties, p)
		}
	}
	return s, nil
}
