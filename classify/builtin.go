package classify

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/ordergate/ordergate/internal/dated"
)

//go:embed data/*.csv
var dataFS embed.FS

// Ids of the built-in lists.
const (
	ListChina        = "CN-DUCL"
	ListChinaArms    = "CN-ML"
	ListMultilateral = "EU-DU"
)

// TableInfo names one table a classifier uses.
type TableInfo struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Edition string `json:"edition,omitempty"`
	// Digest is the SHA-256 of the table's content, in hex.
	Digest string `json:"digest"`
	AsOf   Date   `json:"as_of,omitempty"`
	Source string `json:"source,omitempty"`
}

// Tables are the tables in use, lists first.
func (c *Classifier) Tables() []TableInfo { return append([]TableInfo(nil), c.tables...) }

// Digest is the SHA-256, in hex, over the digests of all tables in use.
func (c *Classifier) Digest() string { return c.digest }

// builtin is what data/ holds.
type builtin struct {
	lists        []ControlList
	correlations []Correlation
	conversions  []Conversion
	goods        []Good
	parameters   []*parameter
	priority     map[string]string
	vague        map[string]bool
}

// Heads of the built-in tables: everything but their rows, which are in the file of the same id.
var (
	listHeads = []ControlList{
		{ID: ListChina, Title: "China's dual-use export control list", TitleZh: "中国两用物项出口管制清单", Regime: "CN", Edition: "2024-51 with announcements to 2025-70", AsOf: "2026-07-31", Scheme: SchemeChina,
			Source: "MOFCOM announcement 2024-51 and later announcements; codes as published, titles in our own words"},
		{ID: ListChinaArms, Title: "China's military products export control list", TitleZh: "中国军品出口管理清单", Regime: "CN", Edition: "2002, verify", AsOf: "2026-07-31", Scheme: SchemeMilitary,
			Source: "the list's 14 categories; titles in our own words"},
		{ID: ListMultilateral, Title: "Multilateral dual-use entries (EU 2021/821 Annex I numbering)", TitleZh: "多边两用物项条目（按欧盟2021/821附件一编号）", Regime: "MULTI", Edition: "2025-11-15", AsOf: "2026-08-18", Scheme: SchemeEU,
			Source: "Regulation (EU) 2021/821, Annex I, consolidated 2025-11-15: codes and figures; titles in our own words"},
	}
	correlationHeads = []Correlation{
		{ID: "hs_cn_announcements", Title: "the MOFCOM-GAC announcements", TitleZh: "商务部、海关总署公告", List: ListChina, Edition: Edition{SystemChina, 2026}, Role: Reference, AsOf: "2026-07-31", Source: "MOFCOM-GAC announcements 2023-23 to 2025-18"},
		{ID: "hs_cn_catalogue_2026", Title: "the 2026 licensing catalogue", TitleZh: "2026年度两用物项许可证管理目录", List: ListChina, Edition: Edition{SystemChina, 2026}, Role: Reference, AsOf: "2025-12-31", Source: "MOFCOM-GAC catalogue for 2026; entries read off the printed table, each with its quality"},
		{ID: "hs_kr_2018", Title: "Korea's HSK link table of 2018", TitleZh: "韩国2018年HSK对照表", List: ListMultilateral, Edition: Edition{SystemHS, 2017}, Role: Advisory, AsOf: "2018-01-01", Source: "Korea, HSK to strategic items, 2018; six digits"},
	}
	conversionHeads = []Conversion{
		{ID: "hs_2022_2017", Title: "HS 2022 to HS 2017", From: Edition{SystemHS, 2022}, To: Edition{SystemHS, 2017}, Source: "UN Statistics Division"},
		{ID: "hs_2022_2012", Title: "HS 2022 to HS 2012", From: Edition{SystemHS, 2022}, To: Edition{SystemHS, 2012}, Source: "UN Statistics Division"},
		{ID: "hs_2017_2012", Title: "HS 2017 to HS 2012", From: Edition{SystemHS, 2017}, To: Edition{SystemHS, 2012}, Source: "UN Statistics Division"},
	}
	goodsTables = []string{"goods_materials", "goods_machines", "goods_electronics", "goods_sensors", "goods_aerospace", "goods_chemistry", "goods_substances", "goods_generic", "goods_ordinary"}
)

