// Package render turns a screening report into what people read: plain text for a terminal or a mail,
// and one self-contained page for the file. Both say, for every finding, what was found, why, under which list or
// law and date, and what to do next, in Chinese or English.
//
// It reads reports and nothing else; a report renders the same wherever and whenever it is rendered. Names
// and texts of an order are data: control characters are shown, not obeyed, and markup is escaped. The
// words come from golang.org/x/text message catalogues in this package, or from the report where
// they stem from rules and policy.
package render
