package pages

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk/desktest"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/screening"
)

// client is a visitor without a browser.
type client struct {
	*http.Client
	t    testing.TB
	base string
	csrf string
}

// signIn signs in by hand and keeps the session's form token.
func (s *service) signIn(t testing.TB, who string) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	c := &client{&http.Client{Jar: jar}, t, s.URL, ""}
	status, body := c.post("login", url.Values{"token": {s.tokens[who]}})
	require.Equal(t, http.StatusOK, status)
	m := regexp.MustCompile(`name="csrf" value="([^"]+)"`).FindStringSubmatch(body)
	require.NotNil(t, m)
	c.csrf = m[1]
	return c
}

func (c *client) get(path string) (int, string) {
	c.t.Helper()
	res, err := c.Client.Get(c.base + path)
	require.NoError(c.t, err)
	return c.read(res)
}

func (c *client) post(page string, form url.Values) (int, string) {
	c.t.Helper()
	res, err := c.PostForm(c.base+Base+page, form)
	require.NoError(c.t, err)
	return c.read(res)
}

func (c *client) read(res *http.Response) (int, string) {
	c.t.Helper()
	b, err := io.ReadAll(res.Body)
	require.NoError(c.t, err)
	require.NoError(c.t, res.Body.Close())
	return res.StatusCode, string(b)
}

// TestNothingWithoutSession: every page but the sign-in asks for a session, and comes back after it.
func TestNothingWithoutSession(t *testing.T) {
	s := start(t)
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, p := range pages {
		if p.public {
			continue
		}
		path := Base + strings.TrimSuffix(p.path, "{$}")
		req, err := http.NewRequest(p.method, s.URL+path, nil)
		require.NoError(t, err)
		res, err := c.Do(req)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		if p.upload { // a form that is none is refused before anything else
			require.Equal(t, http.StatusBadRequest, res.StatusCode, path)
			continue
		}
		require.Equal(t, http.StatusSeeOther, res.StatusCode, path)
		require.Contains(t, res.Header.Get("Location"), Base+"login")
		require.Equal(t, policy, res.Header.Get("Content-Security-Policy"), path)
	}
}

func TestSignIn(t *testing.T) {
	s := start(t)
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	login := func(token, to string) *http.Response {
		res, err := c.PostForm(s.URL+Base+"login", url.Values{"token": {token}, "to": {to}})
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		return res
	}
	for name, token := range map[string]string{"none": "", "wrong": "x", "of a system": s.tokens["erp"]} {
		res := login(token, "")
		require.Equal(t, http.StatusUnauthorized, res.StatusCode, name)
		require.Empty(t, res.Cookies(), name)
	}
	res := login(s.tokens["officer-a"], "")
	require.Len(t, res.Cookies(), 1)
	cookie := res.Cookies()[0]
	require.True(t, cookie.HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, cookie.SameSite)
	require.Equal(t, Base, cookie.Path)
	require.NotContains(t, cookie.Value, s.tokens["officer-a"])
	for to, want := range map[string]string{
		"/bench/order?id=A%2F1": "/bench/order?id=A%2F1", "": Base, "https://elsewhere.example/bench/": Base, "//elsewhere.example/bench/": Base,
		"/v1/lists": Base, "/bench/\\elsewhere.example": Base, "javascript:alert(1)": Base,
	} {
		require.Equal(t, want, login(s.tokens["officer-a"], to).Header.Get("Location"), to)
	}
	// A session that was ended opens nothing.
	v := s.signIn(t, "officer-a")
	_, body := v.post("logout", url.Values{"csrf": {v.csrf}})
	require.Contains(t, body, `name="token"`)
	_, body = v.get(Base)
	require.Contains(t, body, `name="token"`)
}

