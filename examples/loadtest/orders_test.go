package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists/sheet"
	"github.com/ordergate/ordergate/screening/order"
	"github.com/ordergate/ordergate/testdata/madeup"
)

// TestOrders: what is sent can be read and screened, and is the same order whenever it is made.
func TestOrders(t *testing.T) {
	seen := map[string]bool{}
	for n := range 200 {
		o := madeup.Order("test", n, n%2 == 0)
		body, err := json.Marshal(&o)
		require.NoError(t, err)
		read, format, err := order.Read(bytes.NewReader(body))
		require.NoError(t, err)
		require.Equal(t, order.Native, format)
		_, err = read[0].Normalise()
		require.NoError(t, err)
		require.False(t, seen[read[0].Parties[1].Name], "another order has another buyer")
		seen[read[0].Parties[1].Name] = true
		again := madeup.Order("test", n, n%2 == 0)
		require.Equal(t, o, again)
	}
}

func TestWriteList(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv")
	require.NoError(t, run(t.Context(), []string{"-write-list", path, "-entities", "500"}, io.Discard, io.Discard))
	f, err := os.Open(path)
	require.NoError(t, err)
	l, err := sheet.Read(f, sheet.Options{ID: "load-test"})
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.Len(t, l.Entities, 500)
}

// TestWarmup: what is sent to warm up is answered, and not measured.
func TestWarmup(t *testing.T) {
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusCreated) }))
	defer gateway.Close()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"-token", "x", "-url", gateway.URL, "-rate", "200", "-warmup", "100ms", "-duration", "100ms"}, &out, io.Discard))
	var measured, answered int
	var seconds, rate float64
	_, err := fmt.Sscanf(out.String(), "orders %d in %f s, %f a second", &measured, &seconds, &rate)
	require.NoError(t, err, out.String())
	_, last, ok := strings.Cut(out.String(), "answer 201: ")
	require.True(t, ok, out.String())
	_, err = fmt.Sscan(last, &answered)
	require.NoError(t, err)
	require.Equal(t, 20, answered-measured)
	require.Positive(t, measured)
}

func TestArguments(t *testing.T) {
	for name, args := range map[string][]string{
		"no token": {}, "an argument": {"-token", "x", "more"}, "no time": {"-token", "x", "-duration", "0s"},
		"no warm-up": {"-token", "x", "-warmup", "-1s"}, "too many held": {"-token", "x", "-held", "101"}, "nobody there": {"-token", "x", "-url", "http://127.0.0.1:1", "-duration", "100ms", "-rate", "20"},
	} {
		require.Error(t, run(t.Context(), args, io.Discard, io.Discard), name)
	}
}
