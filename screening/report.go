package screening

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/screening/trigger"
)

// ReportSchema is the value of Report.Schema this version writes for a screening; see [SimulationSchema].
const ReportSchema = "ordergate.report/1"

// EngineVersion is the version of the screening engine; it changes whenever the same inputs could give another report.
const EngineVersion = "1.2.0"

// Report is the result of screening one order. Its canonical form is [Report.JSON].
type Report struct {
	Schema string `json:"schema"`
	// Simulation is the name of the trial where the report is no screening; see [Request].
	Simulation string `json:"simulation,omitempty"`
	Engine     string `json:"engine"`
	// ID names the report; by default it is derived from all inputs.
	ID string `json:"id"`
	// At is the moment the caller gave, in UTC.
	At time.Time `json:"at"`
	// AsOf is the day whose law was applied.
	AsOf  Date     `json:"as_of"`
	Order OrderRef `json:"order"`
	// Outcome is the greatest of the findings', Clear where there is none.
	Outcome Outcome `json:"outcome"`
	// Block is the code for the ERP to set, "" where the order may go.
	Block string `json:"block,omitempty"`
	// Findings are ordered by outcome, greatest first, then by place in the order.
	Findings []Finding `json:"findings"`
	// Parties and Lines say what was checked, also where nothing was found.
	Parties []PartyResult `json:"parties"`
	Lines   []LineResult  `json:"lines"`
	// Rules counts what became of the rules.
	Rules RuleCount `json:"rules"`
	// Questions are what a person should still answer.
	Questions []trigger.Question `json:"questions,omitempty"`
	// NotRun are the optional checks that had no data to run on.
	NotRun []Text `json:"not_run,omitempty"`
	// Documents are the papers the findings together ask for.
	Documents []DocumentType `json:"documents,omitempty"`
	Inputs    Inputs         `json:"inputs"`
}

// OrderRef pins the order a report is about.
type OrderRef struct {
	ID       string `json:"id"`
	Revision int    `json:"revision,omitempty"`
	Date     Date   `json:"date"`
	Stage    Stage  `json:"stage"`
	// SHA256 is over the order's canonical JSON, see [Order.JSON].
	SHA256 string `json:"sha256"`
}

// PartyResult says what a party was compared with.
type PartyResult struct {
	Path  string `json:"path"`
	ID    string `json:"id,omitempty"`
	Name  string `json:"name"`
	Roles []Role `json:"roles"`
	// Names counts the names, owners' and people's names included; Hits the listed entities found.
	Names int `json:"names"`
	Hits  int `json:"hits"`
}

// LineResult says how a line was classified.
type LineResult struct {
	Path        string `json:"path"`
	ID          string `json:"id"`
	Description string `json:"description,omitempty"`
	HS          string `json:"hs,omitempty"`
	// Class is the item class the effect matrix was asked with.
	Class ItemClass `json:"class"`
	// Codes are the best candidates, "LIST CODE", at most five.
	Codes []string `json:"codes,omitempty"`
	// Silent are the tables that say nothing of the customs code: not a finding that it is free.
	Silent []string `json:"silent,omitempty"`
	// Checks are what a person must still look at.
	Checks []Text `json:"checks,omitempty"`
}

// RuleCount is how many rules were evaluated and what came of them.
type RuleCount struct {
	Evaluated  int `json:"evaluated"`
	Fired      int `json:"fired"`
	Incomplete int `json:"incomplete"`
}

// Inputs pins everything the report was made from.
type Inputs struct {
	// Snapshot is the digest of all lists together.
	Snapshot string      `json:"snapshot"`
	Lists    []ListInput `json:"lists"`
	// Tables are the control lists and customs tables.
	Tables   []classify.TableInfo `json:"tables"`
	Classify string               `json:"classify"`
	Rules    string               `json:"rules"`
	Policy   string               `json:"policy"`
	// Reference is the digest of the country tables and the seller's own registers.
	Reference string `json:"reference"`
	// Context is the digest of the history, notices and clearances given with the order.
	Context string `json:"context"`
}

// ListInput is one watch list that was searched.
type ListInput struct {
	ID        string `json:"id"`
	Title     Text   `json:"title"`
	Regime    string `json:"regime"`
	Published Date   `json:"published,omitempty"`
	// Current is the day it was last known to be current, AgeDays the days from then to the as-of day.
	Current  Date   `json:"current,omitempty"`
	AgeDays  int    `json:"age_days"`
	Entities int    `json:"entities"`
	Digest   string `json:"digest"`
}

// JSON is the canonical form of the report: fields in declared order, no white space, HTML characters
// as they are. Equal reports have equal bytes.
func (r *Report) JSON() ([]byte, error) { return canonical(r) }

// JSON is the canonical form of the order, after [Order.Normalise] the one reports hash.
func (o *Order) JSON() ([]byte, error) { return canonical(o) }

// identify is the report's JSON, with an ID made of the digest of the rest where the report has none.
func (r *Report) identify() (encoded []byte, err error) {
	err = encode(r, func(b []byte) {
		if r.ID == "" {
			r.ID = "R-" + digest(b)[:24]
			// The ID is the first of the fields that can be empty: nothing before it holds these bytes.
			const empty = `"id":"`
			i := bytes.Index(b, []byte(empty+`"`)) + len(empty)
			encoded = slices.Concat(b[:i], []byte(r.ID), b[i:])
			return
		}
		encoded = bytes.Clone(b)
	})
	return encoded, err
}

// canonical is the encoding of structs, slices and scalars; no type of this package holds a map.
func canonical(v any) (encoded []byte, err error) {
	err = encode(v, func(b []byte) { encoded = bytes.Clone(b) })
	return encoded, err
}

// encode shows use the canonical encoding of v, which is no longer there when use returns.
func encode(v any, use func(b []byte)) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("canonical JSON: %w", err)
	}
	use(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return nil
}

// buffers are what canonical JSON is written to before its length is known.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// digest is the hexadecimal SHA-256 of b.
func digest(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
