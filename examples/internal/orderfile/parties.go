package orderfile

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
)

// A party is screened as the one party of an order of a service that needs no licence, by no rules: what is found is
// found on the watch lists.

// partyRoles are those of a party that states none: the ones in which a listing weighs most.
var partyRoles = []screening.Role{screening.Buyer, screening.Consignee, screening.EndUser}

// partyLine is the order's line.
const partyLine = "check of a party"

// readPartyLines reads JSON lines of parties, with the fields of [screening.Party].
func readPartyLines(r *bufio.Reader, name, day string, passed func(int), yield func(Entry) bool) bool {
	return eachLine(r, name, passed, yield, func(line []byte, where string) bool {
		var party struct{ ID string }
		if !json.Valid(line) || json.Unmarshal(line, &party) != nil {
			return yield(Entry{Where: where, Err: errors.New("is no JSON object of a party")})
		}
		document := fmt.Sprintf(`{"id":%s,"date":%q,"parties":[%s],"lines":[{"id":"1","kind":"service","description":%q,"uncontrolled":true}]}`,
			quoted(partyID(party.ID, where)), day, line, partyLine)
		return readParty(document, where, yield)
	})
}

// readPartyTable reads a CSV table of parties: a header with name and any of id, other_names, kind, country, address,
// identifiers and business, in the form that package csvorder gives those columns.
func readPartyTable(r *bufio.Reader, name, day string, passed func(int), yield func(Entry) bool) bool {
	table := csv.NewReader(counter{r, passed})
	header, err := table.Read()
	if err != nil {
		return yield(Entry{Where: name, Err: err})
	}
	id := -1
	columns := []string{"order_id", "line_id", "order_date", "line_kind", "description", "uncontrolled"}
	for i, c := range header {
		c = strings.TrimSpace(strings.TrimPrefix(c, "\ufeff"))
		if c == "id" {
			id = i
			continue
		}
		columns = append(columns, "buyer_"+c)
	}
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return yield(Entry{Where: name, Err: err})
		}
		line, _ := table.FieldPos(0)
		where := fmt.Sprintf("%s:%d", name, line)
		number := ""
		if id >= 0 {
			number = row[id]
			row = append(row[:id:id], row[id+1:]...)
		}
		var document bytes.Buffer
		w := csv.NewWriter(&document)
		// A buffer takes everything.
		_ = w.WriteAll([][]string{columns, append([]string{partyID(number, where), "1", day, "service", partyLine, "true"}, row...)})
		if !readParty(document.String(), where, yield) {
			return false
		}
	}
}

// readParty reads the order of a party and gives the party its roles.
func readParty(document, where string, yield func(Entry) bool) bool {
	return readDocument(strings.NewReader(document), order.Options{}, where, func(e Entry) bool {
		for i := range e.Order.Parties {
			if p := &e.Order.Parties[i]; len(p.Roles) < 2 {
				p.Roles = partyRoles
			}
		}
		return yield(e)
	})
}

// partyID names a party's order: by its own number, or by where it stands.
func partyID(id, where string) string {
	if id == "" {
		return where
	}
	return id
}

func quoted(s string) []byte {
	b, _ := json.Marshal(s) // a string has a JSON form
	return b
}
