package main

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening/render"
)

// stopReport prints the evidence that an exporter reports with: of the record of a report, since the law asks for what
// was known when the export was stopped.
func stopReport(c *call) action {
	key := c.keyFlag()
	lang := c.String("lang", "en", "language of the text: en or zh")
	asJSON := c.Bool("json", false, "print JSON instead of text")
	return func(args []string) error {
		tag, err := language.Parse(*lang)
		if err != nil {
			return fmt.Errorf("-lang: %w", err)
		}
		l, err := c.openRead(*key, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		rec, err := l.Get(c.ctx, args[1])
		if err != nil {
			return err
		}
		r, err := icp.DecodeReport(rec)
		if err != nil {
			return err
		}
		pack, err := r.StopReport()
		switch {
		case err != nil:
			return err
		case pack == nil:
			return fmt.Errorf("record %s: nothing in it must be reported", rec.ID)
		case *asJSON:
			text, err := pack.JSON()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.out, "%s\n", text)
			return err
		}
		return render.StopReport(c.out, pack, tag)
	}
}
