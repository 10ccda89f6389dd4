// Package problem writes refusals as problem documents of RFC 9457. A problem says what the caller can
// mend and nothing of the machine it was found on.
package problem

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// ContentType is the media type of a problem document.
const ContentType = "application/problem+json"

// Problem is one refusal.
type Problem struct {
	// Type names the sort of problem, "urn:ordergate:problem:" and a word; Kind is that word.
	Type string `json:"type"`
	// Title is the sort of problem in words, always the same for one Type.
	Title  string `json:"title"`
	Status int    `json:"status"`
	// Detail is about this occurrence.
	Detail string `json:"detail,omitempty"`
	// Request is the id under which the service's log holds the request.
	Request string `json:"request,omitempty"`
	// Errors are all the defects of what was sent.
	Errors []Defect `json:"errors,omitempty"`

	// RetryAfter is when to try again, in seconds; 0 says nothing.
	RetryAfter int `json:"-"`
}

// Defect is one thing wrong with a document that was sent.
type Defect struct {
	// Path is where it is, as the reader of the format names it; Line its line, 0 where there is none.
	Path   string `json:"path,omitempty"`
	Line   int    `json:"line,omitempty"`
	Code   string `json:"code,omitempty"`
	Reason string `json:"reason"`
}

// Error is the title and detail.
func (p *Problem) Error() string {
	if p.Detail == "" {
		return p.Title
	}
	return p.Title + ": " + p.Detail
}

// kinds are the sorts of problem and what each is answered with.
var kinds = map[string]struct {
	status int
	title  string
}{
	"bad-request":       {http.StatusBadRequest, "The request is not well formed"},
	"key-missing":       {http.StatusBadRequest, "An Idempotency-Key header is required"},
	"unauthenticated":   {http.StatusUnauthorized, "A valid bearer token is required"},
	"forbidden":         {http.StatusForbidden, "The token's roles do not allow this"},
	"not-found":         {http.StatusNotFound, "There is nothing here"},
	"method":            {http.StatusMethodNotAllowed, "The method is not allowed here"},
	"not-acceptable":    {http.StatusNotAcceptable, "No such form is available"},
	"timeout":           {http.StatusRequestTimeout, "The request was not sent in time"},
	"move-refused":      {http.StatusConflict, "The procedure does not allow this move"},
	"changed-meanwhile": {http.StatusConflict, "The case was changed meanwhile"},
	"too-large":         {http.StatusRequestEntityTooLarge, "The request is too large"},
	"document":          {http.StatusUnprocessableEntity, "The document cannot be read as an order"},
	"order":             {http.StatusUnprocessableEntity, "The order cannot be screened as it is"},
	"key-reused":        {http.StatusUnprocessableEntity, "The idempotency key was used for another order"},
	"rate":              {http.StatusTooManyRequests, "Too many requests"},
	"internal":          {http.StatusInternalServerError, "The service failed"},
	"unavailable":       {http.StatusServiceUnavailable, "The service cannot answer now"},
}

// Kinds are the words that Type ends in.
func Kinds() []string {
	all := make([]string, 0, len(kinds))
	for k := range kinds {
		all = append(all, k)
	}
	return all
}

// New is a problem of a kind; an unknown kind is "internal".
func New(kind, detail string) *Problem {
	k, ok := kinds[kind]
	if !ok {
		kind, k = "internal", kinds["internal"]
	}
	return &Problem{Type: "urn:ordergate:problem:" + kind, Title: k.title, Status: k.status, Detail: detail}
}

// Write answers a request with the problem.
func (p *Problem) Write(w http.ResponseWriter) {
	body, err := json.Marshal(p)
	if err != nil { // strings and numbers only
		body = []byte(`{"type":"urn:ordergate:problem:internal","title":"The service failed","status":500}`)
	}
	h := w.Header()
	h.Set("Content-Type", ContentType)
	h.Set("Cache-Control", "no-store")
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="ordergate"`)
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // a caller that is gone needs no answer
}
