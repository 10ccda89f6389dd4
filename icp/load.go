package icp

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/screening"
	"go.yaml.in/yaml/v3"
)

//go:embed programme.schema.json
var programmeSchema []byte

// Schema is the published JSON Schema (draft 2020-12) of a programme file. It accepts what [LoadProgramme]
// accepts, but for what a schema cannot say: that ids agree, and that a date exists in the calendar.
func Schema() []byte { return slices.Clone(programmeSchema) }

// maxProgramme bounds a programme file, in bytes.
const maxProgramme = 4 << 20

// ProgrammeError is one defect of a programme file.
type ProgrammeError struct {
	// Path is the place, such as procedure.stages[0].levels[1].roles; "" is the file.
	Path string
	// Line counts from 1; 0 is the file as a whole.
	Line int
	Err  error
}

// Error says line and path, then the reason.
func (e *ProgrammeError) Error() string {
	var b strings.Builder
	b.WriteString("programme")
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if e.Path != "" {
		b.WriteString(": " + e.Path)
	}
	return b.String() + ": " + e.Err.Error()
}

// Unwrap is the reason.
func (e *ProgrammeError) Unwrap() error { return e.Err }

// LoadProgramme reads a programme in YAML. The error joins a [*ProgrammeError] for every defect; with an error
// there is no programme. A file that loads can be worked with, but may lack what the guidance asks: see
// [Programme.Validate].
func LoadProgramme(r io.Reader) (*Programme, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxProgramme+1))
	if err == nil && len(raw) > maxProgramme {
		err = fmt.Errorf("larger than %d bytes", maxProgramme)
	}
	if err != nil {
		return nil, &ProgrammeError{Err: err}
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		return nil, &ProgrammeError{Err: err}
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, &ProgrammeError{Line: more.Line, Err: errors.New("more than one document")}
	}
	p := &Programme{raw: raw}
	d := &decoder{words: vocabulary(), lines: make(map[string]int)}
	d.value(doc.Content[0], reflect.ValueOf(p).Elem(), "")
	if len(d.errs) == 0 {
		(&checker{decoder: d, p: p}).check()
	}
	if len(d.errs) > 0 {
		return nil, errors.Join(d.errs...)
	}
	return p, nil
}

// checker looks for what each field by itself cannot show: ids that name nothing, numbers that cannot be met.
type checker struct {
	*decoder
	p *Programme
}

func (c *checker) bad(path, format string, a ...any) { c.fail(path, c.at(path), format, a...) }

// name checks that an id names something.
func (c *checker) name(path, what, id string, known bool) {
	if !known {
		c.bad(path, "%q is no %s of this programme", id, what)
	}
}

func (c *checker) role(path, id string) {
	c.name(path, "role", id, c.p.Organisation.role(id) != nil)
}

func (c *checker) person(path, id string) {
	c.name(path, "person", id, c.p.Organisation.person(id) != nil)
}

// unique checks that no two of a list have one id.
func (c *checker) unique(path string, n int, id func(int) string) {
	seen := make(map[string]bool)
	for i := range n {
		if seen[id(i)] {
			c.bad(fmt.Sprintf("%s[%d]", path, i), "a second %q", id(i))
		}
		seen[id(i)] = true
	}
}

func (c *checker) check() {
	if c.p.Schema != ProgrammeSchema {
		c.bad("schema", "%q is not %q", c.p.Schema, ProgrammeSchema)
	}
	c.organisation()
	c.procedure()
	c.others()
}

func (c *checker) organisation() {
	o := &c.p.Organisation
	c.unique("organisation.units", len(o.Units), func(i int) string { return o.Units[i].ID })
	c.unique("organisation.roles", len(o.Roles), func(i int) string { return o.Roles[i].ID })
	c.unique("organisation.people", len(o.People), func(i int) string { return o.People[i].ID })
	for i, u := range o.Units {
		if path := fmt.Sprintf("organisation.units[%d].parent", i); u.Parent == u.ID {
			c.bad(path, "a unit does not report to itself")
		} else if u.Parent != "" {
			c.name(path, "unit", u.Parent, o.unit(u.Parent) != nil)
		}
	}
	for i, r := range o.Roles {
		if a := r.Authority; a != nil && a.Value != nil && a.Currency == "" {
			c.bad(fmt.Sprintf("organisation.roles[%d].authority.currency", i), "a limit of value needs a currency")
		}
	}
	owners := make(map[string]string)
	for i := range o.People {
		p, path := &o.People[i], fmt.Sprintf("organisation.people[%d]", i)
		if p.ID == System {
			c.bad(path+".id", "%q stands for the programme itself", System)
		}
		for j, a := range append([]string{p.ID}, p.Accounts...) {
			name := strings.ToLower(a)
			if owner, taken := owners[name]; taken && owner != p.ID {
				c.bad(fmt.Sprintf("%s.accounts[%d]", path, j-1), "%q is an account of %q", a, owner)
			}
			owners[name] = p.ID
		}
		c.name(path+".unit", "unit", p.Unit, o.unit(p.Unit) != nil)
		for j, r := range p.Roles {
			c.role(fmt.Sprintf("%s.roles[%d]", path, j), r)
		}
		for j, d := range p.Deputies {
			at := fmt.Sprintf("%s.deputies[%d]", path, j)
			c.person(at, d)
			if d == p.ID {
				c.bad(at, "nobody is their own deputy")
			}
		}
	}
}

