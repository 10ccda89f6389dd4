// Package programme embeds the sample compliance programme of a company that does not exist, for the examples
// and their tests.
package programme

import _ "embed"

// Example is the sample programme, in YAML.
//
//go:embed example.yaml
var Example []byte
