package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/search"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/internal/terminal"
)

func appendRecord(c *call) action {
	signer := c.signerFlag()
	kind := c.String("kind", string(record.Document), "the record's kind")
	subject := c.String("subject", "", "the order, case or licence it belongs to; the record itself where not given")
	statement := c.String("statement", "", "a JSON file that a receipt will disclose")
	hash := c.Bool("hash", false, "record the file, of whatever form, by its name, size and SHA-256 only")
	personal := c.String("personal", "", "a JSON file about natural persons")
	outcome := c.String("outcome", "", "the outcome, to be found by")
	party := c.list("party", "a party, to be found by")
	country := c.list("country", "a country's code, to be found by")
	document := c.list("document", "a document number, to be found by")
	regime := c.list("regime", "a regime of retention: CN, EAR, OFAC, UK; all where not given")
	return func(args []string) error {
		e := record.Entry{ID: args[1], Kind: record.Kind(*kind), Time: c.now(), Subject: *subject, Regimes: *regime,
			Keys: record.Keys{Parties: *party, Countries: *country, Documents: *document, Outcome: *outcome}}
		body := args[2]
		if *hash {
			var err error
			if e.Body, err = documentBody(body); err != nil {
				return err
			}
			body = ""
		}
		for _, f := range []struct {
			path string
			into *json.RawMessage
		}{{body, &e.Body}, {*statement, &e.Statement}, {*personal, &e.Personal}} {
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

// documentBody is the record of a document that is kept elsewhere.
func documentBody(path string) (json.RawMessage, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	size, err := io.Copy(h, f)
	if err != nil {
		return nil, err
	}
	return json.Marshal(struct {
		Name   string `json:"name"`
		Size   int64  `json:"size"`
		SHA256 string `json:"sha256"`
	}{filepath.Base(path), size, fmt.Sprintf("%x", h.Sum(nil))})
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
			fields := []string{string(rec.Kind), rec.ID, rec.Subject, rec.Keys.Outcome, strings.Join(append(rec.Keys.Parties, rec.Keys.Persons...), "; ")}
			for i, f := range fields {
				fields[i] = terminal.Plain(f)
			}
			fmt.Fprintf(c.out, "%d\t%s\t%s\n", rec.Index, rec.Time.Format(time.RFC3339), strings.Join(fields, "\t"))
		}
		fmt.Fprintf(c.out, "%d of %d\n", len(res.Records), res.Total)
		return nil
	}
}
