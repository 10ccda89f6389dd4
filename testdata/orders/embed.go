// Package orders embeds the sample orders, so that a program can show what screening does without any
// file at hand. README.md beside it says what each order shows.
package orders

import "embed"

// FS holds the sample orders, *.json, and own-list.csv, the sample of a user's own list.
//
//go:embed *.json own-list.csv
var FS embed.FS
