package pages

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/api"
	"github.com/ordergate/ordergate/examples/gateway/internal/browsertest"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk/desktest"
	"github.com/ordergate/ordergate/examples/gateway/internal/metrics"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
	"github.com/ordergate/ordergate/testdata/orders"
)

func TestMain(m *testing.M) { os.Exit(desktest.Main(m)) }

// service is a gateway with a workbench, on the tests' one desk.
type service struct {
	*httptest.Server
	tokens map[string]string
}

// start serves with a token for everybody who decides, an auditor, and an ERP.
func start(t testing.TB) *service {
	t.Helper()
	s := &service{tokens: make(map[string]string)}
	var file struct {
		Tokens []access.Token `json:"tokens"`
	}
	for _, who := range []string{"officer-a", "officer-b", "gm", "head-engineering", "head-logistics", "auditor", "erp"} {
		token, sum := access.NewToken()
		s.tokens[who] = token
		entry := access.Token{Client: who, SHA256: sum, Person: who, Roles: []access.Role{access.Review}, Expires: time.Now().Add(time.Hour)}
		switch who {
		case "auditor":
			entry.Person, entry.Roles = "", []access.Role{access.Read}
		case "erp":
			entry.Person, entry.Roles = "", []access.Role{access.Screen}
		}
		file.Tokens = append(file.Tokens, entry)
	}
	b, err := json.Marshal(file)
	require.NoError(t, err)
	control, err := access.Load(bytes.NewReader(b), access.Limits{PerSecond: 1000, Burst: 1000}, time.Now)
	require.NoError(t, err)
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	sessions, err := access.NewSessions(control, []byte("a secret of the tests"), desktest.Desk(t))
	require.NoError(t, err)
	workbench, err := New(Config{Desk: desktest.Desk(t), Access: control, Sessions: sessions, Log: log, Now: time.Now})
	require.NoError(t, err)
	s.Server = httptest.NewServer((&api.Server{
		Desk: desktest.Desk(t), Access: control, Metrics: new(metrics.Set), Log: log, Now: time.Now, MaxBody: 1 << 20, Timeout: 20 * time.Second,
		MaxInFlight: 64, Ready: func(context.Context) error { return nil }, Workbench: workbench,
	}).Handler())
	t.Cleanup(s.Close)
	return s
}

// hold screens a bundled order under another number, with what change makes of it.
func hold(t testing.TB, file, id string, change func(*screening.Order)) {
	t.Helper()
	b, err := orders.FS.ReadFile(file)
	require.NoError(t, err)
	all, _, err := order.Read(bytes.NewReader(b))
	require.NoError(t, err)
	all[0].ID = id
	if change != nil {
		change(&all[0])
	}
	done, err := desktest.Desk(t).Screen(t.Context(), "erp", id, all[0])
	require.NoError(t, err)
	require.NotEmpty(t, done.Block)
}

// visitor is one person at a browser of their own.
type visitor struct {
	*browsertest.Visitor
	t *testing.T
}

// visit opens a browser in a language and signs in. Without scripts the pages must do as well.
func (s *service) visit(t *testing.T, ctx context.Context, who, lang string, scripts bool) *visitor {
	t.Helper()
	v := &visitor{browsertest.Open(t, ctx, s.URL, scripts), t}
	v.Go("/bench/language?lang=" + lang + "&to=/bench/login")
	v.Fill("#token", s.tokens[who])
	v.Press("form button.main")
	return v
}

// move fills in and sends the form of a move.
func (v *visitor) move(kind, reason string, fill func()) {
	v.t.Helper()
	if !browsertest.Get(v.Visitor, chromedp.Evaluate[bool](fmt.Sprintf(`document.querySelector("details.k-%s").open`, kind))) {
		v.Click("details.k-" + kind + " > summary")
	}
	if fill != nil {
		fill()
	}
	if reason != "" {
		v.Fill("#reason-"+kind, reason)
	}
	v.Press("details.k-" + kind + " form button")
}

