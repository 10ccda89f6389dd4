package screening_test

import (
	"encoding/json"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

func TestStopReport(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(o *screening.Order)
		grounds string
	}{
		"nothing": {func(*screening.Order) {}, ""},
		"forged": {func(o *screening.Order) {
			o.Documents = []screening.Document{{Type: screening.EndUseCertificate, Number: "E-1", SHA256: "aa", Status: "forged"}}
		}, "certificate-bad"},
		"expired": {func(o *screening.Order) {
			o.Documents = []screening.Document{{Type: screening.EndUseCertificate, Number: "E-1", ValidUntil: "2026-10-11"}}
		}, "certificate-bad"},
		"changed": {func(o *screening.Order) {
			o.Documents = []screening.Document{
				{Type: screening.EndUseCertificate, Number: "E-1", SHA256: "aa"}, {Type: screening.EndUseCertificate, Number: "E-1", SHA256: "bb"},
			}
		}, "certificate-bad"},
		"another end user": {func(o *screening.Order) {
			o.Lines[0].Uncontrolled = false
			o.Lines[0].ControlCodes = []screening.ControlCode{{List: "CN-DUCL", Code: "2B201"}}
			o.Changes = []screening.Change{{Field: "end_user", From: "Example Works GmbH", To: "Example Trade Ltd", On: today}}
		}, "end-user-or-use-changed"},
	} {
		b := newBench(t, "")
		o := order()
		c.change(&o)
		rep := b.screen(t, o, screening.Request{})
		pack, err := b.records[0].StopReport()
		require.NoError(t, err, name)
		if c.grounds == "" {
			require.Nil(t, pack, name)
			continue
		}
		require.NotNil(t, pack, name)
		require.Equal(t, screening.Stop, rep.Outcome, name)
		require.Equal(t, c.grounds, pack.Grounds[0].Rule.IDs[0], name)
		require.Equal(t, rep.Order.SHA256, pack.Order.SHA256, name)
		require.Equal(t, o.Documents, pack.Documents, name)
		require.NotEmpty(t, pack.Parties, name)
		require.Len(t, pack.Lines, 1, name)
		first, err := pack.JSON()
		require.NoError(t, err)
		require.True(t, json.Valid(first))
	}
	broken := screening.Record{Report: json.RawMessage("x")}
	_, err := broken.StopReport()
	require.Error(t, err)
}

// A changed answer is another screening: the questionnaire decides what an order comes to.
func TestChangedAnswerScreensAnew(t *testing.T) {
	b := newBench(t, "")
	o := order()
	before := b.screen(t, o, screening.Request{})
	o.Answers = []screening.Answer{{Question: "knows_product", Value: "yes", By: "clerk-07", On: today}}
	yes := b.screen(t, o, screening.Request{})
	o.Answers[0].Value = "no"
	no := b.screen(t, o, screening.Request{})
	require.Equal(t, screening.Clear, before.Outcome)
	require.Equal(t, screening.Clear, yes.Outcome)
	require.Equal(t, screening.Review, no.Outcome)
	require.NotEmpty(t, no.Questions, "an order that is held is asked the rest")
	require.NotEqual(t, yes.ID, no.ID)
	require.NotEqual(t, yes.Order.SHA256, no.Order.SHA256)
	require.Contains(t, string(b.records[2].Order), `"by":"clerk-07"`)
}