// TestForgery: a form needs the session's own token, and must come from here.
func TestForgery(t *testing.T) {
	s := start(t)
	hold(t, "31-hs-silent-five-axis-machine-zh.json", "SO-F1", nil)
	a, b := s.signIn(t, "officer-a"), s.signIn(t, "officer-b")
	form := url.Values{"case": {"SO-F1"}, "kind": {"escalated"}, "reason": {"x"}, "seq": {"1"}}
	for name, csrf := range map[string]string{"none": "", "another session's": b.csrf} {
		form.Set("csrf", csrf)
		for _, page := range []string{"move", "answers", "logout"} {
			status, _ := a.post(page, form)
			require.Equal(t, http.StatusForbidden, status, "%s: %s", page, name)
		}
	}
	form.Set("csrf", a.csrf)
	for _, h := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://elsewhere.example"}} {
		req, err := http.NewRequest("POST", s.URL+Base+"move", strings.NewReader(form.Encode()))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set(h[0], h[1])
		res, err := a.Do(req)
		require.NoError(t, err)
		status, _ := a.read(res)
		require.Equal(t, http.StatusForbidden, status, h[0])
	}
	c, err := desktest.Desk(t).Case(t.Context(), "SO-F1")
	require.NoError(t, err)
	require.Equal(t, 1, c.Seq, "nothing was recorded")
}

// TestRefusedMoves: what the programme or the workbench refuses is not recorded, and every reason is told.
func TestRefusedMoves(t *testing.T) {
	s := start(t)
	hold(t, "31-hs-silent-five-axis-machine-zh.json", "SO-R1", nil)
	a, auditor := s.signIn(t, "officer-a"), s.signIn(t, "auditor")
	move := func(c *client, want int, pairs ...string) string {
		t.Helper()
		form := url.Values{"csrf": {c.csrf}, "case": {"SO-R1"}, "seq": {"1"}}
		for i := 0; i+1 < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		status, body := c.post("move", form)
		require.Equal(t, want, status)
		return body
	}
	for _, k := range reasoned {
		body := move(a, http.StatusConflict, "kind", string(k), "choice", "approve", "reason", " \n ")
		require.Contains(t, body, "a reason in writing is needed", k)
	}
	require.Contains(t, move(a, http.StatusConflict, "kind", "decided", "reason", "x"), "too few have voted")
	move(a, http.StatusConflict, "kind", "released", "reason", "x")
	move(a, http.StatusBadRequest, "kind", "opened", "reason", "x")
	move(a, http.StatusBadRequest, "kind", "<script>", "reason", "x")
	move(a, http.StatusConflict, "kind", "answered", "question", "q9", "text", "x")
	move(a, http.StatusConflict, "kind", "voted", "choice", "approve", "reason", "x", "seq", "7")
	require.Contains(t, move(auditor, http.StatusForbidden, "kind", "voted", "choice", "approve", "reason", "x"), "You may read, and move nothing.")
	move(a, http.StatusNotFound, "kind", "voted", "case", "none")
	c, err := desktest.Desk(t).Case(t.Context(), "SO-R1")
	require.NoError(t, err)
	require.Equal(t, 1, c.Seq)

	status, _ := a.post("answers", url.Values{"csrf": {a.csrf}, "case": {"SO-R1"}, "seq": {"1"}, "answer.knows_product": {"maybe"}})
	require.Equal(t, http.StatusBadRequest, status)
	status, _ = a.post("move", url.Values{"csrf": {a.csrf}, "text": {strings.Repeat("x", maxForm)}})
	require.Equal(t, http.StatusRequestEntityTooLarge, status)
}

// TestScript: what an order says is text wherever it is shown.
func TestScript(t *testing.T) {
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	hold(t, "11-un-listed-buyer-misspelt.json", "SO"+evil, func(o *screening.Order) {
		o.Parties[1].OtherNames = []string{evil}
		o.Lines[0].Description, o.Note, o.EnteredBy, o.EndUse.Text = evil, evil, evil, evil
	})
	s := start(t)
	c := s.signIn(t, "officer-a")
	_, body := c.post("move", url.Values{"csrf": {c.csrf}, "case": {"SO" + evil}, "seq": {"1"}, "kind": {"questioned"}, "text": {evil}, "to": {"officer-b"}})
	require.Contains(t, body, "&lt;script&gt;")
	for _, path := range []string{
		Base + "?text=" + url.QueryEscape(evil), address("order", "id", "SO"+evil), address("search", "q", evil), address("record", "id", icp.EventRecord("SO"+evil, 2)),
		address("order", "id", evil), address("entry", "list", evil, "id", evil),
	} {
		_, body := c.get(path)
		doc, err := html.Parse(strings.NewReader(body))
		require.NoError(t, err)
		for n := range doc.Descendants() {
			require.NotEqual(t, "img", n.Data, path)
			for _, a := range n.Attr {
				require.False(t, strings.HasPrefix(a.Key, "on"), "%s: %s", path, a.Key)
			}
			if n.Data == "script" {
				require.Nil(t, n.FirstChild, path)
			}
		}
	}
}

