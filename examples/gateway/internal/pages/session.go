package pages

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
)

// sessionCookie and languageCookie are the two cookies of the workbench.
const (
	sessionCookie  = "ordergate_session"
	languageCookie = "ordergate_language"
)

// sessionOf is the session of a request's cookie, nil where there is none. The error says that this is not known.
func (b *bench) sessionOf(r *http.Request) (*access.Session, error) {
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil, nil
	}
	s, err := b.Sessions.Of(r.Context(), c.Value)
	if errors.Is(err, access.ErrToken) {
		return nil, nil
	}
	return s, err
}

func (b *bench) cookie(name, value string, age time.Duration) *http.Cookie {
	c := &http.Cookie{Name: name, Value: value, Path: Base, HttpOnly: true, Secure: b.Secure, SameSite: http.SameSiteStrictMode, MaxAge: int(age.Seconds())}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

// login is what the sign-in page shows.
type login struct {
	// To is where to go afterwards; Wrong says that the code was not accepted.
	To    string
	Wrong bool
}

func getLogin(v *visit) error {
	return v.show(http.StatusOK, "login", "Sign in", login{To: local(v.r.URL.Query().Get("to"))})
}

// postLogin begins a session. Only tokens that may read can sign in: an ERP has no business here.
func postLogin(v *visit) error {
	t, err := v.Access.Token(strings.TrimSpace(v.r.PostFormValue("token")))
	to := local(v.r.PostFormValue("to"))
	if err != nil || !t.May(access.Read) {
		return v.show(http.StatusUnauthorized, "login", "Sign in", login{To: to, Wrong: true})
	}
	cookie, err := v.Sessions.Begin(v.r.Context(), t)
	if err != nil {
		return err
	}
	http.SetCookie(v.w, v.cookie(sessionCookie, cookie, 0))
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// postLogout takes the browser its cookie also where the sign-out could not be kept: the visitor is told of that.
func postLogout(v *visit) error {
	http.SetCookie(v.w, v.cookie(sessionCookie, "", 0))
	if err := v.Sessions.End(v.r.Context(), v.session); err != nil {
		return err
	}
	v.redirect("login")
	return nil
}

// local is an address of the workbench, its front page where the text is none: nobody is sent elsewhere.
func local(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, Base) || strings.ContainsAny(to, "\\\r\n") {
		return Base
	}
	return u.RequestURI()
}

// address is a page of the workbench with its query, given as names and values.
func address(page string, query ...string) string {
	q := make(url.Values)
	for i := 0; i+1 < len(query); i += 2 {
		q.Set(query[i], query[i+1])
	}
	if len(q) == 0 {
		return Base + page
	}
	return Base + page + "?" + q.Encode()
}

func (v *visit) redirect(page string, query ...string) {
	http.Redirect(v.w, v.r, address(page, query...), http.StatusSeeOther)
}
