package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
)

// demoTokens are the tokens of the demonstration: an ERP, and the people who decide.
var demoTokens = []struct {
	token access.Token
	about string
}{
	{access.Token{Client: "erp", Roles: []access.Role{access.Screen, access.Monitor}}, "the ERP: sends orders"},
}

// demo fills in what a demonstration needs: a folder, tokens that are made anew and printed once, and lists of
// any age. clean removes the folder where it is a temporary one.
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
	if o.tokens == "" {
		o.tokens = filepath.Join(o.dir, "tokens.json")
		err = writeDemoTokens(o.tokens, stdout)
	}
	return clean, err
}

func writeDemoTokens(path string, stdout io.Writer) error {
	var file struct {
		Tokens []access.Token `json:"tokens"`
	}
	fmt.Fprintln(stdout, "Demonstration. The built-in lists are a dated edition and accepted at any age: not to ship by.")
	fmt.Fprintln(stdout, "Tokens, shown this once:")
	for _, d := range demoTokens {
		token, sum := access.NewToken()
		t := d.token
		t.SHA256, t.Expires = sum, time.Now().AddDate(0, 0, 30)
		file.Tokens = append(file.Tokens, t)
		fmt.Fprintf(stdout, "  %-12s %s  %s\n", t.Client, token, d.about)
	}
	b, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o600)
}
