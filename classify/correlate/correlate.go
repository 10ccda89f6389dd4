// Package correlate reads tables that join customs codes to control-list entries, in the forms their
// publishers use, into [classify.Correlation] values for [classify.Config].
//
//   - [Catalogue]: MOFCOM's yearly licensing catalogue of dual-use items, as CSV: a control code and the
//     ten-digit customs codes that go with it. The role is Reference: the control list prevails.
//   - [EU]: correlation tables of the EU or a member state with the columns cn_code, taric, dualuse.
//   - [Korea]: Korea's HSK link table with the columns hsk10, hs6, control_no.
//
// A worksheet is read by turning it into CSV first (package classify/sheet). The readers add no opinion
// of their own: a pair is in the result as published, and every line that cannot be read is named.
package correlate

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/classify"
)

// column is one column of a table under the names it goes by; of several, one must be there.
type column struct {
	names    []string
	required bool
}

// maxErrors bounds how many defects of one table are named.
const maxErrors = 20

// table calls each for every record; get returns the n-th column, "" where the table lacks it.
func table(r io.Reader, id string, cols []column, each func(get func(n int) string) error) error {
	b, err := classify.ReadAll(r, id)
	if err != nil {
		return err
	}
	if !utf8.Valid(b) {
		return &classify.TableError{Table: id, Err: classify.ErrTableEncoding}
	}
	cr := csv.NewReader(bytes.NewReader(b))
	cr.FieldsPerRecord = -1
	at := make([]int, len(cols))
	var errs []error
	for header, n := true, 0; len(errs) < maxErrors; {
		rec, err := cr.Read()
		if err == io.EOF {
			if header {
				errs = append(errs, &classify.TableError{Table: id, Err: fmt.Errorf("no header with %s: %w", strings.Join(cols[0].names, " or "), classify.ErrTableFormat)})
			} else if n == 0 && len(errs) == 0 {
				errs = append(errs, &classify.TableError{Table: id, Err: classify.ErrTableEmpty})
			}
			break
		}
		line := 0
		if err == nil {
			line, _ = cr.FieldPos(0)
		} else {
			var pe *csv.ParseError
			if errors.As(err, &pe) {
				line = pe.Line
			}
			errs = append(errs, &classify.TableError{Table: id, Line: line, Err: fmt.Errorf("%w: %w", classify.ErrTableFormat, err)})
			continue
		}
		if header {
			// Official tables have title rows above the header: it is the first row with the required columns.
			header = !findHeader(rec, cols, at)
			continue
		}
		n++
		err = each(func(i int) string {
			if at[i] < 0 || at[i] >= len(rec) {
				return ""
			}
			return strings.TrimSpace(rec[at[i]])
		})
		if err != nil {
			errs = append(errs, &classify.TableError{Table: id, Line: line, Err: err})
		}
	}
	return errors.Join(errs...)
}

// findHeader fills at with the columns' places and reports whether all required ones are there.
func findHeader(rec []string, cols []column, at []int) bool {
	ok := true
	for i, c := range cols {
		at[i] = slices.IndexFunc(rec, func(s string) bool {
			s = strings.ToLower(strings.Join(strings.Fields(s), ""))
			return slices.Contains(c.names, s)
		})
		ok = ok && (at[i] >= 0 || !c.required)
	}
	return ok
}

// digits drops everything but digits, and reports whether only separators were dropped.
func digits(s string) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(". -\u00a0", r):
		default:
			return "", false
		}
	}
	return b.String(), true
}

// codes cuts a cell that holds several codes.
func codes(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;，；、/\n\r\t ", r) })
}