func (c *checker) procedure() {
	p := &c.p.Procedure
	if len(p.Stages) == 0 {
		c.bad("procedure.stages", "at least one is needed")
	}
	c.unique("procedure.stages", len(p.Stages), func(i int) string { return string(p.Stages[i].Stage) })
	for i := range p.Stages {
		s, path := &p.Stages[i], fmt.Sprintf("procedure.stages[%d]", i)
		for j, a := range s.After {
			if slices.Index(stages, a) >= slices.Index(stages, s.Stage) || p.stage(a) == nil {
				c.bad(fmt.Sprintf("%s.after[%d]", path, j), "%q is no earlier stage of this procedure", a)
			}
		}
		if len(s.Levels) == 0 {
			c.bad(path+".levels", "at least one is needed")
			continue
		}
		c.unique(path+".levels", len(s.Levels), func(j int) string { return s.Levels[j].ID })
		for j := range s.Levels {
			c.level(fmt.Sprintf("%s.levels[%d]", path, j), &s.Levels[j])
		}
		c.lastLevel(path, s)
	}
}

// level checks that a level has enough people to reach its quorum.
func (c *checker) level(path string, l *Level) {
	if l.Approvals < 1 || l.Quorum < l.Approvals {
		c.bad(path, "quorum and approvals: 1 <= approvals <= quorum is needed, not %d and %d", l.Approvals, l.Quorum)
	}
	if l.Hours < 1 {
		c.bad(path+".hours", "a deadline is needed")
	}
	for i, r := range l.Roles {
		c.role(fmt.Sprintf("%s.roles[%d]", path, i), r)
	}
	seats := 0
	for _, p := range c.p.Organisation.People {
		if slices.ContainsFunc(l.Roles, func(r string) bool { return slices.Contains(p.Roles, r) }) {
			seats++
		}
	}
	if seats < l.Quorum {
		c.bad(path, "%d people may vote, and the quorum is %d", seats, l.Quorum)
	}
}

// lastLevel checks that what may be released at all can be released by the last level.
func (c *checker) lastLevel(path string, s *StageRules) {
	last := len(s.Levels) - 1
	for _, id := range s.Levels[last].Roles {
		r := c.p.Organisation.role(id)
		if r != nil && r.Authority != nil && r.Authority.Value == nil && r.Authority.UpTo.Max(s.ReleaseUpTo) == r.Authority.UpTo {
			return
		}
	}
	c.bad(fmt.Sprintf("%s.levels[%d].roles", path, last), "no role of the last level has authority up to %q without limit of value", s.ReleaseUpTo)
}

func (c *checker) others() {
	p := c.p
	c.person("policy.signatory", p.Policy.Signatory)
	c.person("policy.contact", p.Policy.Contact)
	for i, a := range p.Risk.Areas {
		for j, r := range a.Risks {
			path := fmt.Sprintf("risk.areas[%d].risks[%d]", i, j)
			if min(r.Likelihood, r.Impact, r.Residual) < 1 || max(r.Likelihood, r.Impact) > 5 || r.Residual > 25 {
				c.bad(path, "likelihood and impact are 1 to 5, residual 1 to 25")
			}
			for k, m := range r.Countermeasures {
				c.role(fmt.Sprintf("%s.countermeasures[%d].owner", path, k), m.Owner)
			}
		}
	}
	c.role("emergency.opens", p.Emergency.Opens)
	c.role("emergency.stop_and_report.role", p.Emergency.StopAndReport.Role)
	authority := p.Emergency.StopAndReport.Authority
	c.name("emergency.stop_and_report.authority", "authority", authority, slices.ContainsFunc(p.Handbook.Authorities, func(a Authority) bool { return a.ID == authority }))
	c.unique("training.courses", len(p.Training.Courses), func(i int) string { return p.Training.Courses[i].ID })
	for i, course := range p.Training.Courses {
		path := fmt.Sprintf("training.courses[%d]", i)
		if course.Months < 1 || course.PassMark > 100 {
			c.bad(path, "months is 1 or more, pass_mark at most 100")
		}
		for j, r := range course.Roles {
			c.role(fmt.Sprintf("%s.roles[%d]", path, j), r)
		}
	}
	for i, a := range p.Audit.Special {
		for j, u := range a.Units {
			c.name(fmt.Sprintf("audit.special[%d].units[%d]", i, j), "unit", u, p.Organisation.unit(u) != nil)
		}
	}
	c.role("records.custodian", p.Records.Custodian)
	c.unique("handbook.authorities", len(p.Handbook.Authorities), func(i int) string { return p.Handbook.Authorities[i].ID })
}

// Retention is the programme's table of terms, the built-in one where it has none, for the configuration of the log.
func (p *Programme) Retention() record.Retention {
	if len(p.Records.Retention) > 0 {
		return p.Records.Retention
	}
	return record.BuiltinRetention()
}

// above reports whether an outcome is greater than a limit.
func above(o, limit screening.Outcome) bool { return o.Max(limit) != limit }
