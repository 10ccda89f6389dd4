package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

var eventColumns = source.Layout{Required: []string{"notice", "status", "from"}, Optional: []string{"until", "by"}, Strict: true}

// ReadEvents reads what became of whole notices after their beginning: a CSV of notice, status (in_force,
// suspended, ended or verify), from, until and by, as in [lists.Event]. The result holds each notice's events,
// earliest first; events of one day stay in the file's order.
func ReadEvents(r io.Reader) (map[string]lists.Timeline, error) {
	p := &source.Problems{List: "events"}
	text, _, err := source.ReadText(r, MaxSize)
	if err != nil {
		return nil, p.Place(lists.Problem{Err: err})
	}
	events := map[string]lists.Timeline{}
	t := source.NewTable(bytes.NewReader(text), eventColumns, p)
	for t.Next() {
		notice := t.Get("notice")
		from, err1 := source.Date(t.Get("from"))
		until, err2 := source.Date(t.Get("until"))
		e := lists.Event{Status: lists.Status(t.Get("status")), From: from, Until: until, By: t.Get("by")}
		err := errors.Join(err1, err2, lists.Timeline{e}.Validate())
		if notice == "" {
			err = errors.Join(err, fmt.Errorf("%w: no notice", lists.ErrFormat))
		}
		if err != nil {
			t.Add(notice, "", err)
			continue
		}
		events[notice] = events[notice].With(e)
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	return events, nil
}
