// Package odoo reads sales orders of Odoo: records of the model sale.order in JSON, as search_read,
// read, web_read or web_search_read answer them. A record stands alone, in an array, in the "result" of
// a JSON-RPC answer, or in "records" or "data" within either.
//
// A many2one field is read in both its forms: the pair [7, "Example GmbH"] of read and the expanded
// record {"id": 7, "name": "Example GmbH", ...} of web_read. A pair gives a name and no more; for a
// useful screening ask for the partners, the lines and their products expanded:
//
//	partner_id, partner_invoice_id, partner_shipping_id, company_id: {name, parent_id, commercial_company_name,
//	    is_company, street, street2, city, zip, state_id, country_id, vat, email, phone, website}
//	order_line: {name, product_uom_qty, price_subtotal, display_type, product_id: {default_code, hs_code, country_of_origin, type}}
//
// partner_id is the buyer, partner_invoice_id the payer, partner_shipping_id the consignee, company_id
// the seller. Lines of sections and notes deliver nothing; their text joins the order's note. Odoo has
// no field for the end user, the end use or a control code: clients add them as x_ fields, whose names
// [Mapping] takes. Where none names an end user none is assumed: the screening then reports the gap.
//
// Odoo's numbers are binary floating point; they are rounded to six places.
package odoo
