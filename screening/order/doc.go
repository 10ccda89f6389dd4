// Package order reads sales orders in the formats ERPs write them in, and tells the formats apart by
// their content, never by a file's name:
//
//	native  JSON of package screening's own fields, one order, an array, or JSON lines   package native
//	ubl     UBL 2.x Order, OrderChange, Invoice in XML                                   package ubl
//	csv     one row an order line, with a header                                         package csvorder
//	sap     SAP S/4HANA A_SalesOrder of OData V2 or V4 in JSON                           package sap
//	odoo    Odoo sale.order in JSON                                                      package odoo
//
// [Read] is the one call most programs need, and [Options.Read] where a client has extended SAP or
// Odoo; the packages beside it read one format each and document how its fields become those of an order.
//
//	orders, format, err := order.Read(file)
//
// Readers decode and do no more. What comes out is a [screening.Order] that may still be incomplete or
// inconsistent, which the screening reports; nothing is guessed to fill a gap. An end user that the
// document does not name is not assumed to be the buyer.
//
// Documents come from outside and are treated so: at most 16 MiB of UTF-8, bounded in depth and number
// of elements, without entities or anything else fetched from elsewhere, exact numbers of bounded
// length. What stands twice where once is meant is refused, since one of the two would not be screened.
// An [*Error] lists every problem found, each with path and line; then there are no orders at all.
//
// The JSON Schema of the native format is [Schema].
package order
