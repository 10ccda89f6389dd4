package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/ordergate/ordergate/screening"
)

// The files of a results folder.
const (
	recordsFile = "results.jsonl"
	tableFile   = "results.csv"
	bookFile    = "results.xlsx"
	errorsFile  = "errors.jsonl"
)

// maxRecord bounds one line of results.jsonl when it is read back.
const maxRecord = 64 << 20

// results is the folder of a run. It is the screener's recorder: a record is on disk before Screen
// returns its report.
type results struct {
	dir string
	// lang is the language of the tables.
	lang string

	mu      sync.Mutex
	records *os.File
	errors  *os.File
	err     error // the first failure to write
	// earlier are the records of a run that is resumed, by the order's key.
	earlier map[string]earlier
}

type earlier struct {
	row    row
	asOf   string
	inputs string
}

// openResults makes the folder. Without resume it must hold no results yet: they are never overwritten.
func openResults(dir, lang string, resume bool) (*results, error) {
	r := &results{dir: dir, lang: lang, earlier: map[string]earlier{}}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	flags := os.O_RDWR | os.O_CREATE
	if !resume {
		flags |= os.O_EXCL
	}
	var err error
	r.records, err = os.OpenFile(r.path(recordsFile), flags, 0o600)
	switch {
	case errors.Is(err, os.ErrExist):
		return nil, fmt.Errorf("%s already holds results; give another folder with -out, or go on with -resume", dir)
	case err != nil:
		return nil, err
	}
	if err := r.load(); err != nil {
		return nil, closing(err, r)
	}
	r.errors, err = os.OpenFile(r.path(errorsFile), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, closing(err, r)
	}
	return r, nil
}

func (r *results) path(name string) string { return filepath.Join(r.dir, name) }

// load reads the records of an earlier run and cuts off a last line that was not finished.
func (r *results) load() error {
	lines := bufio.NewReaderSize(r.records, 1<<20)
	var end int64
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil || len(line) > maxRecord {
			break // the end, or a line without one
		}
		var rec screening.Record
		var rep screening.Report
		if json.Unmarshal(line, &rec) != nil || json.Unmarshal(rec.Report, &rep) != nil {
			return fmt.Errorf("%s: the record at byte %d is damaged", r.path(recordsFile), end)
		}
		sum := sha256.Sum256(rec.Order)
		r.earlier[hex.EncodeToString(sum[:])] = earlier{row: rowOf(&rep, r.lang), asOf: string(rep.AsOf), inputs: rep.Inputs.Snapshot + " " + rep.Inputs.Policy}
		end += int64(len(line))
	}
	if err := r.records.Truncate(end); err != nil {
		return err
	}
	_, err := r.records.Seek(end, 0)
	return err
}

// done is the earlier result for an order, of the same day and inputs.
func (r *results) done(key, asOf, inputs string) (row, bool) {
	e, ok := r.earlier[key]
	return e.row, ok && e.asOf == asOf && e.inputs == inputs
}

// Record implements [screening.Recorder].
func (r *results) Record(_ context.Context, rec screening.Record) error {
	line, err := rec.JSON()
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return r.err
	}
	if _, r.err = r.records.Write(append(line, '\n')); r.err == nil {
		r.err = r.records.Sync()
	}
	return r.err
}

// failure is one line of errors.jsonl.
type failure struct {
	Where string `json:"where,omitempty"`
	Order string `json:"order,omitempty"`
	Error string `json:"error"`
}

func (r *results) fail(where, id string, cause error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(failure{where, id, cause.Error()})
	if err == nil {
		_, err = r.errors.Write(b.Bytes())
	}
	if r.err == nil {
		r.err = err
	}
}

// Close closes the files.
func (r *results) Close() error {
	errs := []error{r.err, r.records.Close()}
	if r.errors != nil {
		errs = append(errs, r.errors.Close())
	}
	return errors.Join(errs...)
}
