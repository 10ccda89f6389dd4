// Package policy holds what is known, or decided, of countries as dated tables: UN embargoes, EAR
// country groups, coalition members, diversion risk, the seller's own sensitive countries.
//
// A table is a CSV file with a head of "# key: value" lines:
//
//	# table: un_embargo
//	# title: UN arms embargoes
//	# title_zh: 联合国武器禁运
//	# authority: UN Security Council
//	# as_of: 2026-11-20
//	# max_age_days: 400
//	country,mark,from,until,status,citation,note
//	LY,whole,2011-02-26,,in_force,S/RES/1970 (2011),exceptions for the government
//
// A row gives a country a mark. The marks of each built-in table are listed in its head. Countries may
// be written as codes or by name in any language, * is any; an unknown one is an error that names the line. A
// table is current until as_of + max_age_days; after that it is stale, and a stale table counts as
// missing. Built-in and user tables are read by the same [Read]; [Tables.With] puts a user's table in
// the place of a built-in one, and [Tables.Override] or a file of them ([Tables.ReadOverrides]) changes single rows with a
// reason, a name and a date, which stand in the trace of every finding that rests on them.
//
// Tables are immutable. The package does not decide what a mark means; rules do.
package policy
