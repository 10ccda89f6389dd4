package native

import (
	_ "embed"
	"slices"
)

//go:embed order.schema.json
var schema []byte

// Schema is the published JSON Schema (draft 2020-12) of one order. It accepts what [Read] and the
// validation of package screening accept, but for what a schema cannot say: that ids agree, that a date
// exists in the calendar, that a country's name is known.
func Schema() []byte { return slices.Clone(schema) }
