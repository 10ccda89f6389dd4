// Package csvorder reads orders from CSV: a header, then one row for every order line.
//
// The separator is the comma, semicolon or tab that stands most often in the header. Columns come in
// any order; a column that is not listed here is an error with the nearest name, and so is one given twice.
// order_id and line_id are required in every row.
//
//	of the order   order_id order_date revision stage currency entered_by note destination
//	               end_use end_use_code incoterm delivery_date payment_means prepaid_percent bank_country
//	of a party     ROLE_name ROLE_other_names ROLE_kind ROLE_country ROLE_address ROLE_identifiers ROLE_business
//	               for every role of package screening: buyer, end_user, consignee, payer, seller, forwarder, ...
//	of the line    line_id line_kind part_number description hs hs_edition control_codes uncontrolled
//	               quantity unit value list_price origin line_end_use line_end_use_code
//
// Rows with the same order_id are one order, wherever they stand. What belongs to the order or a party
// needs to stand in one of its rows only; where it stands in several it must be the same. Parties that
// agree in everything are one party with several roles.
//
// Several values are joined by |; control codes are written LIST:CODE (CN-DUCL:2B201) and identifiers
// TYPE:VALUE (imo:9999993). uncontrolled is true or false. Numbers are of the form 1234.56 and dates of the form
// 2006-01-02 whatever the separator.
package csvorder