// TestCase drives an order from hold to release: two officers, in both languages, one of them without scripts.
func TestCase(t *testing.T) {
	t.Parallel()
	s, ctx := start(t), browsertest.Start(t)
	for _, lang := range []string{"en", "zh"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			id := "BENCH/" + lang + " 1"
			hold(t, "31-hs-silent-five-axis-machine-zh.json", id, func(o *screening.Order) {
				o.Currency = "CNY"
				o.Parties[1].Name = `<script>document.title="owned"</script> & Söhne`
			})
			a, b := s.visit(t, ctx, "officer-a", lang, true), s.visit(t, ctx, "officer-b", lang, false)
			say := func(key string, args ...any) string {
				text, err := say(lang, key, args...)
				require.NoError(t, err)
				return text
			}

			require.Contains(t, a.Text("h1"), say("Held orders"))
			a.audit(lang)
			a.Shot(lang + "-1-queue")
			a.Go(address("order", "id", id))
			require.Contains(t, a.Text(".verdict .status"), say("status.under_review"))
			require.Contains(t, a.Text("#party-2"), `<script>document.title="owned"</script> & Söhne`, "markup in a name is text")
			a.audit(lang)
			a.Shot(lang + "-2-held")

			// The second officer cannot decide yet, and is told why.
			b.Go(address("order", "id", id))
			require.Contains(t, b.Text("main"), say("Not possible for you now"))

			a.move("voted", "The data sheet: 3+2 positioning, accuracy 0.012 mm; 精度未达到管制限值。", func() { a.Click(`input[name=choice][value=approve]`) })
			require.Contains(t, a.Text(".note.good"), say("done.voted"))

			// What the second officer had loaded is out of date now.
			b.move("voted", "Seen.", func() { b.Click(`input[name=choice][value=approve]`) })
			require.Contains(t, b.Text(".note.bad"), say("Somebody else has moved this case. Look at what has changed, then send the form again."))
			require.Equal(t, "Seen.", browsertest.Get(b.Visitor, chromedp.Value(chromedp.CSS("#reason-voted"))), "what was written is not lost")
			b.audit(lang)
			b.Shot(lang + "-3-out-of-date")

			b.move("decided", "Counted: one of one approves.", nil)
			require.Contains(t, b.Text(".note.good"), say("done.decided"))
			require.Contains(t, b.Text(".verdict .status"), say("status.approved"))
			b.move("released", "Within the authority of the office.", nil)
			require.Contains(t, b.Text(".verdict .status"), say("status.released"))
			require.Contains(t, b.Text("#decision"), say("The order is released for this stage."))
			b.audit(lang)
			b.Shot(lang + "-4-released")

			// Every step has its record, and the record its proof.
			b.Press(`.steps li:last-child a[href*="record"]`)
			require.Contains(t, b.Text("main"), say("Checked just now: the log, whose head is signed, holds this record at this place, and its content is what was recorded."))
			b.audit(lang)
			b.Shot(lang + "-5-record")

			c, err := desktest.Desk(t).Case(t.Context(), id)
			require.NoError(t, err)
			require.True(t, c.Cleared(time.Now()))
		})
	}
}

// TestPages looks at every other page, wide and at 320 pixels, in both languages; for pictures at some more orders.
func TestPages(t *testing.T) {
	t.Parallel()
	hold(t, "11-un-listed-buyer-misspelt.json", "SO-1011", nil)
	hold(t, "16-sensitive-country.json", "SO-1016", nil)
	hold(t, "28-owner-listed-55-percent.json", "SO-1028", nil)
	hold(t, "13-un-listed-forwarder-simplified-zh.json", "SO-1013", nil)
	hold(t, "33-vague-description-malformed-hs.json", "SO-1033", nil)
	s, ctx := start(t), browsertest.Start(t)
	for _, lang := range []string{"en", "zh"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			v := s.visit(t, ctx, "officer-a", lang, true)
			type look struct{ name, path string }
			looks := []look{
				{"queue", "/bench/"},
				{"order-name", address("order", "id", "SO-1011")},
				{"order-item", address("order", "id", "SO-1033")},
				{"entry", address("entry", "list", "un", "id", "KPe.001")},
				{"lists", address("lists")},
				{"programme", address("programme")},
				{"search", address("search", "q", "Korea Mining")},
				{"missing", address("order", "id", "none")},
			}
			if os.Getenv("ORDERGATE_SCREENSHOTS") != "" {
				looks = append(looks, look{"queue-late", "/bench/?late=1&status=all"}, look{"order-questions", address("order", "id", "SO-1016")},
					look{"order-owner", address("order", "id", "SO-1028")}, look{"order-han", address("order", "id", "SO-1013")},
					look{"search-number", address("search", "q", "SO-1011")})
			}
			for _, p := range looks {
				v.Size(1280, 900)
				v.Go(p.path)
				require.Equal(t, p.name == "missing", browsertest.Get(v.Visitor, chromedp.Evaluate[bool](`document.body.className === "page-error"`)), p.name)
				v.audit(lang)
				v.Shot(lang + "-page-" + p.name)
				v.Size(320, 800)
				v.audit(lang)
				v.Shot(lang + "-320-" + p.name)
			}
			if lang == "zh" { // the order of the stops is the same
				return
			}
			v.Size(1280, 900)
			v.Go(address("order", "id", "SO-1011"))
			v.keyboard()
		})
	}
}

