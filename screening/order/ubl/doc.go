// Package ubl reads UBL 2.x documents of the XML types Order, OrderChange and Invoice, and the Peppol
// subsets of them.
//
// UBL knows no role called end user and no place for control codes. What stands for them here is this
// module's choice, made so that a sender needs no extension of UBL:
//
//	end user        cac:BeneficiaryParty of the header, or of a line for that line alone; without one
//	                cac:OriginatorCustomerParty (of a line: cac:OriginatorParty), who beside a
//	                beneficiary is an agent
//	control code    cac:CommodityClassification/cbc:ItemClassificationCode with listID CN-DUCL, CN-ML,
//	                EAR-CCL or EU-DU
//	customs code    the same with listID HS, or cac:CommodityClassification/cbc:CommodityCode;
//	                listVersionID is the edition
//	end use         cac:AdditionalItemProperty of a line with the cbc:Name EndUse, its code EndUseCode
//	papers          cac:AdditionalDocumentReference with cbc:DocumentTypeCode, or cac:Item/cac:Certificate
//	                with cbc:CertificateTypeCode, where the code is one of this module's document types
//	                (end_use_certificate, single_licence, ...)
//
// Everything else is UBL's own:
//
//	seller          cac:SellerSupplierParty; of an invoice cac:AccountingSupplierParty
//	buyer           cac:BuyerCustomerParty; of an invoice without one cac:AccountingCustomerParty
//	payer           cac:AccountingCustomerParty
//	agent           cac:AgentParty of any party, cac:PayeeParty
//	consignee       cac:Delivery/cac:DeliveryParty, cac:Consignment/cac:ConsigneeParty
//	ultimate consignee, forwarder, carrier, notify party, vessel, aircraft, countries of transit
//	                cac:Delivery with its cac:Shipment, cac:Consignment and cac:ShipmentStage;
//	                cac:FreightForwarderParty of the header
//	destination     cac:DestinationCountry, cac:FinalDestinationCountry, else the country delivered to
//	incoterm        cac:DeliveryTerms/cbc:ID
//	bank            cac:PaymentMeans/cac:PayerFinancialAccount, cac:TradeFinancing/cac:FinancingParty
//	agent           whoever else has a name in the header, a delivery, a consignment or a line: a party
//	                that is not read is not screened
//	lines           cac:OrderLine or cac:InvoiceLine, and what they are put together from
//	                (cac:SubLineItem, cac:SubInvoiceLine), as lines of their own
//	owners, people  cac:PartyLegalEntity/cac:ShareholderParty, cac:Person, cac:Contact
//
// An OrderChange or an Invoice is read as the order it refers to, as it says that order now stands: the
// order's id is that of cac:OrderReference, and an invoice is at the stage before shipment. Lines of an
// order change with the status Cancelled are left out.
//
// An element that UBL allows once and that stands twice is an error, since one of the two would not be
// screened. Documents are not validated against the UBL schemas, and extensions are not read.
package ubl
