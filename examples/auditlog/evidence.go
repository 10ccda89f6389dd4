package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/dated"
)

func verify(c *call) action {
	key := c.keyFlag()
	checkpoints := c.list("trusted", "a file with a signed checkpoint kept elsewhere, from which the log must go on")
	return func(args []string) error {
		if strings.HasSuffix(args[0], ".zip") {
			return verifyPack(c, *key, args[0])
		}
		var trusted [][]byte
		for _, name := range *checkpoints {
			signed, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			trusted = append(trusted, signed)
		}
		l, err := c.openRead(*key, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		v, err := l.Verify(c.ctx, trusted...)
		for _, p := range v.Problems {
			fmt.Fprintln(c.out, p)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%s verifies: %d records, %d parts, %d erased as recorded, %d tiles, root %s\n",
			v.Checkpoint.Origin, v.Records, v.Parts, v.Erased, v.Tiles, v.Checkpoint.Hash)
		if len(trusted) == 0 {
			fmt.Fprintln(c.out, "no trusted checkpoint was given: an older copy of the whole log would verify as well")
		}
		return nil
	}
}

func verifyPack(c *call, key, name string) error {
	key, err := publicKey(key)
	if err != nil {
		return err
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	v, err := record.VerifyPack(f, info.Size(), key)
	for _, p := range v.Problems {
		fmt.Fprintln(c.out, p)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "pack of %s, made %s, verifies: %d records of a log of %d, %d parts, %d files, whole tree: %t\n",
		v.Checkpoint.Origin, v.Made, v.Records, v.Checkpoint.Size, v.Parts, v.Files, v.Tiles)
	return nil
}

func checkpoint(c *call) action {
	key := c.keyFlag()
	return func(args []string) error {
		l, err := c.openRead(*key, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		signed, err := l.Checkpoint(c.ctx)
		if err != nil {
			return err
		}
		_, err = c.out.Write(signed)
		return err
	}
}

func prove(c *call) action {
	key := c.keyFlag()
	old := c.String("old", "", "a file with an earlier signed checkpoint")
	return func(args []string) error {
		old := *old
		if (old == "") == (len(args) == 1) {
			return errUsage
		}
		l, err := c.openRead(*key, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		if old == "" {
			rec, err := l.Get(c.ctx, args[1])
			if err != nil {
				return err
			}
			p, err := l.ProveInclusion(c.ctx, rec.Index)
			if err != nil {
				return err
			}
			_, err = c.out.Write(p.Text())
			return err
		}
		signed, err := os.ReadFile(old)
		if err != nil {
			return err
		}
		p, err := l.ProveConsistency(c.ctx, signed)
		if err != nil {
			return err
		}
		for _, h := range p.Hashes {
			fmt.Fprintln(c.out, h)
		}
		_, err = fmt.Fprintf(c.out, "\n%s", p.New)
		return err
	}
}

func export(c *call) action {
	signer := c.signerFlag()
	subject := c.list("subject", "an order, case or licence to export; the whole log where not given")
	from := c.String("from", "", "the first day of the records' time, 2006-01-02")
	to := c.String("to", "", "the last day")
	personal := c.Bool("personal", false, "include personal data")
	tiles := c.Bool("tiles", false, "include the whole tree, as witnesses follow it")
	earlier := c.list("earlier", "a file with a signed checkpoint published before")
	files := c.String("files", "", "a directory of snapshots, rules and programme to include")
	return func(args []string) error {
		o := record.ExportOptions{Subjects: *subject, Personal: *personal, Tiles: *tiles, Time: c.now()}
		for _, d := range []string{*from, *to} {
			if _, err := dated.ParseDate(d); d != "" && err != nil {
				return err
			}
		}
		o.From = dated.Date(*from).Time()
		if to := dated.Date(*to); to != "" {
			o.To = to.AddDays(1).Time()
		}
		for _, name := range *earlier {
			signed, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			o.Earlier = append(o.Earlier, signed)
		}
		if dir := *files; dir != "" {
			o.Files = os.DirFS(dir)
		}
		l, err := c.openWrite(*signer, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		f, err := os.CreateTemp(filepath.Dir(args[1]), ".pack-*") // no half a pack under the name asked for
		if err != nil {
			return err
		}
		n, err := l.Export(c.ctx, f, o)
		if err = errors.Join(err, f.Close()); err != nil {
			return errors.Join(err, os.Remove(f.Name()))
		}
		fmt.Fprintf(c.out, "%d records\n", n)
		return os.Rename(f.Name(), args[1])
	}
}

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

func checkReceipt(c *call) action {
	key := c.keyFlag()
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
		fmt.Fprintf(c.out, "the receipt verifies\nlog       %s\nrecord    %d of %d: %s (%s)\ntime      %s\nstatement %s\n",
			r.Origin, r.Index, r.TreeSize, r.ID, r.Kind, r.Time.Format("2006-01-02 15:04:05 MST"), r.Statement)
		return nil
	}
}

func publish(c *call) action {
	key := c.keyFlag()
	old := c.Int64("old", 0, "the number of records published before; their files are left as they are")
	return func(args []string) error {
		l, err := c.openRead(*key, args[0])
		if err != nil {
			return err
		}
		defer l.Close()
		size, err := l.Publish(c.ctx, *old, func(name string, data []byte) error {
			path := filepath.Join(args[1], filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return err
			}
			return os.WriteFile(path, data, 0o644)
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%d records\n", size)
		return nil
	}
}
