package fetch_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/ordergate/ordergate/lists/fetch"
	"github.com/ordergate/ordergate/lists/sheet"
)

// A list is put in force only where its importer can read it; asked again, the server says that nothing has changed.
func ExampleFetcher_Update() {
	authority := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, "id,kind,name\n1,organization,Example Works Ltd\n")
	}))
	defer authority.Close()
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	fetcher := &fetch.Fetcher{Dir: dir}
	source := fetch.Source{
		List: "own", Files: []fetch.File{{Name: "own.csv", URL: authority.URL + "/own.csv"}},
		Check: func(files fs.FS) error {
			f, err := files.Open("own.csv")
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = sheet.Read(f, sheet.Options{ID: "own"})
			return err
		},
	}
	for range 2 {
		result, err := fetcher.Update(context.Background(), source)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(result.List, result.Changed, result.State.Files[0].Bytes)
	}
	_, stale := fetcher.Stale(source)
	fmt.Println("stale:", stale)
	// Output:
	// own true 46
	// own false 46
	// stale: false
}
