package ccl

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/classify"
)

var head = classify.ControlList{ID: "us-ccl", Title: "CCL", Regime: "US"}

// sample has the shape of the eCFR's XML; its text is made up.
const sample = `<?xml version="1.0" encoding="UTF-8"?>
<DIV5 N="774" TYPE="PART"><HEAD>PART 774</HEAD><P>See 3A777 for widgets.</P>
<DIV9 N="Supplement No. 1 to Part 774" TYPE="APPENDIX">
<P><B>3A777   Sample “widgets,” as follows (see List of Items Controlled).</B></P>
<P><B>License Requirements</B></P>
<P><I>Reason for Control:</I> NS, AT</P>
<P><I>Related Controls:</I> (1) See ECCN 3A778 and 9A610.x.</P>
<P><I>Items:</I></P>
<P>a. Widgets of type one:</P>
<P>a.1. Rated above 5 GHz; <E T="03">or</E></P>
<NOTE><P><B>Note 1 to paragraph a.1:</B> Toys are free.</P></NOTE>
<P>a.5.b. Rated above 9 GHz.</P>
<P><B>3A778   Other widgets.</B></P>
<P>Reason for Control: AT</P>
</DIV9></DIV5>`

func TestRead(t *testing.T) {
	l, err := Read(strings.NewReader(sample), head)
	require.NoError(t, err)
	var codes []string
	for _, e := range l.Entries {
		codes = append(codes, e.Code)
	}
	require.Equal(t, []string{"3A777", "3A777.a", "3A777.a.1", "3A777.a.5.b", "3A778"}, codes)
	require.Equal(t, "NS, AT", l.Entries[0].Reason)
	require.Equal(t, []string{"3A778", "9A610.x"}, l.Entries[0].SeeAlso)
	require.Equal(t, []string{"Note 1 to paragraph a.1: Toys are free."}, l.Entries[2].Notes)
	require.Equal(t, "Sample “widgets,” as follows (see List of Items Controlled).\nWidgets of type one:", l.Entries[3].Text)
	c, err := classify.New(classify.Config{ControlLists: []classify.ControlList{l}})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	r := c.Classify(classify.Item{Declared: []classify.DeclaredCode{{List: "us-ccl", Code: "3A777.a.1"}}}, "2026-11-20")
	require.Equal(t, "3A777.a.1", r.Candidates[0].Code)
	require.Equal(t, "NS, AT", r.Candidates[0].Reason, "a paragraph has its entry's reason")
}

// TestWholeListInTheOfficialLayout writes the shared copy of the list, which is JSON, in the layout of the
// eCFR's XML and reads it: every ECCN, with the paragraphs of the categories that the copy has in full.
func TestWholeListInTheOfficialLayout(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "control", "us_ccl_2026-07-23.json"))
	if err != nil {
		t.Skipf("the CCL is not here: %v", err)
	}
	var in struct {
		Entries []struct {
			ECCN, Heading      string
			ReasonForControl   *string
			TopLevelParagraphs map[string]string
		}
	}
	require.NoError(t, json.Unmarshal(b, &in))
	var x bytes.Buffer
	paragraph := func(format string, a ...any) {
		x.WriteString("<P>")
		require.NoError(t, xml.EscapeText(&x, fmt.Appendf(nil, format, a...)))
		x.WriteString("</P>\n")
	}
	x.WriteString("<DIV9>")
	top := 0
	for _, e := range in.Entries {
		x.WriteString("<P><B>" + e.ECCN + " ")
		require.NoError(t, xml.EscapeText(&x, []byte(e.Heading)))
		x.WriteString("</B></P>\n")
		if e.ReasonForControl != nil {
			paragraph("Reason for Control: %s", *e.ReasonForControl)
		}
		paragraph("Items:")
		for _, k := range slices.Sorted(maps.Keys(e.TopLevelParagraphs)) {
			paragraph("%s. %s", k, e.TopLevelParagraphs[k])
			top++
		}
	}
	x.WriteString("</DIV9>")
	l, err := Read(&x, head)
	require.NoError(t, err)
	entries, under := map[string]classify.Entry{}, 0
	for _, e := range l.Entries {
		if e.Parent == "" {
			entries[e.Code] = e
		} else {
			under++
		}
	}
	require.Len(t, entries, 633)
	require.Equal(t, top, under)
	require.Equal(t, "NS, RS, MT, NP, AT", entries["3A001"].Reason)
	c, err := classify.New(classify.Config{ControlLists: []classify.ControlList{l}})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	for _, code := range []string{"5A991", "4A994.i", "9A610.x", "5A992.c"} {
		r := c.Classify(classify.Item{Declared: []classify.DeclaredCode{{List: "us-ccl", Code: code}}, Description: "unmanaged Ethernet switch"}, "2026-11-20")
		require.NotEmpty(t, r.Candidates, code)
		require.Equal(t, code[:5], r.Candidates[0].Code[:5], code)
	}
}

func TestErrors(t *testing.T) {
	for in, want := range map[string]error{
		"": classify.ErrTableEmpty, "<DIV/>": classify.ErrTableFormat, "<P><B>3A777 x</B>": classify.ErrTableFormat, "3A777": classify.ErrTableFormat,
		strings.Repeat("<D>", 200): nil,
	} {
		_, err := Read(strings.NewReader(in), head)
		require.Error(t, err, "%.40q", in)
		if want != nil {
			require.ErrorIs(t, err, want, "%.40q", in)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add("<P><B>3A777 x</B></P><P>Items:</P><P>a. y</P>")
	f.Fuzz(func(t *testing.T, s string) {
		l, err := Read(strings.NewReader(s), head)
		if err == nil && len(l.Entries) == 0 {
			t.Fatal("no entry and no error")
		}
	})
}
