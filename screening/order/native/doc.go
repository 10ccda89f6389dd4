// Package native reads orders in the module's own JSON: [screening.Order] field for field, as the JSON
// Schema of [Schema] publishes it.
//
// A document is one order, an array of orders, or orders one after another (JSON lines). Reading is
// strict, since a field that is misspelt would otherwise be a check that silently does not happen:
//
//   - a field the schema does not have is an error that names its path and the nearest known field;
//   - a field given twice is an error, and so is a name in other letter case;
//   - null is an error: a field without a value is left out;
//   - amounts, quantities and percentages are numbers or strings of the form -1234.56, exact, at most
//     18 digits before and 12 after the point, without thousands separators;
//   - dates are 2006-01-02 and exist in the calendar;
//   - text is UTF-8 without control characters and without the marks of a wrong encoding.
//
// Every problem of a document is reported at once. The smallest order that can be read and screened:
//
//	{
//	  "schema": "ordergate.order/1",
//	  "id": "EX-1", "date": "2026-10-12",
//	  "parties": [{"roles": ["buyer", "consignee", "end_user"], "name": "Example Works Ltd", "country": "DE"}],
//	  "lines": [{"id": "10", "description": "office chair", "hs": "9401.39"}],
//	  "end_use": {"text": "furniture of our own office", "code": "civil"},
//	  "destination": "DE"
//	}
//
// The reader decodes and does no more: whether required fields are there, roles and codes are known and
// ids agree is the matter of package screening, which reports it by the same paths.
package native
