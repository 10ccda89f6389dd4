// Package tw reads the entity list of Taiwan's export control of Strategic High-tech Commodities, in the CSV of the
// International Trade Administration, with headings in Chinese and English: 項次item, 名稱name, 別名alias,
// 國家代碼country code, 地址address, 護照號碼ID Number.
//
// The item number is a running number of the edition, so an entity's id is made of a hash of its name and further
// names: it stays while these do. A name may carry the United Nations' permanent reference number in brackets, which
// is kept in the remarks, its further names after alias:, and its Chinese form after 簡體中文： or 繁體中文：. Several values
// stand between semicolons. Markup that the authority's page has left in a cell is dropped.
// The list does not type its entries and gives no day of listing.
package tw

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// ListID is the id of the list in reports and policy.
const ListID = "tw-shtc"

// MaxSize bounds the file, in bytes.
const MaxSize = 64 << 20

// The headings, as they are in lower case.
const (
	item    = "項次item"
	name    = "名稱name"
	alias   = "別名alias"
	nation  = "國家代碼country code"
	address = "地址address"
	number  = "護照號碼id number"
)

// Read reads the list, in UTF-8 or the encodings [source.ReadText] tells apart. It returns the whole list or an
// error that joins every [*lists.Problem] found; a country that is not known is noted in the list's Skipped.
func Read(r io.Reader) (lists.List, error) {
	l := lists.List{
		ID: ListID, Title: "Taiwan: entity list for strategic high-tech commodities", TitleZh: "台湾战略性高科技货品实体管理名单", Regime: "TW",
		Authority: "International Trade Administration 國際貿易署", Source: "https://www.trade.gov.tw/",
	}
	p := &source.Problems{List: ListID}
	text, _, err := source.ReadText(r, MaxSize)
	if err != nil {
		p.Add(lists.Problem{Err: err})
		return p.Finish(l)
	}
	t := source.NewTable(bytes.NewReader(text), source.Layout{Required: []string{name, alias}, Optional: []string{item, nation, address, number}}, p)
	twice := map[string]int{}
	for t.Next() {
		if t.Get(name) == "" && t.Get(alias) == "" {
			continue // the file has rows that give nothing
		}
		e := entity(t, p)
		twice[e.ID]++
		if n := twice[e.ID]; n > 1 {
			e.ID += "-" + strconv.Itoa(n)
		}
		l.Entities = append(l.Entities, e)
	}
	return p.Finish(l)
}

var (
	reference = regexp.MustCompile(`[（(]永久參考號[：:]([^）)]*)[）)]`)
	chinese   = regexp.MustCompile(`^(?:繁體中文|簡體中文|繁体中文|简体中文)[：:]`)
	markup    = regexp.MustCompile(`</?span[^<>]*>`)
	further   = regexp.MustCompile(`(?i)\salias\s*[:：]`)
	places    = regexp.MustCompile(`Branch Office \d+:|(?:^|\s)(?:i|ii|iii|iv|v|vi|vii|viii)\)`)
)

func entity(t *source.Table, p *source.Problems) lists.Entity {
	sum := sha256.Sum256([]byte(t.Get(name) + "\x00" + t.Get(alias)))
	e := lists.Entity{ID: "SHTC-" + hex.EncodeToString(sum[:8])}
	whole := t.Get(name)
	for _, m := range reference.FindAllStringSubmatch(whole, -1) {
		e.Remarks = "United Nations reference: " + strings.TrimSpace(m[1])
	}
	kind := lists.PrimaryName
	cells := further.ReplaceAllString(reference.ReplaceAllString(whole, ""), ";") + ";" + t.Get(alias)
	for _, n := range source.Split(strings.ReplaceAll(markup.ReplaceAllString(cells, ""), "；", ";"), ";") {
		plain, of := chinese.ReplaceAllString(n, ""), kind
		if plain != n && kind != lists.PrimaryName {
			of = lists.OriginalName
		}
		source.AddName(&e, lists.Name{Text: plain, Kind: of})
		kind = lists.Alias
	}
	if len(e.Names) == 0 {
		p.Add(lists.Problem{Record: e.ID, Field: name, Reason: "the party has no name"})
	}
	for _, c := range source.Split(t.Get(nation), ";") {
		e.Countries = source.AddUnique(e.Countries, p.Country(e.ID, nation, c))
	}
	for _, part := range source.Split(t.Get(address), ";") {
		for _, a := range source.Split(places.ReplaceAllString(part, "\x00"), "\x00") {
			country := source.Code(a[strings.LastIndex(a, ",")+1:])
			if len(a) == len("XX") && country != "" { // a country is no address
				e.Countries = source.AddUnique(e.Countries, country)
				continue
			}
			if country == "" && len(e.Countries) == 1 {
				country = e.Countries[0] // the country of the row is that of its addresses
			}
			e.Addresses = append(e.Addresses, lists.Address{Text: a, Country: country})
		}
	}
	for _, id := range source.Split(t.Get(number), ";") {
		e.Identifiers = append(e.Identifiers, lists.Identifier{Type: "passport or other number", Value: id})
	}
	e.Measures = []lists.Measure{{Programme: "SHTC"}}
	return e
}