// loadBuiltin reads data/ through the readers that users' own tables go through.
func loadBuiltin() (*builtin, error) {
	d := &builtin{priority: map[string]string{}, vague: map[string]bool{}}
	var errs []error
	read := func(id string, fn func(io.Reader) error) {
		f, err := dataFS.Open("data/" + id + ".csv")
		if err == nil {
			err = fn(f)
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("built-in table %s: %w", id, err))
		}
	}
	events := map[string]Timeline{}
	read("instruments", func(r io.Reader) error { return readInstruments(r, events) })
	for _, head := range listHeads {
		read(fileOf(head.ID), func(r io.Reader) error {
			l, err := ReadControlList(r, head)
			for i := range l.Entries {
				if e := &l.Entries[i]; len(e.Timeline) == 0 {
					e.Timeline = events[e.Instrument]
				}
			}
			d.lists = append(d.lists, l)
			return err
		})
	}
	for _, head := range correlationHeads {
		read(head.ID, func(r io.Reader) error {
			x, err := ReadCorrelation(r, head, events)
			d.correlations = append(d.correlations, x)
			return err
		})
	}
	for _, head := range conversionHeads {
		read(head.ID, func(r io.Reader) error {
			x, err := ReadConversion(r, head)
			d.conversions = append(d.conversions, x)
			return err
		})
	}
	for _, id := range goodsTables {
		read(id, func(r io.Reader) error {
			g, err := ReadGoods(r, id)
			d.goods = append(d.goods, g...)
			return err
		})
	}
	read("parameters", func(r io.Reader) (err error) {
		d.parameters, err = readParameters(r, "parameters")
		return err
	})
	read("hs_common_high_priority", func(r io.Reader) error {
		return rows(r, "hs_common_high_priority", []string{"code", "tier"}, []string{"code", "tier"}, func(get func(string) string) error {
			d.priority[get("code")] = get("tier")
			return nil
		})
	})
	read("vague_terms", func(r io.Reader) error {
		return rows(r, "vague_terms", []string{"term"}, []string{"term"}, func(get func(string) string) error {
			d.vague[get("term")] = true
			return nil
		})
	})
	return d, errors.Join(errs...)
}

// fileOf is the name of a built-in list's file under data/.
func fileOf(list string) string {
	return map[string]string{ListChina: "cn_dual_use", ListChinaArms: "cn_military", ListMultilateral: "multilateral"}[list]
}

// readInstruments reads the acts and their dates. Columns: instrument, subject, subject_zh, status, from,
// until, by; one row an event.
func readInstruments(r io.Reader, into map[string]Timeline) error {
	cols := []string{"instrument", "subject", "subject_zh", "status", "from", "until", "by"}
	err := rows(r, "instruments", cols, cols, func(get func(string) string) error {
		s, err := dated.ParseStatus(get("status"))
		e := Event{Status: s, From: Date(get("from")), Until: Date(get("until")), By: get("by")}
		into[get("instrument")] = into[get("instrument")].With(e)
		return err
	})
	if err != nil {
		return err
	}
	var errs []error
	for id, t := range into {
		if err := t.Validate(); err != nil {
			errs = append(errs, fmt.Errorf("instrument %s: %w", id, err))
		}
	}
	return errors.Join(errs...)
}

// describe lists the tables in use and the digest over them.
func describe(lists []ControlList, cors []Correlation, convs []Conversion, goods []Good, m *Master, d *builtin) ([]TableInfo, string) {
	var out []TableInfo
	add := func(id, title, edition string, asOf Date, source string, content any) {
		out = append(out, TableInfo{ID: id, Title: title, Edition: edition, AsOf: asOf, Source: source, Digest: digestOf(content)})
	}
	for i := range lists {
		l := &lists[i]
		add(l.ID, l.Title, l.Edition, l.AsOf, l.Source, l)
	}
	for i := range cors {
		x := &cors[i]
		add(x.ID, x.Title, x.Edition.String(), x.AsOf, x.Source, x)
	}
	for i := range convs {
		x := &convs[i]
		add(x.ID, x.Title, x.From.String()+" to "+x.To.String(), x.AsOf, x.Source, x)
	}
	add("goods", "trade names", "", "", "written for this project", goods)
	cues := make([][]string, len(d.parameters))
	for i, p := range d.parameters {
		cues[i] = append([]string{p.name, p.nameZh, fmt.Sprint(p.loose)}, p.cues...)
	}
	add("parameters", "technical values", "", "", "written for this project", cues)
	add("hs_common_high_priority", "Common High Priority List", Edition{SystemHS, 2022}.String(), "2024-02-23", "BIS", d.priority)
	add("vague_terms", "vague descriptions", "", "", "written for this project", d.vague)
	if m != nil {
		add(m.ID, "product master", "", m.AsOf, "the user's own", m)
	}
	digests := make([]string, len(out))
	for i, t := range out {
		digests[i] = t.ID + " " + t.Digest
	}
	return out, digestOf(digests)
}

// digestOf is the SHA-256 of a value's JSON, which writes maps in the order of their keys.
func digestOf(v any) string {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(v); err != nil {
		// Only channels, functions and cyclic values cannot be written; the tables hold none.
		return "error: " + err.Error()
	}
	return hex.EncodeToString(h.Sum(nil))
}
