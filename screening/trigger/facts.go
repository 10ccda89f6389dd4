package trigger

// What a rule's conditions see. Each struct below is one root of the rule language; its `expr` tags are
// the names rules write, its `at` tags say which field of the order, or which table, is missing where the
// value is: a path below the element's own, or with a leading slash a path of its own. A field without
// `at` is always known. [Vocabulary] lists all of them.

// env is everything a condition may name. The roots of scopes other than the rule's are nil.
type env struct {
	Order     *orderFacts       `expr:"order" at:"/order" doc:"the order as a whole"`
	Buyer     *partyFacts       `expr:"buyer" at:"/parties[roles=buyer]" doc:"the first buyer"`
	Consignee *partyFacts       `expr:"consignee" at:"/parties[roles=consignee]" doc:"the ultimate consignee, or else the consignee"`
	EndUser   *partyFacts       `expr:"end_user" at:"/parties[roles=end_user]" doc:"the first end user"`
	Payer     *partyFacts       `expr:"payer" at:"/parties[roles=payer]" doc:"the first payer"`
	Answer    map[string]string `expr:"answer" at:"/answers" doc:"the answers of the questionnaire by question: yes or no"`
	Own       *ownFacts         `expr:"own" at:"/own" doc:"the seller's own limits"`

	Party    *partyFacts    `expr:"party" at:"/party" doc:"scope party and match: the party in hand"`
	Line     *lineFacts     `expr:"line" at:"/line" doc:"scope line: the line in hand"`
	Match    *matchFacts    `expr:"match" at:"/match" doc:"scope match: the match in hand"`
	Country  *countryFacts  `expr:"country" at:"/country" doc:"scope country: a country the order names"`
	Text     *textFacts     `expr:"text" at:"/text" doc:"scope text: an end use, note or instruction"`
	Change   *changeFacts   `expr:"change" at:"/change" doc:"scope change: a change of the order"`
	Document *documentFacts `expr:"document" at:"/document" doc:"scope document: a paper on file"`
}

type orderFacts struct {
	place        string
	Date         string        `expr:"date" at:"/date" doc:"the order's date"`
	Stage        string        `expr:"stage" doc:"pre_contract where the order names none"`
	Currency     string        `expr:"currency" at:"/currency"`
	Destination  *countryFacts `expr:"destination" at:"/destination" doc:"the country the goods stay in"`
	Countries    []string      `expr:"countries" doc:"codes of every country the order names"`
	Value        *float64      `expr:"value" at:"/lines[*].value" doc:"sum of the lines' values; missing where a line has none"`
	Route        []string      `expr:"route" at:"/route" doc:"codes of the countries passed through, in order"`
	Incoterm     string        `expr:"incoterm" at:"/delivery.incoterm"`
	Requested    string        `expr:"requested" at:"/delivery.requested" doc:"delivery date asked for"`
	DeliverTo    *placeFacts   `expr:"deliver_to" at:"/delivery.place" doc:"the place of delivery"`
	Instructions string        `expr:"instructions" at:"/delivery.instructions"`
	Means        string        `expr:"means" at:"/payment.means" doc:"payment means"`
	Prepaid      *float64      `expr:"prepaid" at:"/payment.prepaid_percent" doc:"share paid in advance, 0 to 100"`
	BankCountry  *countryFacts `expr:"bank_country" at:"/payment.bank_country"`
	RouteRisk    []string      `expr:"route_risk" at:"/route" doc:"codes of countries passed through that have a diversion mark"`
	RouteRepeats *bool         `expr:"route_repeats" at:"/route" doc:"a country is passed twice, or the destination is passed before the end"`
	EAR          []string      `expr:"ear" at:"/tables.ear_groups" doc:"EAR groups of every country on the way: destination, route, buyer, consignees, end users"`
	Papers       []string      `expr:"papers" doc:"types of the documents on file that are in their term and not revoked, forged or altered"`
	Notices      []string      `expr:"notices" at:"/tables.notices" doc:"notices of authorities, in force, that name a party, country or code of the order"`
	Controlled   *bool         `expr:"controlled" at:"/lines[*].classes" doc:"a line has a declared or confirmed control class in force or to verify; missing where none has and one was not classified"`
	DualUse      *bool         `expr:"dual_use" at:"/lines[*].classes" doc:"the same for China's dual-use list"`
	Priority     *bool         `expr:"priority" at:"/lines[*].priority" doc:"a line is on the Common High Priority list"`
	SpareShare   *float64      `expr:"spare_share" at:"/lines[*].value" doc:"value of spares over value of goods; 0 without goods"`
}

