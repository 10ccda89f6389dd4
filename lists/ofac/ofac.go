// Package ofac reads the lists of the US Office of Foreign Assets Control: the Specially Designated Nationals
// and the consolidated list of those that are not blocked, each as four CSV files ([Read], [ReadFS]) or as one
// SDN_ADVANCED.XML or CONS_ADVANCED.XML ([ReadAdvanced]).
//
// The CSV files have no header; "-0-" is OFAC's word for nothing, and a party without a type is an organisation,
// both by OFAC's own data specification. What has no column of its own stands in the remarks, in a form that is
// regular enough to be read: dates and places of birth, nationality, gender, documents and other numbers, weak
// aliases (a.k.a. in quotes) and links to other parties. Remarks over 1,000 characters run on in the comments
// file. The whole text is kept as the entity's remarks too, so that what was not understood is not lost.
//
// An entity's id is OFAC's entity number. OFAC publishes no day of listing in these files.
package ofac

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
	"github.com/ordergate/ordergate/lists/internal/treasury"
)

// The ids of the two lists in reports and policy.
const (
	SDN          = "us-sdn"
	Consolidated = "us-cons"
)

// MaxSize bounds each file, in bytes; the largest CSV of 2026 has under ten million.
const MaxSize = 512 << 20

// Files are the four files of one list. Aliases, Addresses and Comments may be nil where the list comes without.
type Files struct {
	// Parties is sdn.csv or cons_prim.csv, Aliases alt.csv, Addresses add.csv, Comments sdn_comments.csv.
	Parties, Aliases, Addresses, Comments io.Reader
}

func head(id string) lists.List {
	l := lists.List{ID: id, Regime: "US", Authority: "Office of Foreign Assets Control, Department of the Treasury", Source: "https://sanctionslist.ofac.treas.gov/Home/SdnList"}
	l.Title, l.TitleZh = "OFAC Specially Designated Nationals and Blocked Persons List", "美国财政部特别指定国民名单"
	if id == Consolidated {
		l.Title, l.TitleZh = "OFAC Consolidated (non-SDN) Sanctions List", "美国财政部综合制裁名单（非特别指定国民）"
		l.Source = "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList"
	}
	return l
}

// ReadFS reads a list from a directory that holds either sdn.csv, alt.csv, add.csv and sdn_comments.csv or
// cons_prim.csv, cons_alt.csv, cons_add.csv and cons_comments.csv. All but the comments must be there.
func ReadFS(fsys fs.FS) (lists.List, error) {
	id, names := SDN, []string{"sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"}
	if _, err := fs.Stat(fsys, names[0]); errors.Is(err, fs.ErrNotExist) {
		id, names = Consolidated, []string{"cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"}
	}
	var readers [4]io.Reader
	for i, name := range names {
		f, err := fsys.Open(name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && i == 3:
			continue
		case err != nil:
			return lists.List{}, &lists.Problem{List: id, File: name, Reason: err.Error(), Err: err}
		}
		defer f.Close()
		readers[i] = f
	}
	return Read(id, Files{readers[0], readers[1], readers[2], readers[3]})
}

// Read reads a list, [SDN] or [Consolidated], from its files. It returns the whole list or an error that joins
// every [*lists.Problem] found, a row of a party that is not in Parties among them.
func Read(id string, files Files) (lists.List, error) {
	b := builder{list: head(id), p: source.Problems{List: id}, at: map[string]int{}}
	b.table(files.Parties, "parties", 12, b.party)
	b.table(files.Comments, "comments", 2, b.comment)
	for i := range b.list.Entities {
		e := &b.list.Entities[i]
		linked := b.remarks(e, b.text[i])
		b.linked = append(b.linked, linked)
	}
	b.table(files.Aliases, "aliases", 5, b.alias)
	b.table(files.Addresses, "addresses", 6, b.address)
	treasury.Link(&b.list, b.linked)
	return b.p.Finish(b.list)
}

// builder makes a list from the rows of four files.
type builder struct {
	list   lists.List
	p      source.Problems
	at     map[string]int // entity number to its place
	text   []string       // of each entity, the remarks as they stand in the files
	linked [][]string
}

// table gives each row of a file to use, "-0-" made empty and cells trimmed but for the last: its text may run
// on in another file. A row use cannot take is a problem.
func (b *builder) table(r io.Reader, file string, width int, use func(row []string) error) {
	if r == nil {
		return
	}
	bad := func(line int, record string, err error) {
		b.p.Add(lists.Problem{File: file, Line: line, Record: record, Err: err})
	}
	in := csv.NewReader(source.WithoutMark(source.Limit(r, MaxSize)))
	in.FieldsPerRecord = -1
	in.ReuseRecord = true
	for rows := 0; ; rows++ {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			if rows == 0 && file == "parties" {
				bad(0, "", lists.ErrEmpty)
			}
			return
		}
		var syntax *csv.ParseError
		if errors.As(err, &syntax) {
			bad(syntax.Line, "", fmt.Errorf("%w: %w", lists.ErrFormat, syntax.Err))
			return
		}
		line, _ := in.FieldPos(0)
		if err != nil {
			bad(line, "", err)
			return
		}
		if len(row) == 1 && strings.Trim(row[0], "\x1a ") == "" {
			continue // the end mark of old systems
		}
		if len(row) != width {
			bad(line, row[0], fmt.Errorf("%w: the row has %d cells, not %d", lists.ErrFormat, len(row), width))
			continue
		}
		if err := clean(row); err == nil {
			err = use(row)
			if err != nil {
				bad(line, row[0], err)
			}
		} else {
			bad(line, row[0], err)
		}
	}
}

