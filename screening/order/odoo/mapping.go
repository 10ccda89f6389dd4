package odoo

// Mapping names the fields a client has added. The zero value works.
type Mapping struct {
	// Fields of sale.order; the defaults are x_end_user_id (many2one to res.partner) and x_end_use (text).
	EndUser string `json:"end_user"`
	EndUse  string `json:"end_use"`
	// ControlCode is a field of product.product with a control list entry; the default is
	// x_control_code. ControlList is the list it belongs to; the default is CN-DUCL.
	ControlCode string `json:"control_code"`
	ControlList string `json:"control_list"`
}

func (m Mapping) withDefaults() Mapping {
	set := func(s *string, d string) {
		if *s == "" {
			*s = d
		}
	}
	set(&m.EndUser, "x_end_user_id")
	set(&m.EndUse, "x_end_use")
	set(&m.ControlCode, "x_control_code")
	set(&m.ControlList, "CN-DUCL")
	return m
}
