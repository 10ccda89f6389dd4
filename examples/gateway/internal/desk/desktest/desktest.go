// Package desktest gives tests a real desk: the built-in lists, a log in a temporary folder, one for all tests
// of a package, since loading the lists takes a second.
package desktest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/lists/cn"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/testdata/programme"
)

var shared *desk.Desk

// Main opens the desk, runs a package's tests, and gives the exit status for TestMain.
func Main(m *testing.M) int {
	status, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return status
}

func run(m *testing.M) (status int, err error) {
	dir, err := os.MkdirTemp("", "ordergate-desk-")
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	cfg, err := Config(dir)
	if err != nil {
		return 1, err
	}
	if shared, err = desk.Open(context.Background(), cfg); err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, shared.Close()) }()
	if err := shared.Train(context.Background(), Trained()); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

// Desk is the package's one desk.
func Desk(t testing.TB) *desk.Desk {
	if shared == nil {
		t.Fatal("desktest: TestMain must call Main")
	}
	return shared
}

// Config is that of a desk in a folder with the built-in lists, of any age.
func Config(dir string) (desk.Config, error) {
	cfg := desk.Config{Dir: dir, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	all, err := cn.BuiltIn()
	if err != nil {
		return cfg, err
	}
	u, err := un.BuiltIn()
	if err != nil {
		return cfg, err
	}
	cfg.Lists = append(all, u)
	if cfg.Programme, err = icp.LoadProgramme(bytes.NewReader(programme.Example)); err != nil {
		return cfg, err
	}
	p, err := screening.BuiltInPolicy()
	if err != nil {
		return cfg, err
	}
	cfg.Policy, err = p.Modify(func(p *screening.Policy) {
		for _, l := range cfg.Lists {
			p.ListAges = append(p.ListAges, screening.ListAge{List: l.ID, Days: -1})
		}
	})
	return cfg, err
}

// Trained are the courses that the sample programme's people need to decide, passed today.
func Trained() (all []icp.Attendance) {
	for _, person := range []string{"officer-a", "officer-b", "gm", "head-engineering", "head-logistics", "head-legal"} {
		all = append(all, icp.Attendance{Person: person, Course: "deciding", On: icp.Date(time.Now().UTC().Format(time.DateOnly)), Score: 90})
	}
	return all
}