func clean(row []string) error {
	for i, cell := range row {
		if !utf8.ValidString(cell) {
			return source.NotUTF8([]byte(cell))
		}
		trimmed := strings.TrimSpace(cell)
		switch {
		case trimmed == "-0-":
			row[i] = ""
		case i < len(row)-1:
			row[i] = trimmed
		}
	}
	return nil
}

var kinds = map[string]lists.Kind{"": lists.Organization, "individual": lists.Person, "vessel": lists.Vessel, "aircraft": lists.Aircraft}

// party reads ent_num, SDN_Name, SDN_Type, Program, Title, Call_Sign, Vess_type, Tonnage, GRT, Vess_flag,
// Vess_owner, Remarks.
func (b *builder) party(row []string) error {
	kind, ok := kinds[strings.ToLower(row[2])]
	if !ok {
		return fmt.Errorf("%w: SDN_Type %q", lists.ErrFormat, row[2])
	}
	if _, twice := b.at[row[0]]; twice {
		return lists.ErrDuplicate
	}
	e := lists.Entity{ID: strings.Clone(row[0]), Kind: kind}
	source.AddName(&e, lists.Name{Text: strings.Clone(row[1]), Kind: lists.PrimaryName})
	if len(e.Names) == 0 || e.ID == "" {
		return fmt.Errorf("%w: no name or number", lists.ErrFormat)
	}
	e.Titles = source.AddUnique(nil, row[4])
	if row[5] != "" {
		e.Identifiers = append(e.Identifiers, lists.Identifier{Type: lists.IDCallSign, Value: row[5]})
	}
	if row[9] != "" && row[9] != "None Identified" {
		e.Countries = source.AddUnique(nil, b.p.Country(e.ID, "Vess_flag", row[9]))
	}
	for _, f := range []struct{ label, value string }{{"Vessel type", row[6]}, {"Tonnage", row[7]}, {"Gross registered tonnage", row[8]}, {"Vessel owner", row[10]}} {
		if f.value != "" {
			e.Remarks += f.label + ": " + f.value + "; "
		}
	}
	e.Measures = []lists.Measure{b.measure(row[3])}
	b.at[e.ID] = len(b.list.Entities)
	b.list.Entities = append(b.list.Entities, e)
	b.text = append(b.text, strings.Clone(row[11]))
	return nil
}

// measure reads "SDGT] [IRAN": the programmes of one listing.
func (b *builder) measure(programs string) lists.Measure {
	m := lists.Measure{Programme: "SDN"}
	for t := range strings.FieldsFuncSeq(programs, func(r rune) bool { return r == '[' || r == ']' }) {
		m.Tags = source.AddUnique(m.Tags, strings.TrimSpace(t))
	}
	if b.list.ID == Consolidated {
		m.Programme = register(m.Tags)
	}
	return m
}

// register is the list a party of the consolidated file is on, told by its programme as OFAC names them.
func register(tags []string) string {
	for _, t := range tags {
		switch {
		case strings.HasPrefix(t, "NS-PLC"):
			return "PLC"
		case strings.HasPrefix(t, "CMIC"):
			return "CMIC"
		case strings.HasPrefix(t, "UKRAINE-EO13662"), strings.HasPrefix(t, "SSI"):
			return "SSI"
		case strings.HasPrefix(t, "561"), strings.HasPrefix(t, "CAPTA"):
			return "CAP"
		case strings.HasPrefix(t, "FSE"):
			return "FSE"
		}
	}
	return "NS-MBS"
}

// comment reads ent_num, Comment: the part of the remarks that did not fit.
func (b *builder) comment(row []string) error {
	i, err := b.find(row[0])
	if err == nil {
		b.text[i] += row[1]
	}
	return err
}

// alias reads ent_num, alt_num, alt_type, alt_name, alt_remarks.
func (b *builder) alias(row []string) error {
	i, err := b.find(row[0])
	if err != nil {
		return err
	}
	kind := lists.Alias
	switch row[2] {
	case "fka":
		kind = lists.FormerName
	case "aka", "nka":
	default:
		return fmt.Errorf("%w: alt_type %q", lists.ErrFormat, row[2])
	}
	source.AddName(&b.list.Entities[i], lists.Name{Text: strings.Clone(row[3]), Kind: kind})
	return nil
}

// address reads ent_num, Add_num, Address, City/State/Province/Postal Code, Country, Add_remarks.
func (b *builder) address(row []string) error {
	i, err := b.find(row[0])
	if err != nil {
		return err
	}
	e := &b.list.Entities[i]
	a := lists.Address{Text: source.Join(row[2], row[3], row[4]), Street: strings.Clone(row[2]), City: strings.Clone(row[3]), Note: strings.TrimSpace(row[5])}
	if a.Text == "" {
		return nil // OFAC has rows that give nothing
	}
	switch area, isRegion := strings.CutPrefix(row[4], "Region: "); {
	case isRegion: // a part of a country, or of several
		a.Region, a.Country = strings.Clone(area), source.Code(area)
	case row[4] != "undetermined":
		a.Country = b.p.Country(e.ID, "Country", row[4])
	}
	e.Addresses = append(e.Addresses, a)
	return nil
}

func (b *builder) find(number string) (int, error) {
	i, ok := b.at[number]
	if !ok {
		return 0, fmt.Errorf("%w: no party has this number", lists.ErrFormat)
	}
	return i, nil
}
