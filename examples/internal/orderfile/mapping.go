package orderfile

import (
	"errors"
	"fmt"
	"os"

	"github.com/ordergate/ordergate/screening/order"
)

// MappingUsage describes the flag by which programs take a mapping.
const MappingUsage = "JSON `file` of what your order system calls things: SAP partner functions and fields, Odoo fields"

// ReadMapping reads the file of a mapping; "" is none.
func ReadMapping(path string) (order.Options, error) {
	if path == "" {
		return order.Options{}, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return order.Options{}, fmt.Errorf("-mapping: %w", err)
	}
	o, err := order.ReadOptions(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return order.Options{}, fmt.Errorf("-mapping %s: %w", path, err)
	}
	return o, nil
}
