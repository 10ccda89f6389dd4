package pages

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/memo"
)

// Base is the path under which the workbench answers.
const Base = "/bench/"

// Config is what a workbench is made of.
type Config struct {
	Desk   *desk.Desk
	Access *access.Control
	// Sessions are those of the holders of Access's tokens.
	Sessions *access.Sessions
	Log      *slog.Logger
	Now      func() time.Time
	// Timeout is the time for one page; 0 is twenty seconds.
	Timeout time.Duration
	// Secure marks the cookies for TLS only. Unset it only where the service listens on this machine alone.
	Secure bool
	// Moved is told of every move that was recorded; nil tells nobody.
	Moved func(icp.EventKind)
}

// bench answers requests.
type bench struct {
	Config
	// templates are by language and name of page.
	templates map[string]map[string]*template.Template
	static    map[string]file
	// version changes with the static files.
	version string
	briefs  *memo.Memo[briefOf, brief]
}

// file is a static file as it is sent.
type file struct {
	kind string
	body []byte
}

// limits of what a form may hold, and the time for one page.
const (
	maxForm     = 64 << 10
	maxUpload   = 32 << 20
	defaultTime = 20 * time.Second
)

//go:embed static
var staticFiles embed.FS

// New makes the workbench's handler.
func New(cfg Config) (http.Handler, error) {
	if cfg.Timeout == 0 {
		cfg.Timeout = defaultTime
	}
	b := &bench{Config: cfg, static: make(map[string]file), briefs: memo.New[briefOf, brief](maxBriefs)}
	if err := b.readStatic(); err != nil {
		return nil, err
	}
	var err error
	if b.templates, err = b.parse(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, p := range pages {
		mux.Handle(p.method+" "+Base+p.path, b.serve(p))
	}
	mux.HandleFunc("GET "+Base+"static/{name}", b.serveStatic)
	mux.Handle(Base, b.serve(page{handle: notFound, public: true}))
	return http.NewCrossOriginProtection().Handler(mux), nil
}

// page is one address of the workbench.
type page struct {
	method, path string
	handle       func(*visit) error
	// public pages need no session.
	public bool
	// upload allows a form with a file.
	upload bool
}

var pages = []page{
	{method: "GET", path: "login", handle: getLogin, public: true},
	{method: "POST", path: "login", handle: postLogin, public: true},
	{method: "POST", path: "logout", handle: postLogout},
	{method: "GET", path: "language", handle: getLanguage, public: true},
	{method: "GET", path: "{$}", handle: getQueue},
	{method: "GET", path: "order", handle: getOrder},
	{method: "GET", path: "changed", handle: getChanged},
	{method: "POST", path: "move", handle: postMove},
	{method: "POST", path: "document", handle: postDocument, upload: true},
	{method: "POST", path: "answers", handle: postAnswers},
	{method: "GET", path: "report", handle: getReport},
	{method: "GET", path: "stopreport", handle: getStopReport},
	{method: "GET", path: "record", handle: getRecord},
	{method: "GET", path: "receipt", handle: getReceipt},
	{method: "GET", path: "lists", handle: getLists},
	{method: "GET", path: "entry", handle: getEntry},
	{method: "GET", path: "programme", handle: getProgramme},
	{method: "GET", path: "handbook", handle: getHandbook},
	{method: "GET", path: "search", handle: getSearch},
}

// policy is the content security policy of every page.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// visit is one request to one page.
type visit struct {
	*bench
	w    http.ResponseWriter
	r    *http.Request
	lang string
	// session is nil on public pages without one.
	session *access.Session
}

// serve finds the session and the language, checks the form's token, and answers errors with a page.
func (b *bench) serve(p page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), b.Timeout)
		defer cancel()
		v := &visit{bench: b, w: w, r: r.WithContext(ctx), lang: language(r)}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		var err error
		if v.session, err = b.sessionOf(v.r); err != nil && !p.public {
			v.fail(err)
			return
		}
		if err := v.admit(p); err != nil {
			v.fail(err)
			return
		}
		if v.session == nil && !p.public {
			v.redirect("login", "to", v.here())
			return
		}
		if err := p.handle(v); err != nil {
			v.fail(err)
		}
	})
}

