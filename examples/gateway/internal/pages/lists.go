package pages

import (
	"io"
	"net/http"

	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/handbook"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
)

func getLists(v *visit) error {
	return v.show(http.StatusOK, "lists", "Lists and their age", v.Desk.Lists())
}

// entryPage is a listed entity.
type entryPage struct {
	*lists.Entity
	List desk.ListState
	// Status is that of today.
	Status lists.Status
	Today  lists.Date
}

func getEntry(v *visit) error {
	q := v.r.URL.Query()
	e, ok := v.Desk.Entity(q.Get("list"), q.Get("id"))
	if !ok {
		return notFound(v)
	}
	p := entryPage{Entity: e, Today: dated.DateOf(v.Now())}
	p.Status = e.Status(p.Today)
	for _, l := range v.Desk.Lists() {
		if l.ID == q.Get("list") {
			p.List = l
		}
	}
	return v.show(http.StatusOK, "entry", "List entry", p)
}

// programmePage is the compliance programme, with what the guidance asks for and it lacks.
type programmePage struct {
	*icp.Programme
	Digest string
	Gaps   []icp.Gap
}

func getProgramme(v *visit) error {
	p := v.Desk.Programme()
	return v.show(http.StatusOK, "programme", "Compliance programme", programmePage{p, p.Digest(), p.Validate(dated.DateOf(v.Now()))})
}

// getHandbook is the handbook, which the programme's data fill.
func getHandbook(v *visit) error {
	return v.printable(func(w io.Writer) error { return handbook.HTML(w, v.Desk.Programme(), tags[v.lang]) })
}
