// Command gen writes the character tables of internal/han from the Unicode Han Database:
//
//	go run ./internal/han/gen -unihan /usr/share/unicode -out internal/han/tables
//
// The directory holds Unihan_Variants.txt and Unihan_Readings.txt, plain or with .bz2, as Debian's package
// unicode-data installs them. Shinjitai whose simplified form the database does not give are read from
// shinjitai.txt in the output directory. The output depends on these inputs alone.
package main

import (
	"bufio"
	"compress/bzip2"
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

func main() {
	dir := flag.String("unihan", "/usr/share/unicode", "directory of the Unihan files")
	out := flag.String("out", "internal/han/tables", "directory to write to")
	flag.Parse()
	if err := run(*dir, *out); err != nil {
		log.Fatal(err)
	}
}

// database is the Unihan fields by name, then character.
type database map[string]map[rune][]string

func run(dir, out string) error {
	db := database{}
	for _, name := range []string{"Unihan_Variants.txt", "Unihan_Readings.txt"} {
		if err := db.read(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	shinjitai, err := os.ReadFile(filepath.Join(out, "shinjitai.txt"))
	if err != nil {
		return err
	}
	fold := db.folding(string(shinjitai))
	tables := []struct {
		name, about string
		entries     map[string][]rune
	}{
		{"fold.txt", "simplified character, then the characters that fold to it", invert(fold)},
		{"cantonese.txt", "Jyutping without tone, then simplified characters read so (kCantonese)", db.cantonese(fold)},
		{"korean.txt", "Korean syllable, then simplified characters read so (kHangul)", db.korean(fold)},
	}
	for _, t := range tables {
		if err := os.WriteFile(filepath.Join(out, t.name), render(t.about, t.entries), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (db database) read(path string) error {
	var r io.Reader
	f, err := os.Open(path)
	if err == nil {
		r = f
	} else if f, err = os.Open(path + ".bz2"); err == nil {
		r = bzip2.NewReader(f)
	} else {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		fields := strings.Split(s.Text(), "\t")
		if len(fields) != 3 || !strings.HasPrefix(fields[0], "U+") {
			continue
		}
		c, err := codePoint(fields[0])
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if db[fields[1]] == nil {
			db[fields[1]] = map[rune][]string{}
		}
		db[fields[1]][c] = strings.Fields(fields[2])
	}
	return s.Err()
}

func codePoint(s string) (rune, error) {
	s, _, _ = strings.Cut(s, "<")
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "U+"), 16, 32)
	return rune(n), err
}

// folding maps every character that is not in simplified form to the one that is. A character with
// several simplified forms (乾: 乾 and 干) takes the one that is not itself, so that a merger is one
// character on both sides.
func (db database) folding(shinjitai string) map[rune]rune {
	fold := map[rune]rune{}
	for c, forms := range db["kSimplifiedVariant"] {
		for _, f := range forms {
			if to, err := codePoint(f); err == nil && to != c {
				fold[c] = to
				break
			}
		}
	}
	for _, field := range []string{"kZVariant", "kSemanticVariant"} {
		for _, c := range slices.Sorted(maps.Keys(db[field])) {
			if _, ok := fold[c]; ok || db.common(c) {
				continue
			}
			if to, ok := db.onlyCommon(db[field][c], fold); ok && to != c {
				fold[c] = to
			}
		}
	}
	for line := range strings.Lines(shinjitai) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, pair := range strings.Fields(line) {
			if rs := []rune(pair); len(rs) == 2 {
				fold[rs[0]] = rs[1]
			}
		}
	}
	out := map[rune]rune{}
	for c := range fold {
		if to := last(fold, c); c != to && norm.NFKC.String(string(c)) == string(c) {
			out[c] = to
		}
	}
	return out
}

// common reports whether the character is in the PRC's table of general standard characters.
func (db database) common(c rune) bool { return len(db["kTGHZ2013"][c]) > 0 }

// onlyCommon is the one general standard character among the variants, folded; not ok where there
// are none or several, for then the variants are not one character.
func (db database) onlyCommon(forms []string, fold map[rune]rune) (to rune, ok bool) {
	for _, f := range forms {
		c, err := codePoint(f)
		if err != nil {
			continue
		}
		if c = last(fold, c); !db.common(c) || c == to {
			continue
		}
		if ok {
			return 0, false
		}
		to, ok = c, true
	}
	return to, ok
}

// last follows the folding to its end; the bound breaks cycles of variants.
func last(fold map[rune]rune, c rune) rune {
	for range 4 {
		to, ok := fold[c]
		if !ok {
			break
		}
		c = to
	}
	return c
}

func invert(fold map[rune]rune) map[string][]rune {
	out := map[string][]rune{}
	for c, to := range fold {
		out[string(to)] = append(out[string(to)], c)
	}
	return out
}

func (db database) cantonese(fold map[rune]rune) map[string][]rune {
	out := map[string][]rune{}
	for c, readings := range db["kCantonese"] {
		to := last(fold, c)
		if !db.common(to) {
			continue
		}
		for _, r := range readings {
			add(out, strings.TrimRight(r, "123456"), to)
		}
	}
	return out
}

func (db database) korean(fold map[rune]rune) map[string][]rune {
	out := map[string][]rune{}
	for c, readings := range db["kHangul"] {
		to := last(fold, c)
		if !db.common(to) {
			continue
		}
		for _, r := range readings {
			syllable, source, _ := strings.Cut(r, ":")
			if strings.ContainsAny(source, "0E") {
				add(out, norm.NFC.String(syllable), to)
			}
		}
	}
	return out
}

func add(out map[string][]rune, key string, c rune) {
	if !slices.Contains(out[key], c) {
		out[key] = append(out[key], c)
	}
}

func render(about string, entries map[string][]rune) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s.\n# Made by internal/han/gen from the Unicode Han Database, version 15.0. Copyright Unicode, Inc.;\n# facts used under the Unicode licence, https://www.unicode.org/license.txt\n", about)
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		slices.Sort(entries[key])
		fmt.Fprintf(&b, "%s\t%s\n", key, string(entries[key]))
	}
	return []byte(b.String())
}
