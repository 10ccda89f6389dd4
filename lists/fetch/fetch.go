// Package fetch keeps local copies of published lists current. It is the only package of this module that touches the
// network, and it fetches the addresses it is given and nothing else; no order data can reach it.
//
// A list may consist of several files, which are only good together. What is kept of a list in its folder:
//
//	DIR/un/current.json            which version is in force, whence, since when, last confirmed when
//	DIR/un/20261123-5f0c.../...    the files of that version
//
// A new version is written beside the old one, checked, and put in force by replacing current.json, in one step. Where
// anything fails, the version in force stays: a download that was cut off, stalled, too large, of another checksum, a
// web page in a list's place, or a file that the list's importer refuses. The version before the present one is kept
// too; older ones are removed.
package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Source is one list as its authority publishes it.
type Source struct {
	// List names the list and its folder: small letters, digits and hyphens.
	List string `json:"list"`
	// Files are what it consists of.
	Files []File `json:"files,omitempty"`
	// Page is where a person finds the list. A list whose files have no lasting address has a page and no files.
	Page string `json:"page,omitempty"`
	// MaxAgeDays is for how many days after the last confirmation the list counts as current; 7 by default.
	MaxAgeDays int `json:"max_age_days,omitempty"`
	// Format and Note are for the caller: which importer reads the files, and what a user should know of them.
	Format string `json:"format,omitempty"`
	Note   string `json:"note,omitempty"`
	// Check reads the files of a new version before it is put in force; an error keeps it out. Nil checks nothing.
	Check func(files fs.FS) error `json:"-"`
}

// File is one file of a list.
type File struct {
	// Name is what the file is called in the list's folder, without any folder.
	Name string `json:"name"`
	// URL is where it is published, by https or http.
	URL string `json:"url"`
	// SHA256, in hex, is what it must have, where the authority publishes that; "" accepts any.
	SHA256 string `json:"sha256,omitempty"`
}

// Conditions the errors of this package wrap.
var (
	// ErrStatus is an answer other than success; [*StatusError] has its code.
	ErrStatus = errors.New("the server did not send the file")
	// ErrTooLarge is a file beyond MaxBytes, however the server packed it.
	ErrTooLarge = errors.New("the file is larger than allowed")
	// ErrStalled is an answer that no longer makes progress.
	ErrStalled = errors.New("the server stopped sending")
	// ErrTruncated is an answer shorter than the server said.
	ErrTruncated = errors.New("the file was cut off")
	// ErrPage is a web page where a list should be.
	ErrPage = errors.New("the server sent a web page")
	// ErrChecksum is a file of another SHA-256 than it must have.
	ErrChecksum = errors.New("the file does not have the expected SHA-256")
	// ErrRedirect is a redirection that is not followed: too many, or away from https.
	ErrRedirect = errors.New("the redirection is not followed")
	// ErrByHand is a list that has a page and no files: nothing but a person can download it.
	ErrByHand = errors.New("the list has no lasting address, download it by hand")
	// ErrSource is a source that cannot be fetched as it is written.
	ErrSource = errors.New("not a usable source")
)

// Fetcher fetches lists into a directory. Its zero value but for Dir works. It may be used by several goroutines, but
// only one process at a time should write to a directory.
type Fetcher struct {
	// Dir is where the lists are kept.
	Dir string
	// Client makes the requests; one of the package's own by default. Its CheckRedirect is not used.
	Client *http.Client
	// MaxBytes bounds each file, unpacked; 512 MiB by default.
	MaxBytes int64
	// Timeout bounds each try of a file; 15 minutes by default. Stall bounds the time without a byte; 60 seconds.
	Timeout, Stall time.Duration
	// Tries is how often a file is asked for, as long as the error may pass; 4 by default. Backoff is the pause after
	// the first try, doubled after each; 2 seconds by default.
	Tries   int
	Backoff time.Duration
	// Progress, if not nil, is told of every file's bytes as they come, total -1 where the server does not say.
	Progress func(list, file string, done, total int64)
	// Now is the time by which ages are reckoned; time.Now by default.
	Now func() time.Time
}

