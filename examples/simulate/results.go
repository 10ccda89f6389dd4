package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/screening"
)

// The files of a results folder.
const (
	reportsFile = "simulations.jsonl"
	changesFile = "changes.csv"
	chartFile   = "chart.svg"
	summaryFile = "summary.json"
)

// results is the folder of a simulation and the recorder of both sides: a report is on disk before it is counted.
type results struct {
	dir string

	mu      sync.Mutex
	reports *os.File
	sum     hash.Hash // of what is written to reports
	err     error     // the first failure to write
}

// openResults makes the folder, which must hold no results yet: they are never overwritten.
func openResults(dir string) (*results, error) {
	r := &results{dir: dir, sum: sha256.New()}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	var err error
	r.reports, err = os.OpenFile(r.path(reportsFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("%s already holds results; give another folder with -out", dir)
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

func (r *results) path(name string) string { return filepath.Join(r.dir, name) }

// errScreening is a report that is no simulation: this folder is not where it belongs.
var errScreening = errors.New("a screening is not to be recorded among simulations")

// Record implements [screening.Recorder] and takes nothing.
func (r *results) Record(context.Context, screening.Record) error { return errScreening }

// RecordSimulation implements [screening.SimulationRecorder].
func (r *results) RecordSimulation(_ context.Context, rec screening.Record) error {
	line, err := rec.JSON()
	if err != nil {
		return err
	}
	line = append(line, '\n')
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		_, r.err = io.MultiWriter(r.reports, r.sum).Write(line)
	}
	return r.err
}

// write makes a file of the folder whole, or not at all.
func (r *results) write(name string, content func(io.Writer) error) error {
	temp := r.path(name + ".new")
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := errors.Join(content(w), w.Flush(), f.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return os.Rename(temp, r.path(name))
}

func (r *results) writeChanges(s *summary) error {
	return r.write(changesFile, func(w io.Writer) error {
		c := csv.NewWriter(w)
		rows := [][]string{{"order", "before", "after", "appears", "vanishes"}}
		for _, x := range s.Changes {
			rows = append(rows, []string{cell(x.order), string(x.before), string(x.after), strings.Join(x.appear, "; "), strings.Join(x.vanish, "; ")})
		}
		return c.WriteAll(rows)
	})
}

// cell keeps a text from outside from being taken for a formula by a spreadsheet.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func (r *results) writeChart(s *summary, lang string) error {
	return r.write(chartFile, func(w io.Writer) error { return writeChart(w, s, lang) })
}

// writeSummary writes the record of the simulation, with the digest of all its reports.
func (r *results) writeSummary(s *summary) error {
	if err := r.reports.Sync(); err != nil {
		return err
	}
	s.Reports = hex.EncodeToString(r.sum.Sum(nil))
	return r.write(summaryFile, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		return e.Encode(s)
	})
}

// Close closes the file of reports.
func (r *results) Close() error { return r.reports.Close() }