type partyFacts struct {
	place string
	// noZones and noSites say that the table is missing, so that no address could have helped.
	noZones, noSites bool
	ID               string        `expr:"id"`
	Index            int           `expr:"index" doc:"its place among the parties, from 0; tells parties without an id apart"`
	Roles            []string      `expr:"roles"`
	Kind             string        `expr:"kind" at:"kind" doc:"person, organization, vessel or aircraft"`
	Name             string        `expr:"name" at:"name"`
	Country          *countryFacts `expr:"country" at:"country"`
	Business         string        `expr:"business" at:"business" doc:"manufacturer, distributor, trader, logistics, finance, research, government, military, service, other"`
	Industry         string        `expr:"industry" at:"industry" doc:"ISIC or NACE code"`
	RegisteredOn     string        `expr:"registered_on" at:"registered_on"`
	Website          string        `expr:"website" at:"website"`
	Employees        *int          `expr:"employees" at:"employees"`
	Addresses        []string      `expr:"addresses" at:"addresses" doc:"its addresses as texts"`
	Uses             []string      `expr:"uses" at:"addresses[*].use" doc:"uses of its addresses: residential, commercial, free_zone, military"`
	InFreeZone       *bool         `expr:"in_free_zone" at:"addresses" doc:"an address or the name says free zone"`
	AtOwnSite        *bool         `expr:"at_restricted_site" at:"addresses" doc:"an address holds words of the seller's restricted sites"`
	Home             []string      `expr:"home" at:"country" doc:"codes of its country and those of its addresses"`
	Contacts         []string      `expr:"contacts" at:"phones" doc:"countries its telephone numbers and e-mail domains point to"`
	CustomerSince    string        `expr:"customer_since" at:"customer_since" doc:"day of its first order"`
	Says             []string      `expr:"says" doc:"what its name says it is: military, government, research, logistics, bank, trader"`
	Compared         []string      `expr:"compared" at:"matches" doc:"lists of the party's matches; missing where it was not compared"`
	OwnersKnown      *float64      `expr:"owners_known" at:"owners" doc:"share whose holders are named, 0 to 100"`
}

type lineFacts struct {
	place        string
	ID           string      `expr:"id"`
	Kind         string      `expr:"kind" doc:"goods, software, technology, spare or service"`
	Part         string      `expr:"part" at:"part_number"`
	Description  string      `expr:"description" at:"description"`
	HS6          string      `expr:"hs6" at:"hs" doc:"first six digits of the customs code"`
	Quantity     *float64    `expr:"quantity" at:"quantity"`
	Value        *float64    `expr:"value" at:"value"`
	ListPrice    *float64    `expr:"list_price" at:"/tables.price_list"`
	Origin       string      `expr:"origin" at:"origin"`
	Customised   bool        `expr:"customised"`
	USContent    *float64    `expr:"us_content" at:"contents" doc:"controlled US content, percent of value"`
	CNContent    *float64    `expr:"cn_content" at:"contents" doc:"controlled Chinese content, percent of value"`
	Control      string      `expr:"control" at:"classes" doc:"strongest control class in force or to verify: declared, confirmed, candidate, none"`
	CN           string      `expr:"cn" at:"classes" doc:"the same for China's dual-use list"`
	US           string      `expr:"us" at:"classes" doc:"the same for the EAR's control list"`
	Military     string      `expr:"military" at:"classes" doc:"the same for military lists and the 600 series"`
	Uncontrolled bool        `expr:"uncontrolled" doc:"the seller has determined that no list names the line"`
	Lists        []string    `expr:"lists" at:"classes" doc:"lists of its classes"`
	Codes        []string    `expr:"codes" at:"classes" doc:"codes of its classes"`
	Priority     string      `expr:"priority" at:"priority" doc:"Common High Priority tier, or none"`
	EndUse       *textFacts  `expr:"end_use" at:"end_use" doc:"the line's end use, or else the order's"`
	EndUser      *partyFacts `expr:"end_user" at:"/parties[roles=end_user]" doc:"the line's end user, or else the order's first"`
	Papers       []string    `expr:"papers" doc:"types of usable documents on file that cover the line and differ in no key element"`
	OwnSensitive *bool       `expr:"own_sensitive" at:"/tables.sensitive_items" doc:"on the seller's list of sensitive items"`
	Fits         *bool       `expr:"fits_buyer" at:"/tables.affinity" doc:"the goods fit the buyer's industry"`
	Implausible  *bool       `expr:"implausible" at:"/tables.implausible" doc:"above the technical level of the destination"`
	Fleet        *float64    `expr:"fleet" at:"/tables.fleet" doc:"number of end items the destination has for the part"`
	Recent       *float64    `expr:"recent_value" at:"/tables.history" doc:"value of the buyer's earlier orders of the same item within the window"`
	RecentCount  *int        `expr:"recent_count" at:"/tables.history" doc:"number of those orders that were below the limit"`
	ForListed    *bool       `expr:"designed_for_listed" at:"/tables.history" doc:"made for a customer of another name that is listed today"`
	Unlicensed   *bool       `expr:"sold_unlicensed" at:"/tables.history" doc:"an earlier delivery of the part lacked its licence"`
}

