package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
	"github.com/ordergate/ordergate/testdata/orders"
)

// demoTokens are the tokens of the demonstration: people of the sample programme, an auditor, and an ERP. The first
// two are enough to release demoOrder.
var demoTokens = []struct {
	token access.Token
	about string
}{
	{reviewer("officer-a"), "Compliance Officer A, may decide up to 500,000 CNY"},
	{reviewer("officer-b"), "Compliance Officer B, likewise"},
	{reviewer("gm"), "General Manager, chair of the committee"},
	{reviewer("head-engineering"), "Head of Engineering, member of the committee"},
	{reviewer("head-logistics"), "Head of Logistics, member of the committee"},
	{reviewer("head-legal"), "Head of Legal, member of the committee"},
	{access.Token{Client: "auditor", Roles: []access.Role{access.Read}}, "an auditor: reads everything, moves nothing"},
	{access.Token{Client: "erp", Roles: []access.Role{access.Screen, access.Monitor}}, "the order system: sends orders, has no pages"},
}

// demoOrder is the sample order that the tutorial releases, and the currency that brings it within an officer's authority.
const (
	demoOrder    = "EX-1031"
	demoCurrency = "CNY"
)

func reviewer(person string) access.Token {
	return access.Token{Client: person, Person: person, Roles: []access.Role{access.Review}}
}

// demo fills in what a demonstration needs: a folder, lists of any age and, where no tokens are given, tokens that
// are made anew and printed once, and sample orders. clean removes the folder where it is a temporary one.
func demo(o *options, stdout io.Writer) (clean func(), err error) {
	clean = func() {}
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "ordergate-demo-"); err != nil {
			return clean, err
		}
		dir := o.dir
		clean = func() { _ = os.RemoveAll(dir) } // a temporary folder that stays behind does no harm
	}
	if err := os.MkdirAll(o.dir, 0o700); err != nil {
		return clean, err
	}
	o.anyAge = true
	for _, d := range demoTokens {
		if d.token.Person != "" { // only people with valid training may decide
			on := icp.Date(time.Now().UTC().Format(time.DateOnly))
			o.attended = append(o.attended, icp.Attendance{Person: d.token.Person, Course: "deciding", On: on, Score: 90})
		}
	}
	if o.tokens == "" {
		o.samples = true
		o.tokens = filepath.Join(o.dir, "tokens.json")
		err = writeDemoTokens(o.tokens, stdout)
	}
	return clean, err
}

func writeDemoTokens(path string, stdout io.Writer) error {
	var file struct {
		Tokens []access.Token `json:"tokens"`
	}
	fmt.Fprintln(stdout, "A demonstration: fictional company, people and orders. The built-in lists are a dated edition and")
	fmt.Fprintln(stdout, "accepted at any age: not to ship by. Open the address below in a browser, and sign in with one of")
	fmt.Fprintln(stdout, "these codes, shown this once:")
	fmt.Fprintln(stdout)
	for _, d := range demoTokens {
		token, sum := access.NewToken()
		t := d.token
		t.SHA256, t.Expires = sum, time.Now().AddDate(0, 0, 30)
		file.Tokens = append(file.Tokens, t)
		fmt.Fprintf(stdout, "  %-17s %s  %s\n", t.Client, token, d.about)
	}
	fmt.Fprintln(stdout)
	b, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o600)
}

// fill sends the sample orders, as an order system would. Sent again under the same keys they change nothing.
func (g *gateway) fill(ctx context.Context) error {
	names, err := fs.Glob(orders.FS, "*.json")
	if err != nil {
		return err
	}
	for _, name := range names {
		b, err := orders.FS.ReadFile(name)
		if err != nil {
			return err
		}
		all, _, err := order.Read(bytes.NewReader(b))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for i, o := range all {
			if err := g.send(ctx, fmt.Sprintf("%s %d", name, i), o); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

func (g *gateway) send(ctx context.Context, key string, o screening.Order) error {
	if o.ID == demoOrder {
		o.Currency = demoCurrency
	}
	_, err := g.desk.Screen(ctx, "erp", key, o)
	return err
}