// TestSearch finds records by number and by name, and list entries by their words.
func TestSearch(t *testing.T) {
	hold(t, "11-un-listed-buyer-misspelt.json", "SO-S1", nil)
	s := start(t)
	c := s.signIn(t, "auditor")
	for _, q := range []string{"so s1", "developmnet traiding"} {
		status, body := c.get(address("search", "q", q))
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, body, address("order", "id", "SO-S1"), q)
	}
	_, body := c.get(address("search", "q", "korea mining"))
	require.Contains(t, body, "KPe.001")
	_, body = c.get(address("search", "q", "x", "from", "yesterday"))
	require.Contains(t, body, "The records cannot be searched for this.")
	status, body := c.get(address("entry", "list", "un", "id", "KPe.001"))
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, "CHANGGWANG SINYONG")
}

// TestReceipt takes the receipt of a report, which the public key proves.
func TestReceipt(t *testing.T) {
	hold(t, "11-un-listed-buyer-misspelt.json", "SO-S2", nil)
	s := start(t)
	c := s.signIn(t, "auditor")
	status, text := c.get(address("receipt", "id", icp.ReportRecord(desk.ReportID("erp", "SO-S2"))))
	require.Equal(t, http.StatusOK, status)
	receipt, err := record.CheckReceipt([]byte(text), desktest.Desk(t).Verifier())
	require.NoError(t, err)
	require.Contains(t, string(receipt.Statement), `"outcome":"review"`)
	status, _ = c.get(address("receipt", "id", icp.EventRecord("SO-S2", 1)))
	require.Equal(t, http.StatusNotFound, status, "a step has no statement to disclose")
}

// TestStopReport takes the evidence of an order with a forged certificate, which the page of no other order offers.
func TestStopReport(t *testing.T) {
	hold(t, "27-certificate-forged-zh.json", "SO-S3", nil)
	hold(t, "11-un-listed-buyer-misspelt.json", "SO-S4", nil)
	s := start(t)
	c := s.signIn(t, "auditor")
	for id, offered := range map[string]bool{"SO-S3": true, "SO-S4": false} {
		pack := address("stopreport", "id", desk.ReportID("erp", id))
		_, page := c.get(address("order", "id", id))
		require.Equal(t, offered, strings.Contains(page, pack), id)
		status, text := c.get(pack)
		if !offered {
			require.Equal(t, http.StatusNotFound, status)
			continue
		}
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, text, "STOP AND REPORT: order SO-S3")
	}
	status, _ := c.get(address("stopreport", "id", "no-report"))
	require.Equal(t, http.StatusNotFound, status)
}

// TestHandbook is the handbook in the visitor's language.
func TestHandbook(t *testing.T) {
	s := start(t)
	c := s.signIn(t, "auditor")
	_, body := c.get(address("programme"))
	require.Contains(t, body, address("handbook"))
	_, _ = c.get(address("language", "lang", "zh"))
	status, body := c.get(address("handbook"))
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, "管理手册")
	require.NotContains(t, body, "<script")
}

