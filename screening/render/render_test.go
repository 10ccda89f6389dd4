package render_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/match"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

// sample is a report whose order tries to take over what shows it.
func sample() *screening.Report {
	hostile := "<script>alert(1)</script>\x1b[2J\u202eevil"
	return &screening.Report{
		ID: "R-1", At: time.Date(2026, 10, 12, 9, 0, 0, 0, time.UTC), AsOf: "2026-10-12", Outcome: screening.Stop, Block: "EC-STOP",
		Order: screening.OrderRef{ID: hostile, Date: "2026-10-11", Stage: screening.PreContract},
		Findings: []screening.Finding{{
			ID: "F1", Kind: screening.ListedParty, Outcome: screening.Stop, Subject: "parties[0].name", Label: hostile,
			Roles:   []screening.Role{screening.EndUser},
			Message: &screening.Text{En: "It is listed.", Zh: "已被列名。"},
			Sources: []screening.Source{{
				List: "un", Title: screening.Text{En: "UN list", Zh: "联合国名单"}, Citation: "KPe.001", Status: "in_force",
				Timeline: lists.Timeline{{Status: "in_force", From: "2009-04-24", By: "Committee"}},
			}},
			Match: &screening.MatchTrace{
				ListID: "un", EntityID: "KPe.001", Entity: "Example Entity", Compared: hostile, At: "parties[0].name", Listed: "Example Entity",
				NameKind: lists.PrimaryName, By: "name", Score: 0.91, Threshold: 0.7, Effect: screening.Stop,
				Explanation: &match.Explanation{Steps: []match.Step{
					{How: match.Same, Query: []string{"example"}, Listed: []string{"example"}},
					{How: match.Edit, Query: []string{"entety"}, Listed: []string{"entity"}, Cost: 0.09},
				}},
				Corroboration: []lists.Corroboration{{Field: lists.FieldCountry, Query: "DE", Listed: "KP", Verdict: lists.Contradicts}},
			},
		}},
		Parties: []screening.PartyResult{{Path: "parties[0]", Name: hostile, Roles: []screening.Role{screening.EndUser}, Names: 1, Hits: 1}},
		Lines:   []screening.LineResult{{Path: "lines[0]", ID: "10", Description: hostile, Class: screening.ItemOther}},
		Inputs:  screening.Inputs{Lists: []screening.ListInput{{ID: "un", Title: screening.Text{En: "UN list", Zh: "联合国名单"}, Current: "2026-10-10", AgeDays: 2, Entities: 1003, Digest: "00"}}},
	}
}

func TestTextSaysWhatWhyByWhichLawAndWhatNext(t *testing.T) {
	for tag, want := range map[language.Tag][]string{
		language.English: {
			"STOP", "Do not sign", "EC-STOP", "91 of 100", "entety ~ entity (slip of the pen) −9", "UN list", "KPe.001", "in force 2009-04-24",
			"country: Germany (DE) here, North Korea (KP) listed: contradicts", "the order would be: STOP", "It is listed.", "before contract", "1,003 entries", "2 days old",
		},
		language.SimplifiedChinese: {
			"停止", "不得签约", "相似度 91", "拼写差错", "联合国名单", "KPe.001", "有效 2009-04-24", "国家：订单为 德国 (DE)", "矛盾", "已被列名。", "签约前", "距今 2 天",
		},
	} {
		var b bytes.Buffer
		require.NoError(t, render.Text(&b, sample(), tag))
		for _, w := range want {
			require.Contains(t, strings.Join(strings.Fields(b.String()), " "), w, tag)
		}
		require.NotContains(t, b.String(), "\x1b", "a control character reached the terminal")
		require.NotContains(t, b.String(), "\u202e")
		require.NotContains(t, b.String(), "%!", "a format verb had no value")
	}
}

func TestSimulationIsNamedFirst(t *testing.T) {
	rep := sample()
	rep.Simulation = "rules of 2027"
	for tag, want := range map[language.Tag]string{language.English: "SIMULATION rules of 2027: not a screening", language.SimplifiedChinese: "模拟 rules of 2027：并非筛查"} {
		var text, page bytes.Buffer
		require.NoError(t, render.Text(&text, rep, tag))
		require.NoError(t, render.Page(&page, rep, tag))
		require.Contains(t, text.String(), want)
		require.Contains(t, page.String(), want)
	}
}

