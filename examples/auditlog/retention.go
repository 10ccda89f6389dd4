package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/search"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/internal/terminal"
)

func due(c *call) action {
	key := c.keyFlag()
	asOf := c.String("asof", "", "the day, 2006-01-02; today in UTC where not given")
	return func(args []string) error {
		day := dated.DateOf(c.now())
		if s := *asOf; s != "" {
			var err error
			if day, err = dated.ParseDate(s); err != nil {
				return err
			}
		}
		l, err := c.openRead(*key, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		terms, err := l.Due(c.ctx, day)
		if err != nil {
			return err
		}
		for _, t := range terms {
			held := ""
			if t.Hold != "" {
				held = "held: " + t.Hold
			}
			fmt.Fprintf(c.out, "%s\t%s\t%s\t%d\t%s\n", t.DueOn, terminal.Plain(t.Subject), t.Rule.Regime, t.Records, terminal.Plain(held))
		}
		return nil
	}
}

// orderFlags say who ordered a hold, its end or a deletion, and why.
func (c *call) orderFlags() (by, reason *string) {
	return c.String("by", "", "who ordered it, by role or number: it cannot be erased (required)"),
		c.String("reason", "", "why (required)")
}

func hold(c *call) action {
	signer := c.signerFlag()
	id := c.String("id", "", "the id of the record that this makes (required)")
	name := c.String("name", "", "the hold's name (required)")
	subject := c.list("subject", "an order, case or licence to hold")
	all := c.Bool("all", false, "hold the whole log")
	by, reason := c.orderFlags()
	return func(args []string) error {
		l, err := c.openWrite(*signer, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		_, err = l.PlaceHold(c.ctx, *id, c.now(), record.Hold{Name: *name, Subjects: *subject, All: *all,
			By: *by, Reason: *reason})
		return err
	}
}

func lift(c *call) action {
	signer := c.signerFlag()
	id := c.String("id", "", "the id of the record that this makes (required)")
	name := c.String("name", "", "the hold's name (required)")
	by, reason := c.orderFlags()
	return func(args []string) error {
		l, err := c.openWrite(*signer, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		_, err = l.LiftHold(c.ctx, *id, c.now(), *name, *by, *reason)
		return err
	}
}

func deleteRecords(c *call) action {
	signer := c.signerFlag()
	id := c.String("id", "", "the id of the record that this makes (required)")
	subject := c.list("subject", "an order, case or licence to delete (required)")
	personal := c.Bool("personal", false, "erase personal data only")
	by, reason := c.orderFlags()
	return func(args []string) error {
		l, err := c.openWrite(*signer, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		pos, err := l.Delete(c.ctx, record.DeletionOrder{ID: *id, Time: c.now(), By: *by, Reason: *reason,
			Subjects: *subject, PersonalOnly: *personal})
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "record %d\n", pos.Index)
		return c.forget(l, args[0]+".index")
	}
}

// forget takes what was deleted out of the search index too, where there is one.
func (c *call) forget(l *record.Log, path string) error {
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	x, err := search.Open(c.ctx, path, l)
	if err != nil {
		return err
	}
	return errors.Join(x.Update(c.ctx), x.Close())
}
