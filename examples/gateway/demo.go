package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/icp"
)

// demoTokens are the tokens of the demonstration: an ERP, an auditor, and people of the sample programme.
var demoTokens = []struct {
	token access.Token
	about string
}{
	{access.Token{Client: "erp", Roles: []access.Role{access.Screen, access.Monitor}}, "the ERP: sends orders"},
	{access.Token{Client: "auditor", Roles: []access.Role{access.Read}}, "an auditor: reads everything"},
	{reviewer("officer-a"), "compliance officer, may decide alone up to 500,000 CNY"},
	{reviewer("officer-b"), "compliance officer"},
	{reviewer("gm"), "chair of the committee"},
	{reviewer("head-engineering"), "member of the committee"},
	{reviewer("head-logistics"), "member of the committee"},
	{reviewer("head-legal"), "member of the committee"},
}

func reviewer(person string) access.Token {
	return access.Token{Client: person, Person: person, Roles: []access.Role{access.Review}}
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
	for _, d := range demoTokens {
		if d.token.Person != "" { // only people with valid training may decide
			on := icp.Date(time.Now().UTC().Format(time.DateOnly))
			o.attended = append(o.attended, icp.Attendance{Person: d.token.Person, Course: "deciding", On: on, Score: 90})
		}
	}
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
		fmt.Fprintf(stdout, "  %-17s %s  %s\n", t.Client, token, d.about)
	}
	b, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o600)
}