func TestStopReportIsWhole(t *testing.T) {
	s := &screening.StopReport{
		Report: "R-1", At: time.Date(2026, 10, 23, 8, 0, 0, 0, time.UTC), AsOf: "2026-10-23", Order: screening.OrderRef{ID: "EX-1", Date: "2026-10-23", SHA256: "cafe"},
		Grounds: []screening.Finding{{ID: "F1", Kind: screening.PaperFinding, Outcome: screening.Stop, Subject: "documents[0]",
			Title: &screening.Text{En: "Certificate is bad", Zh: "证明文件有问题"}, Rule: &screening.RuleTrace{IDs: []string{"certificate-bad"}, StopAndReport: true}}},
		Parties: []screening.Party{{Name: "Example Works GmbH", Country: "DE", Roles: []screening.Role{screening.EndUser}}},
		EndUse:  &screening.EndUse{Text: "cooling\x1b[31m"}, Lines: []screening.Line{{ID: "1", Description: "pump"}},
		Documents: []screening.Document{{Type: screening.EndUseCertificate, Number: "E-1", Status: "forged", SHA256: "beef"}},
		Changes:   []screening.Change{{Field: "end_user", From: "A", To: "B"}},
		Steps:     []screening.Text{{En: "Stop the export.", Zh: "停止出口。"}},
	}
	for tag, want := range map[language.Tag][]string{
		language.English:           {"STOP AND REPORT", "Stop the export.", "Certificate is bad", "Example Works GmbH", "beef", "end_user: A -> B", "cafe"},
		language.SimplifiedChinese: {"停止出口并报告", "停止出口。", "证明文件有问题", "德国", "beef"},
	} {
		var b bytes.Buffer
		require.NoError(t, render.StopReport(&b, s, tag))
		for _, w := range want {
			require.Contains(t, b.String(), w)
		}
		require.NotContains(t, b.String(), "\x1b")
	}
	require.ErrorIs(t, render.StopReport(broken{}, s, language.English), errBroken)
}

func TestPageIsOneSafePage(t *testing.T) {
	for tag, want := range map[language.Tag][]string{
		language.English:            {`lang="en"`, "STOP", "91 of 100", "&lt;script&gt;"},
		language.SimplifiedChinese:  {`lang="zh-Hans"`, "停止", "发现事项"},
		language.MustParse("zh-TW"): {`lang="zh-Hans"`},
		language.French:             {`lang="en"`},
	} {
		var b bytes.Buffer
		require.NoError(t, render.Page(&b, sample(), tag))
		for _, w := range want {
			require.Contains(t, b.String(), w, tag)
		}
		for _, never := range []string{"<script", "http://", "https://", "src=", "\x1b", "%!"} {
			require.NotContains(t, b.String(), never, tag)
		}
	}
}

type broken struct{}

var errBroken = errors.New("pipe closed")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestWriterErrorsAreReturned(t *testing.T) {
	require.ErrorIs(t, render.Text(broken{}, sample(), language.English), errBroken)
	require.ErrorIs(t, render.Page(broken{}, sample(), language.English), errBroken)
}

// FuzzText renders reports on any name: nothing may reach the page as markup or the terminal as control.
func FuzzText(f *testing.F) {
	f.Add("Example")
	f.Add("</dd><img onerror=x>")
	f.Add("\x00\x07\u2066")
	f.Add("示例　有限公司")
	f.Fuzz(func(t *testing.T, name string) {
		rep := sample()
		rep.Findings[0].Label, rep.Findings[0].Match.Compared, rep.Order.ID = name, name, name
		var text, page bytes.Buffer
		require.NoError(t, render.Text(&text, rep, language.Chinese))
		require.NoError(t, render.Page(&page, rep, language.Chinese))
		require.NotContains(t, page.String(), "<img")
		require.NotContains(t, page.String(), "<script")
		for _, r := range text.String() {
			require.False(t, r != '\n' && r < ' ', "control character %q", r)
		}
		require.True(t, utf8.ValidString(text.String()))
	})
}
