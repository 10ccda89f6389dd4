package tw

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
)

func TestReadKeepsWhatTheSourceSays(t *testing.T) {
	l, err := Read(strings.NewReader(listtest.File(t, "tw", "shtc_list.csv")))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	require.Len(t, l.Entities, 2)
	assert.Equal(t, []lists.Name{
		{Text: "Example Works Ltd", Kind: lists.PrimaryName}, {Text: "示例工程有限公司", Kind: lists.OriginalName}, {Text: "EWL", Kind: lists.Alias}, {Text: "Example Works", Kind: lists.Alias},
	}, l.Entities[0].Names)
	assert.Equal(t, []lists.Address{{Text: "1 Example Road, Beijing", Country: "CN"}, {Text: "2 Example Road, Hong Kong", Country: "HK"}}, l.Entities[0].Addresses)
	person := l.Entities[1]
	assert.Equal(t, []lists.Name{{Text: "TESTER SAMPLE", Kind: lists.PrimaryName}, {Text: "Tess", Kind: lists.Alias}, {Text: "测试", Kind: lists.OriginalName}}, person.Names)
	assert.Equal(t, "United Nations reference: XXi.001", person.Remarks)
	assert.Equal(t, []lists.Address{{Text: "1 Test Street", Country: "IR"}, {Text: "2 Test Street", Country: "IR"}}, person.Addresses)
	assert.Len(t, person.Identifiers, 2)
	assert.Equal(t, lists.Unknown, person.Kind)
}

// TestOddCells are what the authority's file has among its cells.
func TestOddCells(t *testing.T) {
	l, err := Read(strings.NewReader("名稱name,別名alias,地址address,國家代碼country code\n" +
		"Example Works Ltd alias:EWL Trading;Example Trading,<span   id='alias'>EWL Trading</span>,\"RU; 1 Example Road, Minsk, Belarus\",\n" +
		"簡體中文：示例工程有限公司; Example Engineering,,,CN\n"))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, []lists.Name{
		{Text: "Example Works Ltd", Kind: lists.PrimaryName}, {Text: "EWL Trading", Kind: lists.Alias}, {Text: "Example Trading", Kind: lists.Alias},
	}, l.Entities[0].Names)
	assert.Equal(t, []string{"RU"}, l.Entities[0].Countries)
	assert.Equal(t, []lists.Address{{Text: "1 Example Road, Minsk, Belarus", Country: "BY"}}, l.Entities[0].Addresses)
	assert.Equal(t, []lists.Name{{Text: "示例工程有限公司", Kind: lists.PrimaryName}, {Text: "Example Engineering", Kind: lists.Alias}}, l.Entities[1].Names)
}

func TestIDsDoNotDependOnTheOrder(t *testing.T) {
	const head = "項次item,名稱name,別名alias\n"
	a, err := Read(strings.NewReader(head + "1,A,x\n2,B,\n3,B,\n"))
	require.NoError(t, err)
	b, err := Read(strings.NewReader(head + "1,B,\n2,B,\n3,A,x\n"))
	require.NoError(t, err)
	assert.Equal(t, a.Entities[0].ID, b.Entities[2].ID)
	assert.Equal(t, a.Entities[1].ID, b.Entities[0].ID)
	assert.Equal(t, a.Entities[1].ID+"-2", a.Entities[2].ID)
}

func TestReadRefuses(t *testing.T) {
	good := listtest.File(t, "tw", "shtc_list.csv")
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"nothing":        {"", lists.ErrEmpty},
		"a header alone": {good[:strings.Index(good, "\n")+1], lists.ErrEmpty},
		"a page":         {"<html>\n</html>\n", lists.ErrFormat},
		"a short row":    {good + "3,A\n", lists.ErrFormat},
		"mis-encoded":    {strings.Replace(good, "TESTER", "T\xe9STER", 1), lists.ErrEncoding},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Read(strings.NewReader(c.text))
			require.ErrorIs(t, err, c.want)
			listtest.Result(t, l, err)
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(listtest.File(f, "tw", "shtc_list.csv"))
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read(strings.NewReader(text))
		listtest.Result(t, l, err)
	})
}
