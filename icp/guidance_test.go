package icp_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/icp"
	"github.com/stretchr/testify/require"
)

func TestSampleLacksNothing(t *testing.T) {
	require.Empty(t, sample(t).Validate("2026-10-12"))
}

// TestGaps takes something out of the sample and looks for the gap.
func TestGaps(t *testing.T) {
	for _, c := range []struct {
		old, change string
		element     icp.Element
		path        string
	}{
		{"  signed_on: 2026-01-05\n", "", 1, "policy.signed_on"},
		{"  signed_on: 2026-01-05\n", "  signed_on: 2026-10-13\n", 1, "policy.signed_on"},
		{"signatory: gm", "signatory: head-legal", 1, "policy.signatory"},
		{"      contact: gm@works.example\n", "      contact: gm@works.example\n      until: 2026-09-30\n", 1, "policy.signatory"},
		{"      contact: compliance-a@works.example\n", "      contact: compliance-a@works.example\n      from: 2026-11-01\n", 1, "policy.contact"},
		{"topic: support", "topic: purpose", 1, "policy.statements"},
		{"staff: true", "staff: false", 1, "policy.distribution.staff"},
		{"      kind: compliance", "      kind: business", 2, "organisation.units"},
		{"veto: true", "veto: false", 2, "organisation.roles"},
		{"roles: [custodian]", "roles: [seller]", 2, "organisation.roles[3]"},
		{"review_due: 2027-01-12", "review_due: 2026-10-11", 3, "risk.review_due"},
		{"area: technology", "area: items", 3, "risk.areas"},
		{"residual: 2\n", "residual: 25\n", 3, "risk.areas[3].risks[0].residual"},
		{"stage: after_sales", "stage: licence_application", 4, "procedure.stages"},
		{"four_eyes: true", "four_eyes: false", 4, "procedure.four_eyes"},
		{"reasons: [voted, vetoed,", "reasons: [vetoed,", 4, "procedure.reasons"},
		{"kind: recall_goods", "kind: stop_shipment", 5, "emergency.remedies"},
		{"end_use_changed, ", "", 5, "emergency.stop_and_report.triggers"},
		{"hours: 24\n    authority", "hours: 240\n    authority", 5, "emergency.stop_and_report.hours"},
		{"screening_tools, ", "", 6, "training.courses"},
		{"external: true", "external: false", 6, "training.courses"},
		{"roles: [officer, chair, member]\n      topics", "roles: [officer, chair]\n      topics", 6, "organisation.roles[1]"},
		{"next_due: 2027-02-28", "next_due: 2026-02-28", 7, "audit.next_due"},
		{"interview, ", "", 7, "audit.steps"},
		{"comparison: true", "comparison: false", 7, "audit.comparison"},
		{"kind: visits", "kind: other", 8, "records.files"},
		{"years: 10}", "years: 4}", 8, "records.files[0].years"},
		{"chapters: [policy, ", "chapters: [", 9, "handbook.chapters"},
	} {
		yaml := string(sampleYAML(t))
		require.Contains(t, yaml, c.old)
		changed := strings.ReplaceAll(yaml, c.old, c.change)
		p, err := icp.LoadProgramme(strings.NewReader(changed))
		if c.path == "procedure.stages" {
			require.Error(t, err, "a stage may not stand there twice")
			changed = yaml[:strings.Index(yaml, "    - stage: after_sales")] + yaml[strings.Index(yaml, "\n# Element 5"):]
			p, err = icp.LoadProgramme(strings.NewReader(changed))
		}
		require.NoError(t, err, c.change)
		var found []string
		for _, g := range p.Validate("2026-10-12") {
			require.NotEmpty(t, g.Text.En)
			require.NotEmpty(t, g.Text.Zh)
			require.NotEmpty(t, g.Source)
			require.NotContains(t, g.Source, "%")
			if g.Element == c.element {
				found = append(found, g.Path)
			}
		}
		require.Contains(t, found, c.path, c.old)
	}
}