// admit checks what a request must fulfil whatever it asks for.
func (v *visit) admit(p page) error {
	if v.session != nil {
		if _, ok := v.Access.Allow(v.session.Token); !ok {
			return &refusal{http.StatusTooManyRequests, "Too many requests. Wait a moment and try again."}
		}
	}
	if v.r.Method != http.MethodPost {
		return nil
	}
	limit := int64(maxForm)
	if p.upload {
		limit = maxUpload
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, limit)
	var err error
	if p.upload {
		err = v.r.ParseMultipartForm(1 << 20)
	} else {
		err = v.r.ParseForm()
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return &refusal{http.StatusRequestEntityTooLarge, "The form or file is too large."}
	case err != nil:
		return &refusal{http.StatusBadRequest, "The form could not be read."}
	case v.session != nil && p.path != "login" && !v.session.Checks(v.r.PostFormValue("csrf")):
		return &refusal{http.StatusForbidden, "The form is out of date. Go back, load the page again and repeat what you did."}
	}
	return nil
}

// refusal is an error that the visitor is told of; words is a key of the catalogue.
type refusal struct {
	status int
	words  string
}

func (e *refusal) Error() string { return e.words }

func notFound(*visit) error { return &refusal{http.StatusNotFound, "There is nothing here."} }

// fail answers with the page of an error. What the visitor cannot mend is logged, and not told.
func (v *visit) fail(err error) {
	var known *refusal
	switch {
	case errors.As(err, &known):
	case errors.Is(err, record.ErrNotFound), errors.Is(err, icp.ErrNoCase):
		known = &refusal{http.StatusNotFound, "There is nothing here."}
	case errors.Is(err, icp.ErrBusy):
		known = &refusal{http.StatusConflict, "Others are moving this case at the moment. Try again."}
	default:
		v.Log.Error("page failed", "request", v.w.Header().Get("X-Request-Id"), "error", fmt.Sprintf("%T", err))
		known = &refusal{http.StatusInternalServerError, "The service failed. Nothing was recorded unless the page of the order says so."}
	}
	if err := v.show(known.status, "error", "Not possible", known.words); err != nil {
		http.Error(v.w, http.StatusText(known.status), known.status)
	}
}

// frame is what every page has around its body.
type frame struct {
	Lang, Title, Page string
	// Here is the address of the page, for the language switch.
	Here    string
	Version string
	// Who is the person or client signed in, "" for nobody; CSRF the token of the session's forms.
	Who, CSRF string
	Body      any
}

// show renders a page; title is a key of the catalogue.
func (v *visit) show(status int, name, title string, body any) error {
	t, ok := v.templates[v.lang][name]
	if !ok {
		return fmt.Errorf("no template %q", name)
	}
	f := frame{Lang: tags[v.lang].String(), Title: title, Page: name, Here: v.here(), Version: v.version, Body: body}
	if v.session != nil {
		f.Who, f.CSRF = v.whoami(), v.session.CSRF
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "layout", f); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(out.Bytes()) // a visitor that is gone needs no page
	return nil
}

// here is the address of what is shown; of a form, that of the page it stands on.
func (v *visit) here() string {
	if v.r.Method == http.MethodPost {
		if order := v.r.PostFormValue("case"); order != "" {
			return address("order", "id", order)
		}
		return Base
	}
	return v.r.URL.RequestURI()
}

// whoami is the post of the person signed in, or the client's name.
func (v *visit) whoami() string {
	t := v.session.Token
	if p := v.member(t.Person); p != nil {
		return p.Title.In(v.lang)
	}
	return t.Client
}

// member is a person of the programme, nil where there is none of the id.
func (b *bench) member(id string) *icp.Person {
	people := b.Desk.Programme().Organisation.People
	if i := slices.IndexFunc(people, func(p icp.Person) bool { return p.ID == id }); i >= 0 {
		return &people[i]
	}
	return nil
}

func (b *bench) readStatic() error {
	kinds := map[string]string{"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
	sum := sha256.New()
	err := fs.WalkDir(staticFiles, "static", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := staticFiles.ReadFile(path)
		sum.Write(body)
		b.static[d.Name()] = file{kinds[path[strings.LastIndexByte(path, '.')+1:]], body}
		return err
	})
	b.version = hex.EncodeToString(sum.Sum(nil)[:6])
	return err
}

// serveStatic sends a file; its address changes with it, so that it may be kept.
func (b *bench) serveStatic(w http.ResponseWriter, r *http.Request) {
	f, ok := b.static[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(f.body)
}