// TestMoves makes the other moves: a question, its answer, a paper, a veto, and the questionnaire.
func TestMoves(t *testing.T) {
	t.Parallel()
	hold(t, "16-sensitive-country.json", "SO-M1", nil)
	s, ctx := start(t), browsertest.Start(t)
	v := s.visit(t, ctx, "officer-a", "en", true)
	v.Go(address("order", "id", "SO-M1"))
	v.Click(`input[name="answer.knows_product"][value=yes]`)
	v.Fill("#note-knows_product", "Visit of 2026-09-01.")
	v.Press("#questions form button")
	require.Contains(t, v.Text(".note.good"), "Recorded: your answers.")
	require.Contains(t, v.Text(".steps"), "Screened again")

	v.move("questioned", "", func() { v.Fill("#text-questioned", "Who installs it?") })
	v.Fill("#a-q1", "Our own people.")
	v.Press(".asked form button")
	require.Contains(t, v.Text(".asked"), "Our own people.")

	paper := filepath.Join(t.TempDir(), "certificate.pdf")
	require.NoError(t, os.WriteFile(paper, []byte("a paper"), 0o600))
	v.move("document_added", "", func() {
		v.Fill("#number", "EUC-7")
		v.Do(chromedp.SetValue(chromedp.CSS("#issued"), "2026-10-01"), chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{paper}))
	})
	require.Contains(t, v.Text("#decision"), "EUC-7")

	v.move("escalated", "The country is new to us.", nil)
	require.Contains(t, v.Text(".verdict"), "Export Compliance Committee")

	gm := s.visit(t, ctx, "gm", "en", true)
	gm.Go(address("order", "id", "SO-M1"))
	gm.Shot("en-committee")
	gm.move("vetoed", "The end use is not plausible.", nil)
	require.Contains(t, gm.Text(".verdict .status"), "refused")
	gm.Shot("en-vetoed")

	auditor := s.visit(t, ctx, "auditor", "en", true)
	auditor.Go(address("order", "id", "SO-M1"))
	require.Contains(t, auditor.Text("#decision"), "You may read, and move nothing.")
	auditor.audit("en")
}

// audit reports what a page lacks for those who see badly, use no mouse, or read one language only.
func (v *visitor) audit(lang string) {
	v.t.Helper()
	page := browsertest.Get(v.Visitor, chromedp.Evaluate[struct {
		Problems    []string
		Lang, Words string
	}](`({problems: `+auditScript+`, lang: document.documentElement.lang, words: (() => {
		const copy = document.body.cloneNode(true);
		copy.querySelectorAll("bdi, code, pre, [lang], input, textarea, .who, script").forEach(e => e.remove());
		return copy.textContent;
	})()})`))
	require.Empty(v.t, page.Problems)
	require.Equal(v.t, tags[lang].String(), page.Lang)
	if lang == "en" {
		for _, r := range page.Words {
			require.False(v.t, r >= 0x4E00 && r <= 0x9FFF, "Chinese on an English page: %s", around(page.Words, r))
		}
		return
	}
	for _, m := range texts {
		if strings.Count(m[0], " ") >= 2 && !strings.Contains(m[0], "%") {
			require.NotContains(v.t, page.Words, m[0])
		}
	}
}

func around(text string, r rune) string {
	i := strings.IndexRune(text, r)
	return text[max(0, i-80):min(len(text), i+80)]
}