// TestLoadNamesEveryDefect puts many defects into one file.
func TestLoadNamesEveryDefect(t *testing.T) {
	yaml := sampleYAML(t)
	for _, change := range [][2]string{
		{"adopted_on: 2026-01-05", "adopted_on: 2026-02-30"},
		{"committee: held_orders", "committee: somebody"},
		{"  signatory: gm\n", ""},
		{"quorum: 3", "quorum: three"},
		{"      selection: {en: Reliable", "      selektion: {en: Reliable"},
		{"company: {en: \"Example Works Export Co., Ltd.\", zh: 示例工业进出口有限公司}", "company: {en: Example Works}"},
		{"next_due: 2027-02-28", "next_due: [2027-02-28]"},
		{"four_eyes: true", "four_eyes: yes"},
	} {
		require.True(t, bytes.Contains(yaml, []byte(change[0])), change[0])
		yaml = bytes.Replace(yaml, []byte(change[0]), []byte(change[1]), 1)
	}
	_, err := icp.LoadProgramme(bytes.NewReader(yaml))
	require.Error(t, err)
	for _, want := range []string{
		`programme:4: company.zh: is required`,
		`programme:5: adopted_on: "2026-02-30"`,
		`policy.signatory: is required`,
		`procedure.committee: "somebody" is none of`,
		`procedure.stages[0].levels[1].quorum: "three" is not a whole number`,
		`organisation.roles[3].selektion: unknown key`,
		`organisation.roles[3].selection: is required`,
		`audit.next_due: is not of the right kind`,
		`procedure.four_eyes: "yes" is neither true nor false`,
	} {
		require.ErrorContains(t, err, want)
	}
}

// TestLoadChecksIDs breaks references, one at a time.
func TestLoadChecksIDs(t *testing.T) {
	for _, c := range [][3]string{
		{"signatory: gm", "signatory: nobody", `policy.signatory: "nobody" is no person`},
		{"deputies: [head-legal]", "deputies: [gm]", "nobody is their own deputy"},
		{"roles: [chair, member]", "roles: [chair]", "1 people may vote, and the quorum is 3"},
		{"roles: [chair, member]", "roles: [chair, nothing]", `"nothing" is no role`},
		{"approvals: 2", "approvals: 4", "approvals <= quorum"},
		{"id: officer-b", "id: officer-a", `a second "officer-a"`},
		{"authority: {up_to: require}", "authority: {up_to: review}", "no role of the last level has authority"},
		{", currency: CNY}", "}", "a limit of value needs a currency"},
		{"after: [pre_contract]", "after: [after_sales]", "no earlier stage"},
		{"id: gm", "id: system", "stands for the programme itself"},
		{"authority: mofcom", "authority: nobody", "no authority of this programme"},
		{"likelihood: 2", "likelihood: 6", "likelihood and impact are 1 to 5"},
		{"schema: ordergate.programme/1", "schema: other/1", `"other/1" is not`},
		{"accounts: [eng.a, sales07]", "accounts: [eng.a, COMP.A]", `organisation.people[6].accounts[1]: "COMP.A" is an account of "officer-a"`},
		{"hours: 24", "hours: 0", "a deadline is needed"},
	} {
		_, err := icp.LoadProgramme(strings.NewReader(strings.ReplaceAll(string(sampleYAML(t)), c[0], c[1])))
		require.ErrorContains(t, err, c[2])
		var pe *icp.ProgrammeError
		require.ErrorAs(t, err, &pe)
		require.Positive(t, pe.Line)
	}
	_, err := icp.LoadProgramme(strings.NewReader("a: &x [1]\nb: *x\n"))
	require.ErrorContains(t, err, "unknown key")
	_, err = icp.LoadProgramme(strings.NewReader("{}\n---\n{}\n"))
	require.ErrorContains(t, err, "more than one document")
	_, err = icp.LoadProgramme(strings.NewReader(strings.Repeat("#", 5<<20)))
	require.ErrorContains(t, err, "larger than")
}

func FuzzLoadProgramme(f *testing.F) {
	f.Add(sampleYAML(f))
	f.Add([]byte("schema: ordergate.programme/1\nversion: 1\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("[[[["))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := icp.LoadProgramme(bytes.NewReader(b))
		if err != nil {
			return
		}
		again, err := icp.LoadProgramme(bytes.NewReader(p.Bytes()))
		require.NoError(t, err)
		require.Equal(t, p, again)
		p.Validate("2026-10-12")
	})
}