// Catalogue reads MOFCOM's yearly catalogue as CSV into a copy of head. Columns by their Chinese or
// English names: 管制编码 (control_code), 海关商品编号 or 商品编号 (customs_code); further columns are
// ignored. A cell of the control code that is blank because cells were merged takes the one above.
func Catalogue(r io.Reader, head classify.Correlation) (classify.Correlation, error) {
	c := head
	c.Rows = nil
	entry := ""
	cols := []column{
		{[]string{"管制编码", "两用物项出口管制编码", "出口管制编码", "control_code"}, true},
		{[]string{"海关商品编号", "商品编号", "参考海关商品编号", "海关编码", "customs_code"}, true},
	}
	err := table(r, c.ID, cols, func(get func(int) string) error {
		if s := get(0); s != "" {
			code, err := classify.ParseCode(classify.SchemeChina, s)
			if err != nil {
				return err
			}
			entry = code.String()
		}
		var errs []error
		for _, s := range codes(get(1)) {
			d, ok := digits(s)
			if !ok || len(d) != 10 {
				errs = append(errs, fmt.Errorf("customs code %q: want ten digits: %w", s, classify.ErrHSLength))
				continue
			}
			c.Rows = append(c.Rows, classify.CorrelationRow{Code: d, Entry: entry, Quality: "official", Partial: true})
		}
		return errors.Join(errs...)
	})
	return c, err
}

// EU reads a correlation table of the EU as CSV into a copy of head. Columns: cn_code (eight digits),
// taric (two more digits, or all ten; may be blank), dualuse (one or several entry codes).
func EU(r io.Reader, head classify.Correlation) (classify.Correlation, error) {
	c := head
	c.Rows = nil
	cols := []column{
		{[]string{"cn_code", "cncode", "cn"}, true}, {[]string{"taric", "taric_code"}, false}, {[]string{"dualuse", "dual_use", "dual-use"}, true},
	}
	err := table(r, c.ID, cols, func(get func(int) string) error {
		code, ok := digits(get(0))
		extra, ok2 := digits(get(1))
		switch {
		case !ok || !ok2:
			return fmt.Errorf("code %q %q: %w", get(0), get(1), classify.ErrHSSyntax)
		case len(extra) == 10:
			code = extra
		case len(extra) == 2 && len(code) == 8:
			code += extra
		case extra != "":
			return fmt.Errorf("taric %q: want two or ten digits: %w", get(1), classify.ErrHSLength)
		}
		if len(code) < 6 || len(code) > 10 {
			return fmt.Errorf("code %q: %w", get(0), classify.ErrHSLength)
		}
		var errs []error
		for _, s := range codes(get(2)) {
			entry, err := classify.ParseCode(classify.SchemeEU, s)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			c.Rows = append(c.Rows, classify.CorrelationRow{Code: code, Entry: entry.String(), Quality: "official", Partial: true})
		}
		return errors.Join(errs...)
	})
	return c, err
}

// Korea reads Korea's HSK link table as CSV into a copy of head. Columns: hsk10, control_no. With bySix
// the rows are gathered by the first six digits, which other countries share, each with the number of
// HSK lines behind it; otherwise they keep their ten digits.
func Korea(r io.Reader, head classify.Correlation, bySix bool) (classify.Correlation, error) {
	c := head
	c.Rows = nil
	at := map[[2]string]int{}
	cols := []column{{[]string{"hsk10", "hsk"}, true}, {[]string{"control_no", "controlno"}, true}}
	err := table(r, c.ID, cols, func(get func(int) string) error {
		code, ok := digits(get(0))
		if !ok || len(code) != 10 {
			return fmt.Errorf("hsk10 %s: want ten digits: %w", strconv.Quote(get(0)), classify.ErrHSLength)
		}
		var errs []error
		for _, s := range codes(get(1)) {
			entry, err := classify.ParseCode(classify.SchemeEU, s)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			row := classify.CorrelationRow{Code: code, Entry: entry.String(), Quality: "official", Partial: true, Lines: 1}
			if bySix {
				row.Code, row.Entry = code[:6], entry.Base
			}
			if i, seen := at[[2]string{row.Code, row.Entry}]; seen {
				c.Rows[i].Lines++
				continue
			}
			at[[2]string{row.Code, row.Entry}] = len(c.Rows)
			c.Rows = append(c.Rows, row)
		}
		return errors.Join(errs...)
	})
	return c, err
}
