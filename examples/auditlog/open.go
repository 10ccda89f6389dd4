package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/postgres"
	"github.com/ordergate/ordergate/icp/record/sqlite"
)

func (c *call) keyFlag() *string {
	return c.String("key", "", "the log's public key, or a file that holds it (required)")
}

func (c *call) signerFlag() *string {
	return c.String("signer", "", "the file with the log's private key (required)")
}

// openRead opens a log to be read, with -key.
func (c *call) openRead(key, name string) (*record.Log, error) {
	key, err := publicKey(key)
	if err != nil {
		return nil, err
	}
	return c.open(name, record.Config{Verifier: key}, true)
}

// openWrite opens a log to be appended to, or begins one, with -signer.
func (c *call) openWrite(key, name string) (*record.Log, error) {
	if key == "" {
		return nil, errUsage
	}
	info, err := os.Stat(key)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s may be read by others: chmod 600", filepath.Base(key))
	}
	data, err := os.ReadFile(key)
	if err != nil {
		return nil, err
	}
	signer, verifier, _ := strings.Cut(strings.TrimSpace(string(data)), "\n")
	return c.open(name, record.Config{Signer: signer, Verifier: verifier}, false)
}

func (c *call) open(name string, cfg record.Config, readOnly bool) (l *record.Log, err error) {
	if strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://") {
		cfg.Store, err = postgres.Open(c.ctx, name, postgres.Options{})
	} else {
		cfg.Store, err = sqlite.Open(c.ctx, name, sqlite.Options{ReadOnly: readOnly})
	}
	if err != nil {
		return nil, err
	}
	if l, err = record.Open(c.ctx, cfg); err != nil {
		return nil, errors.Join(err, cfg.Store.Close())
	}
	return l, nil
}

// publicKey is the -key, or what the file that it names holds.
func publicKey(key string) (string, error) {
	if key == "" {
		return "", errUsage
	}
	if _, err := note.NewVerifier(key); err == nil {
		return key, nil
	}
	data, err := os.ReadFile(key)
	if err != nil {
		return "", fmt.Errorf("-key is neither a public key nor a file: %w", err)
	}
	return strings.TrimSpace(string(data)), nil
}

func keygen(c *call) action {
	name := c.String("name", "", "the log's name, such as exports.example.com/records (required)")
	dir := c.String("dir", ".", "where signer.key and public.key are written")
	return func(_ []string) error {
		if *name == "" {
			return errUsage
		}
		signer, verifier, err := record.GenerateKey(*name)
		if err != nil {
			return err
		}
		for _, f := range []struct {
			name, text string
			mode       os.FileMode
		}{{"signer.key", signer + "\n" + verifier + "\n", 0o600}, {"public.key", verifier + "\n", 0o644}} {
			path := filepath.Join(*dir, f.name)
			file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.mode) // never over an older key
			if err != nil {
				return err
			}
			_, err = file.WriteString(f.text)
			if err := errors.Join(err, file.Close()); err != nil {
				return err
			}
		}
		fmt.Fprintln(c.out, verifier)
		return nil
	}
}
