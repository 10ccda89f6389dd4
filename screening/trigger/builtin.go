package trigger

import "embed"

//go:embed rules/*.yaml
var builtIn embed.FS

// BuiltIn is the rule set that comes with the package. It is loaded as a user's files are.
func BuiltIn() (*RuleSet, error) { return LoadFS(builtIn, "rules") }
