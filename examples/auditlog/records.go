package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/search"
	"github.com/ordergate/ordergate/internal/dated"
)

func appendRecord(c *call) action {
	signer := c.signerFlag()
	kind := c.String("kind", string(record.Document), "the record's kind")
	subject := c.String("subject", "", "the order, case or licence it belongs to; the record itself where not given")
	statement := c.String("statement", "", "a JSON file that a receipt will disclose")
	personal := c.String("personal", "", "a JSON file about natural persons")
	outcome := c.String("outcome", "", "the outcome, to be found by")
	party := c.list("party", "a party, to be found by")
	country := c.list("country", "a country's code, to be found by")
	document := c.list("document", "a document number, to be found by")
	regime := c.list("regime", "a regime of retention: CN, EAR, OFAC, UK; all where not given")
	return func(args []string) error {
		e := record.Entry{ID: args[1], Kind: record.Kind(*kind), Time: c.now(), Subject: *subject, Regimes: *regime,
			Keys: record.Keys{Parties: *party, Countries: *country, Documents: *document, Outcome: *outcome}}
		for _, f := range []struct {
			path string
			into *json.RawMessage
		}{{args[2], &e.Body}, {*statement, &e.Statement}, {*personal, &e.Personal}} {
			if f.path == "" {
				continue
			}
			data, err := os.ReadFile(f.path)
			if err != nil {
				return err
			}
			var compact bytes.Buffer
			if err := json.Compact(&compact, data); err != nil {
				return fmt.Errorf("%s: %w", f.path, err)
			}
			*f.into = compact.Bytes()
		}
		l, err := c.openWrite(*signer, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		pos, err := l.Append(c.ctx, e)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "record %d\n", pos.Index)
		return nil
	}
}

func show(c *call) action {
	key := c.keyFlag()
	return func(args []string) error {
		l, err := c.openRead(*key, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		rec, err := l.Get(c.ctx, args[1])
		if err != nil {
			return err
		}
		enc := json.NewEncoder(c.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(rec)
	}
}

func find(c *call) action {
	key := c.keyFlag()
	party := c.String("party", "", "words of a party's or person's name")
	country := c.String("country", "", "a country's code")
	document := c.String("document", "", "a document number or subject")
	outcome := c.String("outcome", "", "an outcome")
	kind := c.String("kind", "", "a kind of record")
	from := c.String("from", "", "the first day, 2006-01-02")
	to := c.String("to", "", "the last day")
	index := c.String("index", "", "the directory of the index; LOG.index where LOG is a file, else in memory")
	limit := c.Int("limit", 50, "the most records printed")
	return func(args []string) error {
		l, err := c.openRead(*key, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		path := *index
		if path == "" && !strings.Contains(args[0], "://") {
			path = args[0] + ".index"
		}
		x, err := search.Open(c.ctx, path, l)
		if err != nil {
			return err
		}
		defer x.Close()
		res, err := x.Search(c.ctx, search.Query{Party: *party, Country: *country, Document: *document,
			Outcome: *outcome, Kind: record.Kind(*kind), From: dated.Date(*from), To: dated.Date(*to), Limit: *limit})
		if err != nil {
			return err
		}
		for _, rec := range res.Records {
			fmt.Fprintf(c.out, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", rec.Index, rec.Time.Format(time.RFC3339), rec.Kind, rec.ID, rec.Subject,
				rec.Keys.Outcome, strings.Join(append(rec.Keys.Parties, rec.Keys.Persons...), "; "))
		}
		fmt.Fprintf(c.out, "%d of %d\n", len(res.Records), res.Total)
		return nil
	}
}