// The defaults.
const (
	defaultMaxBytes = 512 << 20
	defaultTimeout  = 15 * time.Minute
	defaultStall    = time.Minute
	defaultTries    = 4
	defaultBackoff  = 2 * time.Second
	defaultMaxAge   = 7 // days
	keepVersions    = 2
)

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

func (f *Fetcher) now() time.Time {
	if f.Now != nil {
		return f.Now().UTC()
	}
	return time.Now().UTC()
}

// Result is what became of one update.
type Result struct {
	List string
	// Changed is set where a new version was put in force.
	Changed bool
	// State is the version in force afterwards.
	State State
}

// Update fetches the list's files, unless the server says that they have not changed, checks them together and puts
// them in force. Where it returns an error, what was in force before still is.
func (f *Fetcher) Update(ctx context.Context, src Source) (Result, error) {
	if err := src.validate(); err != nil {
		return Result{List: src.List}, err
	}
	if len(src.Files) == 0 {
		return Result{List: src.List}, fmt.Errorf("list %s: %w: %s", src.List, ErrByHand, src.Page)
	}
	folder := filepath.Join(f.Dir, src.List)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return Result{List: src.List}, err
	}
	old, err := readState(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Result{List: src.List}, err
	}
	res := Result{List: src.List, State: old}
	if old.verify(folder) != nil {
		old = State{} // a copy that was changed saves no download
	}
	fresh, err := os.MkdirTemp(folder, ".new-*")
	if err != nil {
		return res, err
	}
	defer os.RemoveAll(fresh) // it is gone where the version was put in force
	next := State{Confirmed: f.now(), Since: f.now()}
	same := len(old.Files) == len(src.Files)
	for _, file := range src.Files {
		got, err := f.file(ctx, src.List, file, filepath.Join(folder, old.Version), old.file(file), fresh)
		if err != nil {
			return res, fmt.Errorf("list %s: %s: %w", src.List, file.Name, err)
		}
		same = same && got.SHA256 == old.file(file).SHA256
		next.Files = append(next.Files, got)
	}
	if same {
		next.Version, next.Since = old.Version, old.Since
		res.State = next
		return res, writeState(folder, next)
	}
	if src.Check != nil {
		if err := src.Check(os.DirFS(fresh)); err != nil {
			return res, fmt.Errorf("list %s: the new version is not used: %w", src.List, err)
		}
	}
	next.Version = next.name()
	if err := os.RemoveAll(filepath.Join(folder, next.Version)); err != nil { // left by a process that died here
		return res, err
	}
	if err := os.Rename(fresh, filepath.Join(folder, next.Version)); err != nil {
		return res, err
	}
	if err := writeState(folder, next); err != nil {
		return res, err
	}
	res.Changed, res.State = true, next
	return res, removeOld(folder, next.Version)
}

var (
	goodList = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	goodName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*$`)
)

// validate names everything that is wrong with the source.
func (s Source) validate() error {
	var errs []error
	bad := func(format string, a ...any) {
		errs = append(errs, fmt.Errorf("list %q: "+format+": %w", append(append([]any{s.List}, a...), ErrSource)...))
	}
	if !goodList.MatchString(s.List) {
		bad("the name is not of small letters, digits and hyphens")
	}
	if len(s.Files) == 0 && s.Page == "" {
		bad("it has neither files nor a page")
	}
	if s.Page != "" && !onTheWeb(s.Page) {
		bad("page %q", s.Page)
	}
	for i, f := range s.Files {
		if !goodName.MatchString(f.Name) {
			bad("file name %q", f.Name)
		}
		if slices.ContainsFunc(s.Files[:i], func(g File) bool { return g.Name == f.Name }) {
			bad("two files are named %q", f.Name)
		}
		if !onTheWeb(f.URL) {
			bad("address %q", f.URL)
		}
		if b, err := hex.DecodeString(f.SHA256); err != nil || len(b) != 0 && len(b) != sha256.Size {
			bad("checksum %q of %s", f.SHA256, f.Name)
		}
	}
	return errors.Join(errs...)
}

func onTheWeb(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}
