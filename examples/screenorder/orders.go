package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
	"github.com/ordergate/ordergate/testdata/orders"
)

// readOrders reads the files named, or the bundled orders where none is. What can be read is returned
// with an error that names the rest.
func readOrders(paths []string, mapping order.Options, stdin io.Reader) ([]screening.Order, error) {
	if len(paths) == 0 {
		return bundledOrders()
	}
	var all []screening.Order
	var errs []error
	for _, path := range paths {
		read, err := readFile(path, mapping, stdin)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", path, err))
		}
		all = append(all, read...)
	}
	return all, errors.Join(errs...)
}

func readFile(path string, mapping order.Options, stdin io.Reader) ([]screening.Order, error) {
	if path == "-" {
		orders, _, err := mapping.Read(stdin)
		return orders, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	orders, _, err := mapping.Read(f)
	return orders, errors.Join(err, f.Close())
}

func bundledOrders() ([]screening.Order, error) {
	entries, err := orders.FS.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []screening.Order
	for _, e := range entries {
		if e.Name() == "own-list.csv" {
			continue
		}
		f, err := orders.FS.Open(e.Name())
		if err != nil {
			return nil, err
		}
		read, _, err := order.Read(f)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		all = append(all, read...)
	}
	return all, nil
}
