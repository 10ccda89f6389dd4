package icp_test

import (
	"testing"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/stretchr/testify/require"
)

func finding(id, unit string, element icp.Element) icp.AuditFinding {
	return icp.AuditFinding{ID: id, Unit: unit, Element: element, Deviation: "d", Cause: "c", Advice: "a", Due: "2026-12-31"}
}

func lastYear() icp.Audit {
	return icp.Audit{
		ID: "2025", Whole: true, From: "2025-01-01", Until: "2025-12-31", On: "2026-02-20", Auditors: []string{"head-legal"}, Units: []string{"sales", "logistics"},
		Findings: []icp.AuditFinding{finding("1", "sales", 4), finding("2", "logistics", 4), finding("3", "sales", 6)},
	}
}

func TestAudits(t *testing.T) {
	d := newDesk(t, sample(t))
	ctx := t.Context()
	report := func(a icp.Audit) error { return icp.RecordAudit(ctx, d.log, d.p, a, start) }
	require.NoError(t, report(lastYear()))
	require.NoError(t, report(lastYear()), "the same again is no other")
	other := lastYear()
	other.Findings = nil
	require.ErrorIs(t, report(other), record.ErrConflict)

	followUp := func(f icp.FollowUp) error { return icp.RecordFollowUp(ctx, d.log, d.p, f, start) }
	require.NoError(t, followUp(icp.FollowUp{Audit: "2025", Finding: "1", On: "2026-03-01", By: "officer-a", Text: "form changed"}))
	require.NoError(t, followUp(icp.FollowUp{Audit: "2025", Finding: "1", On: "2026-04-01", By: "officer-a", Text: "checked: in use", Done: true}))
	for _, bad := range []icp.FollowUp{
		{Audit: "2025", Finding: "9", On: "2026-03-01", By: "officer-a", Text: "x"},
		{Audit: "2024", Finding: "1", On: "2026-03-01", By: "officer-a", Text: "x"},
		{Audit: "2025", Finding: "1", On: "2026-01-01", By: "officer-a", Text: "x"},
		{Audit: "2025", Finding: "1", On: "2026-03-02", By: "stranger", Text: "x"},
		{Audit: "2025", Finding: "1", On: "2026-03-02", By: "officer-a", Text: " "},
	} {
		require.Error(t, followUp(bad))
	}

	again := finding("a", "sales", 6)
	again.Repeats = "2025/3"
	thisYear := icp.Audit{
		ID: "2026-sales", Subject: "orders of the third quarter", From: "2026-07-01", Until: "2026-09-30", On: "2026-10-10", Auditors: []string{"head-legal"}, Units: []string{"sales"},
		Findings: []icp.AuditFinding{again, finding("b", "sales", 8)},
	}
	require.NoError(t, report(thisYear))

	files, err := icp.Audits(ctx, d.log)
	require.NoError(t, err)
	require.Len(t, files, 2)
	require.Len(t, files[0].FollowUps, 2)
	require.Equal(t, icp.AuditComparison{
		Earlier: "2025", Later: "2026-sales", Repeated: []string{"a"}, Open: []string{"2", "3"},
		Elements: []icp.ElementCount{{Element: 4, Earlier: 2}, {Element: 6, Earlier: 1, Later: 1}, {Element: 8, Later: 1}},
	}, icp.CompareAudits(files[0], files[1]))
}

// TestAuditNamesEveryDefect breaks a report in many ways at once.
func TestAuditNamesEveryDefect(t *testing.T) {
	d := newDesk(t, sample(t))
	a := lastYear()
	a.ID, a.On, a.Auditors, a.Units = "a/b", "2027-01-01", []string{"head-logistics", "stranger"}, []string{"logistics", "nowhere"}
	a.Findings[0].Element, a.Findings[1].Cause, a.Findings[2].ID, a.Findings[2].Due = 10, "", "1", ""
	err := icp.RecordAudit(t.Context(), d.log, d.p, a, start)
	for _, want := range []string{
		"id: 1 to 64", "must be past days", `"nowhere" is no unit`, `"stranger" is not a person`, `"head-logistics" belongs to the audited unit "logistics"`,
		`finding "1": "sales" is not among`, "element 10 is none", "deviation, cause and advice", `"1" is no id, or a second one`, "due: a day after",
	} {
		require.ErrorContains(t, err, want)
	}
	files, err := icp.Audits(t.Context(), d.log)
	require.NoError(t, err)
	require.Empty(t, files)
}

func TestTrainingDue(t *testing.T) {
	d := newDesk(t, sample(t))
	need := func(day icp.Date, within int) (names []string) {
		due, err := icp.TrainingDue(t.Context(), d.log, d.p, day, within)
		require.NoError(t, err)
		for _, n := range due {
			names = append(names, n.Person+" "+n.Course+" "+string(n.Until))
		}
		return names
	}
	for _, person := range []string{"gm", "head-engineering", "head-logistics", "head-legal", "officer-a", "officer-b", "archivist"} {
		d.train(person, "basics", "2026-01-10", 0)
		d.train(person, "outside", "2026-01-10", 0)
	}
	// engineer-a has a role of the first course and deputises for a member; officer-b's pass of 2025 ends the next day.
	require.Equal(t, []string{"engineer-a basics ", "engineer-a review "}, need("2026-10-12", 0))
	require.Equal(t, []string{"officer-b deciding 2026-10-13", "engineer-a basics ", "engineer-a review "}, need("2026-10-12", 30))
	d.train("engineer-a", "review", "2026-09-01", 69)
	require.Contains(t, need("2026-10-12", 0), "engineer-a review ", "a test that was not passed is none")
	d.train("engineer-a", "review", "2026-09-02", 70)
	require.NotContains(t, need("2026-10-12", 0), "engineer-a review ")
	require.Contains(t, need("2027-09-03", 0), "engineer-a deciding 2027-09-01", "a deputy needs what the role needs")
}
