package trigger

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// archivedFile is one rule file as an archive keeps it.
type archivedFile struct {
	Name string `json:"name"`
	Data string `json:"data"`
}

// Bytes is the set as an archive keeps it, in a form of its own: the files it was loaded from, set by
// set where sets were merged. [Restore] makes the same set of it.
func (s *RuleSet) Bytes() []byte { return s.archive }

// Restore makes the set [RuleSet.Bytes] was taken from.
func Restore(archive []byte) (*RuleSet, error) {
	var files [][]archivedFile
	if err := json.Unmarshal(archive, &files); err != nil {
		return nil, fmt.Errorf("archived rules: %w", err)
	}
	if len(files) == 0 {
		return nil, errors.New("archived rules: no files")
	}
	sets := make([]*RuleSet, len(files))
	for i, set := range files {
		var sources []source
		for _, f := range set {
			sources = append(sources, source{f.Name, []byte(f.Data)})
		}
		s, err := load(sources)
		if err != nil {
			return nil, fmt.Errorf("archived rules: %w", err)
		}
		sets[i] = s
	}
	if len(sets) == 1 {
		return sets[0], nil
	}
	return Merge(sets...)
}

// keep sets the files of a set, its archive and its digest.
func (s *RuleSet) keep(files [][]archivedFile) error {
	archive, err := json.Marshal(files)
	if err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	sum := sha256.Sum256(archive)
	s.files, s.archive, s.digest = files, archive, hex.EncodeToString(sum[:])
	return nil
}
