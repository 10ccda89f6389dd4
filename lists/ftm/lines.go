package ftm

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"unicode/utf8"

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

// lines gives each line that is not empty to use, with its number; the bytes are valid until it returns.
func (b *builder) lines(r io.Reader, file string, use func(number int, raw []byte)) {
	number := 0
	in := bufio.NewScanner(source.Limit(r, MaxSize))
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

// objects gives each object of a file to use, in order; what use returns is a problem of its line.
func (b *builder) objects(r io.Reader, use func(*object) error) {
	batch, size := make([]line, 0, batchLines), 0
	flush := func() {
		decodeAll(batch)
		for i := range batch {
			b.line = batch[i].number
			err := batch[i].err
			if err == nil {
				err = use(&batch[i].object)
			}
			if err != nil {
				b.p.Add(lists.Problem{Line: b.line, Err: err})
			}
		}
		batch, size = batch[:0], 0
	}
	b.lines(r, "", func(number int, raw []byte) {
		if len(batch) == batchLines || size > batchBytes {
			flush()
		}
		batch = append(batch, line{number: number, raw: bytes.Clone(raw)})
		size += len(raw)
	})
	flush()
}

// decodeAll decodes lines side by side.
func decodeAll(batch []line) {
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(batch); i += workers {
				batch[i].err = valid(batch[i].raw)
				if batch[i].err == nil {
					batch[i].err = decode(batch[i].raw, &batch[i].object)
				}
			}
		})
	}
	wg.Wait()
}

func valid(raw []byte) error {
	if !utf8.Valid(raw) {
		return lists.ErrEncoding
	}
	return nil
}
