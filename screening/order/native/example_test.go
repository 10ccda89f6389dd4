package native_test

import (
	"fmt"
	"strings"

	"github.com/ordergate/ordergate/screening/order/native"
)

// A field that is misspelt is refused: it would be a check that silently does not happen.
func ExampleRead() {
	_, err := native.Read(strings.NewReader(`{"id": "SO-1", "date": "2026-10-12", "partys": []}`))
	fmt.Println(err)
	// Output:
	// order (native): line 1:38: partys: is not a field of an order; did you mean "parties"?
}
