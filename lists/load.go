package lists

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
)

// Source is one list to load.
type Source struct {
	// Name says in progress and errors what is loaded, such as the file's name.
	Name string
	// Read reads the list, every file of it through watch: that counts what is read for the progress, and ends
	// the reading when the load is given up. It closes what it opens.
	Read func(watch func(io.Reader) io.Reader) (List, error)
}

// Progress is how far one source has come.
type Progress struct {
	Source string
	// Bytes is how much has been read so far.
	Bytes int64
	// Done is set in the last report of a source; Err is why it failed, if it did.
	Done bool
	Err  error
}

// progressStep is how many bytes pass between two reports of a source.
const progressStep = 1 << 20

// Load reads the sources side by side, as many at a time as there are processors, and makes a snapshot of them.
// It returns either a snapshot of all of them or an error that joins what was wrong with each. progress may be
// nil; it is never called twice at the same time, nor after Load has returned.
func Load(ctx context.Context, sources []Source, progress func(Progress)) (*Snapshot, error) {
	if progress == nil {
		progress = func(Progress) {}
	}
	var (
		mu    sync.Mutex
		wg    sync.WaitGroup
		lists = make([]List, len(sources))
		errs  = make([]error, len(sources))
		slots = make(chan struct{}, runtime.GOMAXPROCS(0))
	)
	report := func(p Progress) {
		mu.Lock()
		defer mu.Unlock()
		progress(p)
	}
	for i, src := range sources {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			w := &watcher{ctx: ctx, name: src.Name, report: report}
			lists[i], errs[i] = src.Read(w.watch)
			report(Progress{Source: src.Name, Bytes: w.bytes, Done: true, Err: errs[i]})
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return NewSnapshot(lists...)
}

// watcher counts what one source reads, all its files together.
type watcher struct {
	ctx             context.Context
	name            string
	report          func(Progress)
	bytes, reported int64
}

func (w *watcher) watch(r io.Reader) io.Reader { return watched{w, r} }

type watched struct {
	*watcher
	r io.Reader
}

func (w watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.r.Read(p)
	if w.bytes += int64(n); w.bytes-w.reported >= progressStep {
		w.reported = w.bytes
		w.report(Progress{Source: w.name, Bytes: w.bytes})
	}
	return n, err
}