// TestCatalogue looks up every text and coded value that a page may show.
func TestCatalogue(t *testing.T) {
	_, keys := words()
	want := func(key string) { require.True(t, keys[key], "the catalogue lacks %q", key) }
	entries, err := templateFiles.ReadDir("templates")
	require.NoError(t, err)
	var source strings.Builder
	for _, f := range entries {
		b, err := templateFiles.ReadFile("templates/" + f.Name())
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`\bt "([^"]+)"`).FindAllStringSubmatch(string(b), -1) {
			want(m[1])
		}
		source.Write(b)
	}
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") || f.Name() == "catalogue.go" {
			continue
		}
		b, err := os.ReadFile(f.Name())
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`(?:v\.t\(|refusal\{[^"\n]*, |say\(lang, |add\(|"[a-z]+", )"([^"]+)"(?:\)|,|\})`).FindAllStringSubmatch(string(b), -1) {
			if strings.Contains(m[1], " ") || regexp.MustCompile(`^[A-Z]`).MatchString(m[1]) {
				want(m[1])
			}
		}
		source.Write(b)
	}
	for _, s := range icp.Statuses {
		want("status." + string(s))
	}
	for _, k := range icp.EventKinds {
		want("did." + string(k))
		want("done." + string(k))
	}
	for _, k := range offered {
		want("do." + string(k))
		want("help." + string(k))
	}
	for _, c := range (orderPage{}).Choices() {
		want("choice." + c)
	}
	for _, k := range recordKinds {
		want("record." + string(k))
	}
	for _, f := range (icp.Facts{}).Changed(icp.Facts{Order: "x", Lists: "x", Documents: "x", Answers: "x", Notices: "x", Policy: "x", Findings: "x", Filed: "x"}) {
		want("fact." + f)
	}
	for _, m := range texts { // and nothing stands there in vain, or in one language
		require.Contains(t, source.String(), `"`+m[0]+`"`, "no page says %q", m[0])
		require.NotEmpty(t, m[1])
		require.Equal(t, strings.Count(m[0], "%"), strings.Count(m[1], "%"), m[0])
	}
}

func TestMarked(t *testing.T) {
	for _, c := range []struct {
		name  string
		marks []mark
		want  string
	}{
		{"Korea Mining Corp.", []mark{{[]string{"korea"}, "same"}, {[]string{"corp"}, "like"}}, "[Korea:same] Mining [Corp:like]."},
		{"Örnek Kalıp", []mark{{[]string{"ornek"}, "same"}}, "[Örnek:same] Kalıp"},
		{"Co Cocoa Co", []mark{{[]string{"co"}, "same"}, {[]string{"co"}, "like"}}, "[Co:same] Cocoa [Co:like]"},
		{"长安海连技术有限公司", []mark{{[]string{"长安"}, "same"}, {[]string{"有限公司"}, "like"}}, "[长安:same]海连技术[有限公司:like]"},
		{"長安海連", []mark{{[]string{"海连"}, "same"}}, "長安[海連:same]"},
		{"Борис", []mark{{[]string{"boris"}, "like"}}, "Борис"},
		{"", []mark{{[]string{"x"}, "same"}, {nil, "alone"}}, ""},
	} {
		var b strings.Builder
		for _, s := range marked(c.name, c.marks) {
			if s.How == "" {
				b.WriteString(s.Text)
			} else {
				fmt.Fprintf(&b, "[%s:%s]", s.Text, s.How)
			}
		}
		require.Equal(t, c.want, b.String())
	}
}

// BenchmarkPages measures whole answers over loopback, a hundred orders being held.
func BenchmarkPages(b *testing.B) {
	for i := range 100 {
		hold(b, "11-un-listed-buyer-misspelt.json", fmt.Sprintf("B-%03d", i), nil)
	}
	c := start(b).signIn(b, "officer-a")
	b.Run("queue at the first look", func(b *testing.B) { // by a gateway that has just started
		for b.Loop() {
			b.StopTimer()
			c := start(b).signIn(b, "officer-a")
			b.StartTimer()
			if status, _ := c.get(Base + "?text=B-&from=50"); status != http.StatusOK { // signing in shows the first fifty
				b.Fatal(status)
			}
		}
	})
	for _, p := range []struct{ name, path string }{
		{"queue", Base + "?text=B-"}, {"order", address("order", "id", "B-001")}, {"record", address("record", "id", icp.EventRecord("B-001", 1))},
		{"search", address("search", "q", "Korea Mining")}, {"programme", address("programme")},
	} {
		b.Run(p.name, func(b *testing.B) {
			for b.Loop() {
				if status, _ := c.get(p.path); status != http.StatusOK {
					b.Fatal(status)
				}
			}
		})
	}
}
