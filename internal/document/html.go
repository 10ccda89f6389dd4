package document

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html
var pageSource string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"plain": plain,
	"under": func(level int, s Section) heading { return heading{level, s} },
	"next":  func(level int) int { return level + 1 },
}).Parse(pageSource))

// heading is a section with the level of its heading, 2 for those right below the title.
type heading struct {
	Level int
	Section
}

// HTML writes the document as one page, complete in itself: no script, no font, no picture from elsewhere. It is
// laid out for a screen of any width, and for A4. The error is the writer's.
func HTML(w io.Writer, d *Document) error {
	if err := page.Execute(w, d); err != nil {
		return fmt.Errorf("document %q: %w", d.Title, err)
	}
	return nil
}