type matchFacts struct {
	place       string
	List        string   `expr:"list"`
	Regime      string   `expr:"regime"`
	Programme   string   `expr:"programme"`
	Entity      string   `expr:"entity" doc:"name of the listed entity"`
	Score       *float64 `expr:"score" at:"matches[*].score"`
	Confirmed   bool     `expr:"confirmed"`
	Status      string   `expr:"status" at:"matches[*].status"`
	Effect      string   `expr:"effect" doc:"what the effect matrix says"`
	By          string   `expr:"by" doc:"name, identifier, address, owner or person"`
	Percent     *float64 `expr:"percent" at:"owners[*].percent" doc:"share the listed owner holds"`
	AddressOnly bool     `expr:"address_only"`
}

type countryFacts struct {
	place string
	// marks are the marks that rest on a row worth citing.
	marks     []citedMark
	Code      string   `expr:"code"`
	As        []string `expr:"as" doc:"scope country: destination, route, delivery, bank, origin, end_user, consignee, buyer, party"`
	EAR       []string `expr:"ear" at:"/tables.ear_groups" doc:"EAR country groups"`
	UN        string   `expr:"un" at:"/tables.un_embargo" doc:"UN arms embargo in force: whole, area, groups, none"`
	UNVerify  string   `expr:"un_verify" at:"/tables.un_embargo" doc:"UN arms embargo whose status must be confirmed: the same, or none"`
	EU        string   `expr:"eu" at:"/tables.eu_embargo" doc:"EU arms embargo in force or to verify: arms, none"`
	Coalition string   `expr:"coalition" at:"/tables.coalition" doc:"member of the export control coalition, or outside"`
	Diversion string   `expr:"diversion" at:"/tables.diversion" doc:"transshipment, embargoed or none"`
	Sensitive string   `expr:"sensitive" at:"/tables.sensitive" doc:"the seller's own mark: review, stop or none"`
	CN        string   `expr:"cn" at:"/tables.cn_destination" doc:"barred or graded by China: barred, graded, none"`
	CNVerify  string   `expr:"cn_verify" at:"/tables.cn_destination" doc:"the same where the status must be confirmed"`
}

type textFacts struct {
	place    string
	analysis string
	Of       string      `expr:"of" doc:"end_use, note or instructions"`
	Text     string      `expr:"text" at:"text"`
	Code     string      `expr:"code" at:"code" doc:"civil, military, dual, government"`
	Kinds    []string    `expr:"kinds" at:"text" doc:"what the text affirms: nuclear, chemical, biological, missile, uav, military, police_surveillance, semiconductor, terrorism"`
	Vague    *bool       `expr:"vague" at:"text" doc:"the text states nothing definite"`
	Reexport *bool       `expr:"reexport" at:"reexport"`
	Site     *placeFacts `expr:"site" at:"site" doc:"where the goods will be installed"`
}

