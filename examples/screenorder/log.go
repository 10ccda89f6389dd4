package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
)

// Beside a log file stand its private key, its public key, and the archive of what its reports were
// made from.
func signerOf(path string) string   { return path + ".key" }
func verifierOf(path string) string { return path + ".pub" }
func archiveOf(path string) string  { return path + ".archive" }

// openLog opens the log at path; with create it makes log and keys where there are none.
func openLog(ctx context.Context, path string, create bool) (*record.Log, error) {
	if _, err := os.Stat(verifierOf(path)); create && errors.Is(err, os.ErrNotExist) {
		if err := makeKeys(path); err != nil {
			return nil, err
		}
	}
	var cfg record.Config
	pub, err := os.ReadFile(verifierOf(path))
	if err != nil {
		return nil, err
	}
	cfg.Verifier = strings.TrimSpace(string(pub))
	if create {
		key, err := os.ReadFile(signerOf(path))
		if err != nil {
			return nil, err
		}
		cfg.Signer = strings.TrimSpace(string(key))
	} else if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	cfg.Store = store
	log, err := record.Open(ctx, cfg)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return log, nil
}

func makeKeys(path string) error {
	signer, verifier, err := record.GenerateKey("ordergate-screenorder")
	if err != nil {
		return err
	}
	if err := os.WriteFile(signerOf(path), []byte(signer+"\n"), 0o600); err != nil {
		return err
	}
	return os.WriteFile(verifierOf(path), []byte(verifier+"\n"), 0o644)
}

// verify checks every record of a log against its tree and signed head.
func verify(ctx context.Context, path string, w io.Writer) (err error) {
	log, err := openLog(ctx, path, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	res, err := log.Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s: %d records, all as they were recorded; head signed by %s\n", path, res.Records, log.Origin())
	return nil
}

// replay makes every recorded report again from the archive.
func replay(ctx context.Context, path string, w io.Writer) (err error) {
	log, err := openLog(ctx, path, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	c, err := classify.New(classify.Config{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	replayer := screening.NewReplayer(lists.DirStore(archiveOf(path)), c)
	defer func() { err = errors.Join(err, replayer.Close()) }()
	n := 0
	for rec, err := range log.Iterate(ctx, 0) {
		if err != nil {
			return err
		}
		if rec.Kind != record.Report {
			continue
		}
		r, err := icp.DecodeReport(rec)
		if err != nil {
			return err
		}
		rep, err := replayer.Replay(ctx, r)
		if err != nil {
			return err
		}
		n++
		fmt.Fprintf(w, "%s  %-10s  order %s: the same, byte for byte\n", rep.ID, rep.Outcome, rep.Order.ID)
	}
	fmt.Fprintf(w, "%s: %d reports replayed\n", path, n)
	return nil
}
