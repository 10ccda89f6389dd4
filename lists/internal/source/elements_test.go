package source

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/lists"
	"github.com/stretchr/testify/require"
)

// TestElements tells what no importer reads, however deep, once, and what is inside it not at all.
func TestElements(t *testing.T) {
	type name struct {
		Text string `xml:"text"`
	}
	type common struct {
		City string `xml:"city"`
	}
	type party struct {
		common
		ID    string   `xml:"id,attr"`
		Names []name   `xml:"names>name"`
		Tags  []string `xml:"tag"`
	}
	doc := `<list><party id="1"><city>A</city><names><name><text>B</text><script>C</script></name><count>1</count></names>
		<tag>x<b>no record of tags is known</b></tag><free><deep>1</deep></free></party>
		<party id="2"><names><name><script>D</script><text>E</text></name></names><dull><deep/></dull></party></list>`
	p := &Problems{List: "made-up"}
	var read []party
	ReadXML(strings.NewReader(doc), 1<<20, "list", p, Elements{}.Record("party", party{}).Unused("party", "dull"), func(d *xml.Decoder, start xml.StartElement) (bool, error) {
		if start.Name.Local != "party" {
			return false, nil
		}
		var x party
		err := d.DecodeElement(&x, &start)
		read = append(read, x)
		return true, err
	})
	l, err := p.Finish(lists.List{ID: "made-up", Title: "Made up", Regime: "XX", Entities: []lists.Entity{{ID: "1", Names: []lists.Name{{Text: "B"}}}}})
	require.NoError(t, err)
	require.Len(t, read, 2)
	require.Equal(t, "A", read[0].City)
	require.Equal(t, []name{{"E"}}, read[1].Names)
	var told []string
	for _, s := range l.Skipped {
		told = append(told, s.Field)
	}
	require.Equal(t, []string{"script", "count", "free"}, told)
}
