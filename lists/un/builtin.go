package un

import (
	_ "embed"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/sheet"
)

// consolidated is the list of 2026-02-27 in the form of lists/sheet: all 1,003 names with their original script,
// aliases, births, documents and countries; street addresses and comments are in the official file only.
//
//go:embed consolidated_2026-02-27.csv
var consolidated string

// BuiltIn is the list as of 2026-02-27, so that a screening against it works before anything is downloaded. Later
// changes are not in it: use [Read] on the official file where it matters that the list is current.
func BuiltIn() (lists.List, error) {
	h := head()
	return sheet.Read(strings.NewReader(consolidated), sheet.Options{
		ID: h.ID, Title: h.Title, TitleZh: h.TitleZh, Regime: h.Regime, Authority: h.Authority, Source: h.Source, Published: "2026-02-27",
	})
}
