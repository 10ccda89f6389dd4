// Package scalar reads the single values that order documents hold: decimal numbers and dates.
package scalar

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/shopspring/decimal"
)

var number = regexp.MustCompile(`^-?[0-9]{1,18}(\.[0-9]{1,12})?$`)

// Decimal reads a number of the form -1234.56, at most 18 digits before and 12 after the point. Exponents
// are refused since a short text may then stand for a number of any size, thousands separators since
// "1,234" is one number in London and another in Berlin.
func Decimal(s string) (screening.Decimal, error) {
	if !number.MatchString(s) {
		return screening.Decimal{}, fmt.Errorf("%s is not a number of the form 1234.56 (at most 18 digits before and 12 after the point)", fault.Quote(s))
	}
	return decimal.NewFromString(s)
}

// Date reads a date of the form 2006-01-02; "" is none.
func Date(s string) (screening.Date, error) {
	if s == "" {
		return "", nil
	}
	d, err := dated.ParseDate(s)
	if err != nil {
		return "", fmt.Errorf("%s is not a date of the form 2006-01-02", fault.Quote(s))
	}
	return d, nil
}

// Float reads a number as a program prints a binary floating-point one (33.0, 1e-05,
// 33609.140000000003), rounded to six places; below 10^15.
func Float(s string) (screening.Decimal, error) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) >= 1e15 {
		return screening.Decimal{}, fmt.Errorf("%s is not a number below 10^15", fault.Quote(s))
	}
	return decimal.NewFromFloat(f).Round(6), nil
}
