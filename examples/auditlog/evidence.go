package main

import (
	"errors"
	"fmt"
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
		trusted, err := readFiles(*checkpoints)
		if err != nil {
			return err
		}
		if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
			return verifyPublished(c, *key, args[0], trusted)
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

// readFiles is what the files hold.
func readFiles(names []string) (all [][]byte, err error) {
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func verifyPublished(c *call, key, dir string, trusted [][]byte) error {
	key, err := publicKey(key)
	if err != nil {
		return err
	}
	v, err := record.VerifyPublished(os.DirFS(dir), key, trusted...)
	for _, p := range v.Problems {
		fmt.Fprintln(c.out, p)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "tree of %s verifies: %d records, root %s, goes on from %d trusted checkpoints\n",
		v.Checkpoint.Origin, v.Checkpoint.Size, v.Checkpoint.Hash, len(trusted))
	return nil
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
		var err error
		if o.Earlier, err = readFiles(*earlier); err != nil {
			return err
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
			// Whoever follows the log must not find half a checkpoint.
			if err := os.WriteFile(path+".new", data, 0o644); err != nil {
				return err
			}
			return os.Rename(path+".new", path)
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%d records\n", size)
		return nil
	}
}
