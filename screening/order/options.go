package order

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/odoo"
	"github.com/ordergate/ordergate/screening/order/sap"
)

// Options say what an ERP's client has defined beyond the standard. The zero value works.
type Options struct {
	SAP  sap.Mapping  `json:"sap"`
	Odoo odoo.Mapping `json:"odoo"`
}

// maxOptions bounds a file of options, in bytes.
const maxOptions = 1 << 20

// ReadOptions reads options from JSON, for programs whose users say by a file what their ERP calls things:
//
//	{"sap":  {"functions": {"Z1": "end_user"}, "seller": {"name": "Example Works", "country": "CN"}, "end_use": "YY1_EndUse_SDH"},
//	 "odoo": {"end_user": "x_studio_end_user"}}
//
// An unknown field is an error, and so is a role that is none of [screening.Roles] nor "".
func ReadOptions(r io.Reader) (Options, error) {
	d := json.NewDecoder(io.LimitReader(r, maxOptions))
	d.DisallowUnknownFields()
	var o Options
	if err := d.Decode(&o); err != nil {
		return Options{}, fmt.Errorf("order options: %w", err)
	}
	var errs []error
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		errs = append(errs, errors.New("order options: something follows the object"))
	}
	for _, function := range slices.Sorted(maps.Keys(o.SAP.Functions)) {
		if role := o.SAP.Functions[function]; role != "" && !slices.Contains(screening.Roles, role) {
			errs = append(errs, fmt.Errorf("order options: sap.functions.%s: %q is no role; want one of %v", function, role, screening.Roles))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return Options{}, err
	}
	return o, nil
}
