// Package orderfile opens files of orders given on a command line, for programs that go through many.
package orderfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
)

// Input is the files of one run. Standard input and pipes are copied to a temporary file first: the
// total must be known for a progress bar that says how long it will take.
type Input struct {
	files []*os.File
	names []string
	temps []string
	// parties says that the files hold parties, not orders; day is then that of the orders made of them.
	parties bool
	day     string
	mapping order.Options
}

// Open opens files of orders; "-" is stdin. The mapping says what the order systems call things.
func Open(names []string, mapping order.Options, stdin io.Reader) (*Input, error) {
	return open(&Input{names: names, mapping: mapping}, stdin)
}

// OpenParties opens files of parties, JSON lines or CSV tables; each party becomes an order of the day.
func OpenParties(names []string, day string, stdin io.Reader) (*Input, error) {
	return open(&Input{names: names, parties: true, day: day}, stdin)
}

func open(in *Input, stdin io.Reader) (_ *Input, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, in.Close())
		}
	}()
	for _, name := range in.names {
		var f *os.File
		if name == "-" {
			f, err = in.copied(stdin)
		} else {
			f, err = os.Open(name)
		}
		if err != nil {
			return in, err
		}
		in.files = append(in.files, f)
	}
	return in, nil
}

func (in *Input) copied(r io.Reader) (*os.File, error) {
	f, err := os.CreateTemp("", "ordergate-orders-*")
	if err != nil {
		return nil, err
	}
	in.temps = append(in.temps, f.Name())
	if _, err := io.Copy(f, r); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Close closes the files and removes the copies.
func (in *Input) Close() error {
	var errs []error
	for _, f := range in.files {
		errs = append(errs, f.Close())
	}
	for _, name := range in.temps {
		errs = append(errs, os.Remove(name))
	}
	in.files, in.temps = nil, nil
	return errors.Join(errs...)
}

// Entry is one order of the input, or why there is none.
type Entry struct {
	Order screening.Order
	// Where is the file, with the line in JSON lines.
	Where string
	Err   error
}

// Size is the number of bytes of all files: what the progress is measured in.
func (in *Input) Size() (total int64, err error) {
	for _, f := range in.files {
		info, err := f.Stat()
		if err != nil {
			return 0, err
		}
		total += info.Size()
	}
	return total, nil
}

// Entries gives every order of the input. passed is told how many bytes have been read so far.
func (in *Input) Entries(passed func(bytes int)) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for i, f := range in.files {
			if _, err := f.Seek(0, io.SeekStart); err != nil {
				yield(Entry{Where: in.names[i], Err: err})
				return
			}
			r := bufio.NewReaderSize(f, 1<<20)
			if !in.read(r, in.names[i], passed, yield) {
				return
			}
		}
	}
}

func (in *Input) read(r *bufio.Reader, name string, passed func(int), yield func(Entry) bool) bool {
	switch lines := in.isLines(r); {
	case in.parties && lines:
		return readPartyLines(r, name, in.day, passed, yield)
	case in.parties:
		return readPartyTable(r, name, in.day, passed, yield)
	case lines:
		return in.readLines(r, name, passed, yield)
	}
	return readDocument(counter{r, passed}, in.mapping, name, yield)
}

// isLines reports whether a file is JSON lines: its first line is a whole JSON object and, of orders, not the last.
func (in *Input) isLines(r *bufio.Reader) bool {
	head, _ := r.Peek(1 << 20) // an error is met again by whoever reads
	line, rest, found := bytes.Cut(bytes.TrimLeft(head, "\ufeff \r\n"), []byte("\n"))
	line = bytes.TrimSpace(line)
	return (in.parties || found && len(bytes.TrimSpace(rest)) > 0) && len(line) > 1 && line[0] == '{' && line[len(line)-1] == '}'
}

// readLines reads every line by itself, so that one broken line costs one order.
func (in *Input) readLines(r *bufio.Reader, name string, passed func(int), yield func(Entry) bool) bool {
	return eachLine(r, name, passed, yield, func(line []byte, where string) bool {
		return readDocument(bytes.NewReader(line), in.mapping, where, yield)
	})
}

// eachLine calls read with every line that is not empty and where it stands.
func eachLine(r *bufio.Reader, name string, passed func(int), yield func(Entry) bool, read func(line []byte, where string) bool) bool {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, order.MaxBytes)
	for n := 1; lines.Scan(); n++ {
		passed(len(lines.Bytes()) + 1)
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) > 0 && !read(line, fmt.Sprintf("%s:%d", name, n)) {
			return false
		}
	}
	if err := lines.Err(); err != nil {
		return yield(Entry{Where: name, Err: err})
	}
	return true
}

func readDocument(r io.Reader, mapping order.Options, where string, yield func(Entry) bool) bool {
	orders, _, err := mapping.Read(r)
	if err != nil {
		return yield(Entry{Where: where, Err: err})
	}
	for _, o := range orders {
		if !yield(Entry{Order: o, Where: where}) {
			return false
		}
	}
	return true
}

// counter tells how much is read through it.
type counter struct {
	r      io.Reader
	passed func(int)
}

func (c counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.passed(n)
	return n, err
}
