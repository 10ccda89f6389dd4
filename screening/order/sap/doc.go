// Package sap reads sales orders of SAP S/4HANA as its OData services answer them in JSON:
// API_SALES_ORDER_SRV (OData V2, entity A_SalesOrder) with
//
//	$expand=to_Partner/to_Address,to_Item/to_Partner/to_Address,to_Text
//
// and the V4 service, whose navigation properties are called _Partner, _Item and _Text. A V2 answer
// wraps an entity in "d" and a collection in "d.results", a V4 answer a collection in "value"; a bare
// entity is read too.
//
// # Partner functions
//
// Partner functions become roles. SAP shows them in the language of the user who asks, and SP is the
// sold-to party in English but the forwarding agent in German; so PartnerFunctionInternalCode, which is
// always German, is preferred, and without it an order that has any of AG, WE, RE, RG is read as German.
//
//	German  English
//	AG      SP       sold-to party      buyer
//	WE      SH       ship-to party      consignee
//	RE      BP       bill-to party      payer
//	RG      PY       payer              payer
//	SP      CR       forwarding agent   forwarder
//
// SAP has no standard function for the end user: EU is read as one, and [Mapping] names whatever a
// client has defined instead, such as Z1. A function without customer and supplier is staff of the
// seller and no party of the order; any other function that names one is a problem, since a party that
// is not read is not screened.
//
// Partners of an item are parties of the order too; an end user among them is that line's. Where no
// function names an end user none is assumed: the screening then reports the gap.
//
// # What SAP does not hold
//
// An order item has no customs code, control code, origin or end use in the standard service. Clients
// keep them in custom fields (ZZ1_..._SDH on the header, ZZ1_..._SDI on the item), whose names
// [Mapping] takes; the defaults are in its field comments. The seller is the sales organisation, whose
// name the order does not hold either: [Mapping] may give it. Items that were rejected
// (SalesDocumentRjcnReason) are left out, as SAP will not deliver them.
package sap
