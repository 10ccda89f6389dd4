package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/api"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/gateway/internal/metrics"
	"github.com/ordergate/ordergate/examples/gateway/internal/pages"
	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/cn"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/testdata/programme"
)

// gateway is the parts of a running service.
type gateway struct {
	o    options
	log  *slog.Logger
	desk *desk.Desk
	api  *api.Server
}

// open makes the parts that the options ask for.
func open(ctx context.Context, o options, log *slog.Logger) (*gateway, error) {
	tokens, err := openTokens(o)
	if err != nil {
		return nil, err
	}
	cfg := desk.Config{Dir: o.dir, Postgres: o.postgres, Now: time.Now, Log: log}
	if cfg.Lists, cfg.Current, err = openLists(o.lists); err != nil {
		return nil, err
	}
	if cfg.Policy, err = policy(cfg.Lists, o.anyAge); err != nil {
		return nil, err
	}
	if cfg.Programme, err = openProgramme(o); err != nil {
		return nil, err
	}
	g := &gateway{o: o, log: log}
	if g.desk, err = desk.Open(ctx, cfg); err != nil {
		return nil, err
	}
	if err := g.train(ctx); err != nil {
		return nil, errors.Join(err, g.close())
	}
	g.api = &api.Server{
		Desk: g.desk, Access: tokens, Metrics: new(metrics.Set), Log: log, Now: time.Now,
		MaxBody: o.maxBody, Timeout: o.timeout, MaxInFlight: o.maxInFlight,
	}
	if g.api.Workbench, err = pages.New(pages.Config{
		Desk: g.desk, Access: tokens, Log: log, Now: time.Now, Timeout: o.timeout, Secure: o.tlsCert != "" || !loopback(o.addr),
		Moved: func(k icp.EventKind) { g.api.Metrics.Moved(string(k)) },
	}); err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

// loopback reports whether only this machine can reach the address.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

func openTokens(o options) (*access.Control, error) {
	f, err := os.Open(o.tokens)
	if err != nil {
		return nil, err
	}
	c, err := access.Load(f, access.Limits{PerSecond: o.perSecond, Burst: o.burst}, time.Now)
	return c, errors.Join(err, f.Close())
}

func openProgramme(o options) (*icp.Programme, error) {
	if o.demo && o.programme == "" {
		return icp.LoadProgramme(bytes.NewReader(programme.Example))
	}
	f, err := os.Open(o.programme)
	if err != nil {
		return nil, err
	}
	p, err := icp.LoadProgramme(f)
	return p, errors.Join(err, f.Close())
}

// train records the attendances of the training file.
func (g *gateway) train(ctx context.Context) error {
	attended := g.o.attended
	if g.o.training != "" {
		b, err := os.ReadFile(g.o.training)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(b, &attended); err != nil {
			return fmt.Errorf("%s: %w", g.o.training, err)
		}
	}
	return g.desk.Train(ctx, attended)
}

// openLists are the built-in lists and those given; one of a built-in list's id takes its place.
func openLists(specs []string) (all []lists.List, current []screening.ListCurrent, err error) {
	if all, err = cn.BuiltIn(); err != nil {
		return nil, nil, err
	}
	u, err := un.BuiltIn()
	if err != nil {
		return nil, nil, err
	}
	all = append(all, u)
next:
	for _, spec := range specs {
		l, day, err := listfile.Open(spec)
		if err != nil {
			return nil, nil, err
		}
		current = append(current, screening.ListCurrent{List: l.ID, On: day})
		for i := range all {
			if all[i].ID == l.ID {
				all[i] = l
				continue next
			}
		}
		all = append(all, l)
	}
	return all, current, nil
}

// policy is the built-in one. With anyAge its limits on the age of lists are lifted.
func policy(all []lists.List, anyAge bool) (*screening.Policy, error) {
	p, err := screening.BuiltInPolicy()
	if err != nil || !anyAge {
		return p, err
	}
	return p.Modify(func(p *screening.Policy) {
		p.ID = "try-out"
		for _, l := range all {
			p.ListAges = append(p.ListAges, screening.ListAge{List: l.ID, Days: -1})
		}
	})
}

func (g *gateway) close() error { return g.desk.Close() }
