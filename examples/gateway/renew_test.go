//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
)

// TestRenewLists: a list that changes on disk is in force without a new start, by a signal or by the clock; one that
// cannot be read stays as it was, and everybody is told.
func TestRenewLists(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, every string
		// ask asks the process to look at the lists.
		ask func(*process) error
	}{
		{"by signal", "0", func(p *process) error { return p.cmd.Process.Signal(syscall.SIGHUP) }},
		{"by the clock", "100ms", func(*process) error { return nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			own := filepath.Join(t.TempDir(), "own.csv")
			write := func(rows string) {
				require.NoError(t, os.WriteFile(own+".new", []byte(rows), 0o600))
				require.NoError(t, os.Rename(own+".new", own))
			}
			list := func(name string) string { return "id,kind,name,countries\nOWN-1,organization," + name + ",NA\n" }
			write(list("Other Workshop"))
			tokens, holder := holders(t)
			p := begin(t, "-dir", t.TempDir(), "-addr", "127.0.0.1:0", "-tokens", tokens, "-list", "sheet="+own, "-renew-lists", c.every)
			inForce := func() (own desk.ListState) {
				var answer struct{ Lists []desk.ListState }
				require.NoError(t, json.Unmarshal([]byte(read(t, p.url+"/v1/lists", holder["auditor"])), &answer))
				for _, l := range answer.Lists {
					if l.ID == "own" {
						own = l
					}
				}
				return own
			}
			until := func(ok func(desk.ListState) bool) desk.ListState {
				require.NoError(t, c.ask(p))
				require.Eventually(t, func() bool { return ok(inForce()) }, time.Minute, 20*time.Millisecond)
				return inForce()
			}
			screen := func(key string) string {
				status, a, err := send("POST", p.url+"/v1/screenings", holder["erp"], key, madeUp("RL-"+key, false))
				require.NoError(t, err)
				require.Equal(t, http.StatusCreated, status, a.Refused)
				return read(t, p.url+"/v1/screenings/"+a.ID, holder["auditor"])
			}
			before := inForce()
			require.Equal(t, 1, before.Entities)
			require.NotContains(t, screen("1"), `"listed_party"`)

			write(list("Example Studio"))
			after := until(func(l desk.ListState) bool { return l.Digest != before.Digest })
			require.Contains(t, screen("2"), `"listed_party"`)

			write("id,kind,name\nOWN-1,organization,\n") // no name
			kept := until(func(l desk.ListState) bool { return !l.FailedSince.IsZero() })
			require.Equal(t, after.Digest, kept.Digest)
			require.Contains(t, screen("3"), `"listed_party"`, "what was in force is")
			require.Contains(t, read(t, p.url+"/metrics", holder["erp"]), `ordergate_list_failing{list="own"} 1`)
			require.Contains(t, read(t, p.url+"/readyz", ""), "ready")

			write(list("Third Workshop"))
			until(func(l desk.ListState) bool { return l.FailedSince.IsZero() && l.Digest != after.Digest })
			require.NotContains(t, screen("4"), `"listed_party"`)
			require.Zero(t, p.end(t, syscall.SIGTERM))
			require.Contains(t, p.stderr.String(), "list own stays as it is")
		})
	}
}

// read gets a page that must be there.
func read(t *testing.T, url, token string) string {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := client.Do(req)
	require.NoError(t, err)
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusOK, res.StatusCode, fmt.Sprintf("%s: %s", url, b))
	return string(b)
}
