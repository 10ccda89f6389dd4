package ftm

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// batchLines is how many lines, of up to batchBytes and one line more, are decoded side by side before they are used
// in order: decoding costs most.
const (
	batchLines = 1024
	batchBytes = 8 << 20
)

// line is one line of a file, decoded.
type line struct {
	number int
	raw    []byte
	object object
	err    error
}

// batch is lines that are decoded together.
type batch struct {
	lines   []line
	size    int
	decoded sync.WaitGroup
}

func (x *batch) add(number int, raw []byte) {
	x.lines = append(x.lines, line{number: number, raw: bytes.Clone(raw)})
	x.size += len(raw)
}

func (x *batch) full() bool { return len(x.lines) == batchLines || x.size > batchBytes }

// decode begins to decode the lines, side by side.
func (x *batch) decode() {
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		x.decoded.Go(func() {
			for i := w; i < len(x.lines); i += workers {
				l := &x.lines[i]
				l.err = decode(l.raw, &l.object)
			}
		})
	}
}

// take gives what was decoded to use and empties the batch.
func (x *batch) take(use func(*line)) {
	x.decoded.Wait()
	for i := range x.lines {
		use(&x.lines[i])
	}
	x.lines, x.size = x.lines[:0], 0
}

// lines gives each line that is not empty to use, with its number; the bytes are valid until it returns.
func (b *builder) lines(r io.Reader, file string, use func(number int, raw []byte)) {
	number := 0
	in := bufio.NewScanner(source.WithoutMark(source.Limit(r, MaxSize)))
	in.Buffer(make([]byte, 1<<16), maxLine)
	for in.Scan() {
		number++
		if len(in.Bytes()) > 0 {
			use(number, in.Bytes())
		}
	}
	err := in.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		err = fmt.Errorf("%w: a line of over %d bytes", lists.ErrTooLarge, maxLine)
	}
	if err != nil {
		b.p.Add(lists.Problem{File: file, Line: number + 1, Err: err})
	}
}

// objects gives each object of a file to use, in order; what use returns is a problem of its line. While one batch
// is used the next is being decoded.
func (b *builder) objects(r io.Reader, use func(*object) error) {
	take := func(l *line) {
		b.line = l.number
		if l.err == nil {
			l.err = use(&l.object)
		}
		if l.err != nil {
			b.p.Add(lists.Problem{Line: b.line, Err: l.err})
		}
	}
	filling, decoding := &batch{}, &batch{}
	turn := func() {
		filling.decode()
		decoding.take(take)
		filling, decoding = decoding, filling
	}
	b.lines(r, "", func(number int, raw []byte) {
		if filling.full() {
			turn()
		}
		filling.add(number, raw)
	})
	turn()
	decoding.take(take)
}
