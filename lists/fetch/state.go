package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// stateFile is where a list's folder says what is in force.
const stateFile = "current.json"

// State is the version of a list in force.
type State struct {
	// Version is the folder it is in; "" where there is none yet.
	Version string `json:"version"`
	// Since is when it was first fetched, Confirmed when the server was last asked and had nothing newer.
	Since     time.Time   `json:"since"`
	Confirmed time.Time   `json:"confirmed"`
	Files     []FileState `json:"files"`
}

// FileState is one file of it.
type FileState struct {
	Name   string `json:"name"`
	URL    string `json:"url"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	// ETag and LastModified are the server's, for the next request.
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// file is the state of a file that comes from the same address as before; the zero value for another.
func (s State) file(f File) FileState {
	for _, have := range s.Files {
		if have.Name == f.Name && have.URL == f.URL {
			return have
		}
	}
	return FileState{}
}

// name is the version's folder: its day and a digest of its files.
func (s State) name() string {
	h := sha256.New()
	for _, f := range s.Files {
		fmt.Fprintln(h, f.Name, f.SHA256)
	}
	return s.Since.Format("20060102T150405Z") + "-" + hex.EncodeToString(h.Sum(nil)[:8])
}

// Current is the version of a list in force and its files. The error wraps fs.ErrNotExist where the list was never
// fetched. Each file is compared with its SHA-256, and [ErrChecksum] is wrapped where one was changed since.
func (f *Fetcher) Current(list string) (State, fs.FS, error) {
	if !goodList.MatchString(list) {
		return State{}, nil, fmt.Errorf("list %q: %w", list, ErrSource)
	}
	folder := filepath.Join(f.Dir, list)
	s, err := readState(folder)
	if err != nil {
		return State{}, nil, err
	}
	if err := s.verify(folder); err != nil {
		return State{}, nil, fmt.Errorf("list %s: %w", list, err)
	}
	return s, os.DirFS(filepath.Join(folder, s.Version)), nil
}

// verify compares the files of a version with what was fetched.
func (s State) verify(folder string) error {
	for _, x := range s.Files {
		_, sum, err := hashFile(filepath.Join(folder, s.Version, x.Name))
		if err != nil {
			return err
		}
		if sum != x.SHA256 {
			return fmt.Errorf("%s: %w", x.Name, ErrChecksum)
		}
	}
	return nil
}

// Stale reports whether the list was last confirmed longer ago than its MaxAgeDays allow, or never, and when that was.
// A list that is stale must not pass for checked.
func (f *Fetcher) Stale(src Source) (confirmed time.Time, stale bool) {
	s, err := readState(filepath.Join(f.Dir, src.List))
	if err != nil {
		return time.Time{}, true
	}
	age := f.now().Sub(s.Confirmed)
	return s.Confirmed, age < 0 || age > time.Duration(or(src.MaxAgeDays, defaultMaxAge))*24*time.Hour
}

func readState(folder string) (State, error) {
	b, err := os.ReadFile(filepath.Join(folder, stateFile))
	if err != nil {
		return State{}, err
	}
	var s State
	if err := json.Unmarshal(b, &s); err != nil {
		return State{}, fmt.Errorf("%s: %w", filepath.Join(folder, stateFile), err)
	}
	// A version is a folder of its own below this one: no path, no "..", on no operating system.
	if !goodName.MatchString(s.Version) {
		return State{}, fmt.Errorf("%s: %w: version %q", filepath.Join(folder, stateFile), ErrSource, s.Version)
	}
	for _, file := range s.Files {
		if !goodName.MatchString(file.Name) {
			return State{}, fmt.Errorf("%s: %w: file name %q", filepath.Join(folder, stateFile), ErrSource, file.Name)
		}
	}
	return s, nil
}

// writeState puts a version in force, in one step.
func writeState(folder string, s State) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(folder, ".state-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(append(b, '\n'))
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(folder, stateFile))
	}
	if err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return nil
}

// removeOld removes all but the newest versions; their names sort by time.
func removeOld(folder, inForce string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	var versions []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && e.Name() != inForce {
			versions = append(versions, e.Name())
		}
	}
	slices.Sort(versions)
	var errs []error
	for _, v := range versions[:max(0, len(versions)-(keepVersions-1))] {
		errs = append(errs, os.RemoveAll(filepath.Join(folder, v)))
	}
	return errors.Join(errs...)
}
