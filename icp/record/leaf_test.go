package record

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func sampleEntry() Entry {
	return Entry{
		ID: "report/SO-1001/1", Kind: Report, Time: time.Date(2026, 3, 2, 8, 15, 0, 5000, time.UTC), Subject: "SO-1001",
		EventDay: "2026-04-01", Regimes: []string{"CN"}, Statement: json.RawMessage(`{"outcome":"review"}`),
		Keys: Keys{Parties: []string{"示例贸易 & Co <Ltd>"}, Persons: []string{"Buyer"}, Countries: []string{"KZ"}, Documents: []string{"PO-1"}, Outcome: "review"},
		Body: json.RawMessage(`{"a":1}`), Personal: json.RawMessage(`{"phone":"1"}`),
	}
}

func TestLeafBytes(t *testing.T) {
	e := sampleEntry()
	row, _, err := newRow(&e, bytes.Repeat([]byte{7}, PartCount*saltSize), nil)
	require.NoError(t, err)
	// Leaves of this form are in logs that are kept for ten years: the bytes may never change.
	require.Equal(t, `ordergate.record/v1
id report/SO-1001/1
kind report
time 2026-03-02T08:15:00.000005Z
facts bk1Lc0p0pMhkDgjGDotsSJVvfWPhGJmIglENAZN5+iU=
`, strings.Join(strings.SplitAfter(string(row.Leaf), "\n")[:5], ""))
	_, err = checkRow(row)
	require.NoError(t, err)
	rec, err := row.record()
	require.NoError(t, err)
	require.Equal(t, e, rec.Entry)
	require.Less(t, len(row.Leaf), 1<<16)
}

func TestLongestLeaf(t *testing.T) {
	e := sampleEntry()
	e.ID, e.Kind = strings.Repeat("x", MaxID), Kind(strings.Repeat("k", MaxID))
	require.NoError(t, e.check(BuiltinRetention()))
	row, _, err := newRow(&e, make([]byte, PartCount*saltSize), nil)
	require.NoError(t, err)
	require.Less(t, len(row.Leaf), 1<<16, "an entry of a C2SP bundle has a length of two bytes")
}

func TestCheckRow(t *testing.T) {
	for name, change := range map[string]func(*Row){
		"id":              func(r *Row) { r.ID += "x" },
		"kind":            func(r *Row) { r.Kind = Audit },
		"subject":         func(r *Row) { r.Subject = "" },
		"leaf":            func(r *Row) { r.Leaf = append(r.Leaf, '\n') },
		"body":            func(r *Row) { r.Parts[partBody] = append(r.Parts[partBody], ' ') },
		"salt":            func(r *Row) { r.Parts[partFacts][0]++ },
		"swapped":         func(r *Row) { r.Parts[partBody], r.Parts[partStatement] = r.Parts[partStatement], r.Parts[partBody] },
		"empty":           func(r *Row) { r.Parts[partPersonal] = []byte{} },
		"facts gone only": func(r *Row) { r.Parts[partFacts] = nil },
	} {
		e := sampleEntry()
		row, _, err := newRow(&e, make([]byte, PartCount*saltSize), nil)
		require.NoError(t, err)
		_, err = checkRow(row)
		require.NoError(t, err, name)
		change(row)
		_, err = checkRow(row)
		require.ErrorIs(t, err, ErrTampered, name)
	}
}

func FuzzParseLeaf(f *testing.F) {
	e := sampleEntry()
	row, _, err := newRow(&e, make([]byte, PartCount*saltSize), nil)
	require.NoError(f, err)
	f.Add(row.Leaf)
	f.Add([]byte("ordergate.record/v1\nid a\nkind b\ntime 2026-03-02T08:15:00Z\n"))
	f.Add([]byte("ordergate.record/v1\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := parseLeaf(text)
		if err != nil {
			require.ErrorIs(t, err, errLeaf)
			return
		}
		require.Equal(t, string(text), string(l.bytes()))
	})
}