type placeFacts struct {
	place      string
	Text       string        `expr:"text" at:"text"`
	Country    *countryFacts `expr:"country" at:"country"`
	Use        string        `expr:"use" at:"use"`
	InFreeZone *bool         `expr:"in_free_zone" at:"/tables.free_zone"`
	Restricted *bool         `expr:"restricted" at:"/tables.sites" doc:"holds words of the seller's restricted sites"`
}

type changeFacts struct {
	place string
	Field string `expr:"field"`
	From  string `expr:"from" at:"from"`
	To    string `expr:"to" at:"to"`
	On    string `expr:"on" at:"on"`
}

type documentFacts struct {
	place      string
	Type       string `expr:"type"`
	Licence    bool   `expr:"licence" doc:"a single or general licence or registration certificate"`
	Status     string `expr:"status" at:"status" doc:"valid, revoked, forged, altered"`
	IssuedOn   string `expr:"issued_on" at:"issued_on"`
	ValidUntil string `expr:"valid_until" at:"valid_until"`
	Issuer     string `expr:"issuer" at:"issuer"`
	Lapsed     bool   `expr:"lapsed" doc:"its term ended before the as-of day"`
	Future     bool   `expr:"future" doc:"it was issued after the as-of day"`
	EndUsers   *int   `expr:"end_users" at:"/parties[roles=end_user]" doc:"number of end users of the lines it covers; missing where a line has none"`
	Bad        bool   `expr:"bad" doc:"it was found revoked, forged or altered"`
	SHA256     string `expr:"sha256" at:"sha256"`
	TwoHashes  bool   `expr:"two_hashes" doc:"another document of its type and number has another hash: one of them was changed"`
	// Commitments are what the signer of a certificate promises.
	Commitments []string `expr:"commitments" at:"commitments" doc:"what the signer promises: no_change of the end use, no_transfer, no_wmd, no_military"`
	Differs     []string `expr:"differs" doc:"key elements that are not the order's: item, destination, end_user, end_use"`
	Silent      []string `expr:"silent" doc:"key elements the paper or the order does not state, so that they cannot be compared"`
	Short       []string `expr:"short" doc:"what the lines it covers exceed: quantity, value"`
}

type ownFacts struct {
	place        string
	SplitLimit   *float64 `expr:"split_limit" at:"/tables.split_limit" doc:"order value from which the seller reviews closer"`
	FinanceLimit *float64 `expr:"finance_limit" at:"/tables.finance_limit" doc:"order value from which cash is unusual"`
	SpareRatio   *float64 `expr:"spare_ratio" at:"/tables.spare_ratio" doc:"usual share of spares"`
}

// worded gives a fact other words than its plain value where a reader needs more.
type worded interface {
	factOf(field string) (words string, ok bool)
}

// factOf says with a mark of a country on which row of its table it rests.
func (f *countryFacts) factOf(field string) (string, bool) {
	for _, m := range f.marks {
		if m.field == field {
			return m.words, true
		}
	}
	return "", false
}

// factOf says of the kinds of a text which words were read.
func (t *textFacts) factOf(field string) (string, bool) {
	if field == "kinds" && t.analysis != "" {
		return t.analysis, true
	}
	return "", false
}

// lacking is the table that a missing value of a field is for want of, "" where the field's `at` tag is right.
func (f *partyFacts) lacking(field string) string {
	switch {
	case field == "in_free_zone" && f.noZones:
		return "tables.free_zone"
	case field == "at_restricted_site" && f.noSites:
		return "tables.sites"
	}
	return ""
}

// placed is a struct of facts that stands at a path of the order.
type placed interface{ at() string }

func (f *orderFacts) at() string    { return f.place }
func (f *partyFacts) at() string    { return f.place }
func (f *lineFacts) at() string     { return f.place }
func (f *matchFacts) at() string    { return f.place }
func (f *countryFacts) at() string  { return f.place }
func (f *textFacts) at() string     { return f.place }
func (f *placeFacts) at() string    { return f.place }
func (f *changeFacts) at() string   { return f.place }
func (f *documentFacts) at() string { return f.place }
func (f *ownFacts) at() string      { return f.place }