// keyboard walks through the page by the tab key: the skip link comes first, and every stop is seen.
func (v *visitor) keyboard() {
	v.t.Helper()
	for i := range 60 {
		v.Do(chromedp.KeyEvent("\t"))
		at := browsertest.Get(v.Visitor, chromedp.Evaluate[struct {
			Tag, Class, Outline string
			Width, Bottom       float64
		}](`(() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
			return {tag: e.tagName, class: e.className, outline: s.outlineStyle, width: parseFloat(s.outlineWidth), bottom: b.bottom}; })()`))
		if at.Tag == "BODY" { // past the last one
			require.Greater(v.t, i, 20)
			return
		}
		if i == 0 {
			require.Equal(v.t, "skip", at.Class)
		}
		require.NotEqual(v.t, "none", at.Outline, "%s.%s has no visible focus", at.Tag, at.Class)
		require.GreaterOrEqual(v.t, at.Width, 2.0)
		require.Positive(v.t, at.Bottom, "%s.%s is off the screen", at.Tag, at.Class)
	}
}

// auditScript looks at what is shown: WCAG 2.2 AA where a program can tell.
const auditScript = `(() => {
	const problems = [], root = document.documentElement;
	if (root.scrollWidth > root.clientWidth) {
		const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && getComputedStyle(e).position !== "absolute");
		problems.push("wider than the window: " + root.scrollWidth + " > " + root.clientWidth + " " + wide.slice(0, 5).map(e => e.tagName + "." + e.className).join(" "));
	}
	const parse = c => { const m = c.match(/[\d.]+/g).map(Number); return {r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1}; };
	const part = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
	const light = c => 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
	const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
	const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.a === 1) return c; } return {r: 255, g: 255, b: 255, a: 1}; };
	const shown = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest(".hidden, .skip");
	const name = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.className && e.className.baseVal === undefined ? "." + e.className : "");
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n; (n = walk.nextNode());) {
		const e = n.parentElement;
		if (!n.data.trim() || !shown(e) || ["SCRIPT", "OPTION"].includes(e.tagName)) continue;
		const s = getComputedStyle(e), size = parseFloat(s.fontSize), large = size >= 24 || size >= 18.66 && parseInt(s.fontWeight) >= 700;
		const r = ratio(parse(s.color), ground(e));
		if (r < (large ? 3 : 4.5)) problems.push("contrast " + r.toFixed(2) + " of " + name(e) + ": " + n.data.trim().slice(0, 40));
		if (size < 12.8) problems.push("small print " + size + " in " + name(e));
	}
	for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
		if (![...e.labels].some(l => l.textContent.trim()) && !e.getAttribute("aria-label")) problems.push("no label: " + name(e));
		if (!shown(e)) continue;
		const s = getComputedStyle(e);
		if (!["radio", "checkbox", "file"].includes(e.type) && ratio(parse(s.borderTopColor), ground(e.parentElement)) < 3) problems.push("border too faint: " + name(e));
	}
	for (const e of document.querySelectorAll("a, button, summary")) {
		if (!e.textContent.trim() && !e.getAttribute("aria-label")) problems.push("no text: " + name(e));
		if (e.tagName !== "A" && shown(e) && e.getBoundingClientRect().height < 24) problems.push("small target: " + name(e));
	}
	for (const e of document.querySelectorAll("label[for]")) if (!document.getElementById(e.htmlFor)) problems.push("label for nothing: " + e.htmlFor);
	for (const e of document.querySelectorAll("a[href^='#']")) if (!document.getElementById(decodeURIComponent(e.getAttribute("href").slice(1)))) problems.push("link to nothing: " + e.getAttribute("href"));
	const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
	for (const id of new Set(ids.filter((x, i) => ids.indexOf(x) !== i))) problems.push("id twice: " + id);
	let level = 0;
	for (const h of document.querySelectorAll("h1, h2, h3, h4, h5")) {
		const l = Number(h.tagName[1]);
		if (l > level + 1) problems.push("heading skips from " + level + " to " + name(h) + ": " + h.textContent);
		level = l;
	}
	if (document.querySelectorAll("h1").length !== 1) problems.push("not one h1");
	if (!document.title) problems.push("no title");
	for (const e of document.querySelectorAll("table")) if (!e.caption) problems.push("table without caption");
	if (document.querySelector("[style], style, script:not([src])")) problems.push("style or script within the page");
	return problems;
})()`
