package sap

import "github.com/ordergate/ordergate/screening"

// Mapping says what a client has defined beyond the standard. The zero value works.
type Mapping struct {
	// Functions are partner functions and the role each stands for, beside and before the standard ones:
	// {"Z1": screening.EndUser, "ZA": screening.Agent}. The role "" leaves a function out.
	Functions map[string]screening.Role `json:"functions"`
	// Seller is the seller party, added to every order unless its name is empty.
	Seller screening.Party `json:"seller"`

	// Custom fields of the header; the defaults are ZZ1_EndUse_SDH (text of the end use) and
	// ZZ1_Destination_SDH (country where the goods stay; without it the ship-to party's country).
	EndUse      string `json:"end_use"`
	Destination string `json:"destination"`
	// Custom fields of the item; the defaults are ZZ1_CommodityCode_SDI (customs code),
	// ZZ1_ControlCode_SDI (control list entry) and ZZ1_Origin_SDI (country of origin).
	CommodityCode string `json:"commodity_code"`
	ControlCode   string `json:"control_code"`
	Origin        string `json:"origin"`
	// ControlList is the list ControlCode belongs to; the default is CN-DUCL.
	ControlList string `json:"control_list"`
}

func (m Mapping) withDefaults() Mapping {
	set := func(s *string, d string) {
		if *s == "" {
			*s = d
		}
	}
	set(&m.EndUse, "ZZ1_EndUse_SDH")
	set(&m.Destination, "ZZ1_Destination_SDH")
	set(&m.CommodityCode, "ZZ1_CommodityCode_SDI")
	set(&m.ControlCode, "ZZ1_ControlCode_SDI")
	set(&m.Origin, "ZZ1_Origin_SDI")
	set(&m.ControlList, "CN-DUCL")
	return m
}

// The standard partner functions in the two languages they are mostly shown in, and EU.
var (
	german = map[string]screening.Role{
		"AG": screening.Buyer, "WE": screening.Consignee, "RE": screening.Payer, "RG": screening.Payer,
		"SP": screening.Forwarder, "EU": screening.EndUser,
	}
	english = map[string]screening.Role{
		"SP": screening.Buyer, "SH": screening.Consignee, "BP": screening.Payer, "PY": screening.Payer,
		"CR": screening.Forwarder, "EU": screening.EndUser,
	}
)

// role is what a partner function stands for; known is false for a function nobody has explained.
func (m Mapping) role(function string, standard map[string]screening.Role) (r screening.Role, known bool) {
	if r, ok := m.Functions[function]; ok {
		return r, true
	}
	r, known = standard[function]
	return r, known
}
