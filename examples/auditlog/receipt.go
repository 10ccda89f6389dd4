package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/terminal"
	"github.com/ordergate/ordergate/screening/order"
)

func makeReceipt(c *call) action {
	key := c.keyFlag()
	return func(args []string) error {
		l, err := c.openRead(*key, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		text, err := l.Receipt(c.ctx, args[1])
		if err != nil {
			return err
		}
		_, err = c.out.Write(text)
		return err
	}
}

// errOther ends with status 2: the receipt is sound, and of another order.
var errOther = errors.New("the receipt is not of this order as it was screened")

func checkReceipt(c *call) action {
	key := c.keyFlag()
	orderFile := c.String("order", "", "a file with the order, in any form that is read, to see whether the receipt is of it")
	return func(args []string) error {
		key, err := publicKey(*key)
		if err != nil {
			return err
		}
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		text, err := io.ReadAll(io.LimitReader(f, 8<<20))
		if err != nil {
			return err
		}
		r, err := record.CheckReceipt(text, key)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "the receipt verifies\nlog\t%s\nrecord\t%d of %d: %s (%s)\ntime\t%s\n",
			r.Origin, r.Index, r.TreeSize, terminal.Plain(r.ID), r.Kind, r.Time.Format("2006-01-02 15:04:05 MST"))
		statement := json.NewDecoder(bytes.NewReader(r.Statement))
		statement.UseNumber()
		if err := writeFields(c.out, "", statement); err != nil {
			return err
		}
		if *orderFile == "" {
			return nil
		}
		if err := sameOrder(r.Statement, *orderFile); err != nil {
			return err
		}
		fmt.Fprintln(c.out, "the order is the one that was screened")
		return nil
	}
}

// writeFields writes a JSON value as lines of path and value, in its own order.
func writeFields(w io.Writer, path string, dec *json.Decoder) error {
	t, err := dec.Token()
	if err != nil {
		return err
	}
	open, nested := t.(json.Delim)
	if !nested {
		if t == nil {
			t = "null"
		}
		_, err = fmt.Fprintf(w, "%s\t%s\n", terminal.Plain(path), terminal.Plain(fmt.Sprint(t)))
		return err
	}
	for i := 0; dec.More(); i++ {
		name := fmt.Sprintf("%s[%d]", path, i)
		if open == '{' {
			key, err := dec.Token()
			if err != nil {
				return err
			}
			name = strings.TrimPrefix(fmt.Sprintf("%s.%v", path, key), ".")
		}
		if err := writeFields(w, name, dec); err != nil {
			return err
		}
	}
	_, err = dec.Token() // what closes it
	return err
}

// sameOrder checks that the statement of a screening is about the order in a file.
func sameOrder(statement []byte, path string) error {
	var screened struct {
		Order string `json:"order_sha256"`
	}
	if err := json.Unmarshal(statement, &screened); err != nil || screened.Order == "" {
		return errors.New("the receipt's statement names no order by its SHA-256")
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	read, _, err := order.Read(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for i := range read {
		o, err := read[i].Normalise()
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		canonical, err := o.JSON()
		if err != nil {
			return err
		}
		if fmt.Sprintf("%x", sha256.Sum256(canonical)) == screened.Order {
			return nil
		}
	}
	return errOther
}
