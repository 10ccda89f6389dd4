package lists_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/un"
)

func ExampleIndex_Match() {
	snapshot, err := lists.NewSnapshot(lists.List{
		ID: "own", Title: "Own list", Regime: "own", Published: "2026-10-01",
		Entities: []lists.Entity{{
			ID: "C-1", Kind: lists.Organization,
			Names:     []lists.Name{{Text: "Example Trading Company", Kind: lists.PrimaryName}, {Text: "示例贸易公司", Kind: lists.Alias}},
			Countries: []string{"CN"},
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	index, err := lists.NewIndex(snapshot)
	if err != nil {
		log.Fatal(err)
	}
	defer index.Close()
	for _, name := range []string{"EXAMPEL TRADING CO., LTD", "示例貿易有限公司", "Beispiel Handel GmbH"} {
		fmt.Print(name, ":")
		for _, hit := range index.Match(lists.Query{Names: []string{name}, Countries: []string{"CN"}}) {
			fmt.Printf(" like %s, country %s", hit.Name.Text, hit.Corroboration[0].Verdict)
		}
		fmt.Println()
	}
	// Output:
	// EXAMPEL TRADING CO., LTD: like Example Trading Company, country agrees
	// 示例貿易有限公司: like 示例贸易公司, country agrees
	// Beispiel Handel GmbH:
}

// A process that screens while its lists are updated asks the holder for the index in force. What cannot be read
// changes nothing.
func ExampleHolder_Update() {
	edition := func(names ...string) func(context.Context, *lists.Snapshot) (*lists.Snapshot, error) {
		return func(context.Context, *lists.Snapshot) (*lists.Snapshot, error) {
			list := lists.List{ID: "own", Title: "Own list", Regime: "own"}
			for i, n := range names {
				list.Entities = append(list.Entities, lists.Entity{ID: fmt.Sprint(i), Names: []lists.Name{{Text: n, Kind: lists.PrimaryName}}})
			}
			return lists.NewSnapshot(list)
		}
	}
	holder := new(lists.Holder)
	ctx := context.Background()
	for _, load := range []func(context.Context, *lists.Snapshot) (*lists.Snapshot, error){
		edition("Example Works"),
		edition("Example Works", "Second Works"),
		func(context.Context, *lists.Snapshot) (*lists.Snapshot, error) {
			return nil, errors.New("the file is cut off")
		},
	} {
		changes, err := holder.Update(ctx, load)
		fmt.Println(len(changes), err, "- in force:", holder.Current().Snapshot().Len())
	}
	// Output:
	// 1 <nil> - in force: 1
	// 1 <nil> - in force: 2
	// 0 the file is cut off - in force: 2
}

// An archive gives back the snapshot that a report of years ago was made from.
func ExampleArchive() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	archive := lists.NewArchive(lists.DirStore(dir))
	then, err := lists.NewSnapshot(lists.List{ID: "own", Title: "Own list", Regime: "own", Entities: []lists.Entity{{
		ID: "C-1", Names: []lists.Name{{Text: "Example Works", Kind: lists.PrimaryName}},
	}}})
	if err != nil {
		log.Fatal(err)
	}
	if err := archive.Keep(then); err != nil {
		log.Fatal(err)
	}
	again, err := archive.Open(then.Digest())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(again.Digest() == then.Digest(), len(lists.Diff(then, again)))
	// Output: true 0
}

func ExampleLoad() {
	read := func(file string) func(func(io.Reader) io.Reader) (lists.List, error) {
		return func(watch func(io.Reader) io.Reader) (lists.List, error) {
			f, err := os.Open(file)
			if err != nil {
				return lists.List{}, err
			}
			defer f.Close()
			return un.Read(watch(f))
		}
	}
	snapshot, err := lists.Load(context.Background(), []lists.Source{{Name: "un", Read: read("../testdata/lists/un/consolidated.xml")}}, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(snapshot.Lists()[0].ID, snapshot.Len() > 0)
	_, err = lists.Load(context.Background(), []lists.Source{{Name: "un", Read: read("none.xml")}}, nil)
	fmt.Println(errors.Is(err, fs.ErrNotExist))
	// Output:
	// un true
	// true
}
