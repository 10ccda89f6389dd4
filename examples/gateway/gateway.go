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
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/api"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/gateway/internal/metrics"
	"github.com/ordergate/ordergate/examples/gateway/internal/pages"
	"github.com/ordergate/ordergate/examples/gateway/internal/webhook"
	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/examples/internal/orderfile"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/testdata/programme"
)

// gateway is the parts of a running service.
type gateway struct {
	o    options
	log  *slog.Logger
	desk *desk.Desk
	api  *api.Server

	// listed are the ids of the lists of the options, in their order.
	listed []string
	sender *webhook.Sender
	// untold says that events may have taken place of which no message was queued.
	untold atomic.Bool
	stop   context.CancelFunc
	kept   sync.WaitGroup
}

// open makes the parts that the options ask for.
func open(ctx context.Context, o options, log *slog.Logger) (*gateway, error) {
	tokens, err := openTokens(o)
	if err != nil {
		return nil, err
	}
	mapping, err := orderfile.ReadMapping(o.mapping)
	if err != nil {
		return nil, err
	}
	cfg := desk.Config{Dir: o.dir, Postgres: o.postgres, Now: time.Now, Log: log}
	if cfg.Lists, cfg.Current, err = listfile.Load(o.lists); err != nil {
		return nil, err
	}
	if cfg.Policy, err = policy(cfg.Lists, o.anyAge); err != nil {
		return nil, err
	}
	if cfg.Programme, err = openProgramme(o); err != nil {
		return nil, err
	}
	g := &gateway{o: o, log: log}
	for _, c := range cfg.Current {
		g.listed = append(g.listed, c.List)
	}
	cfg.Moved = g.tell
	if g.desk, err = desk.Open(ctx, cfg); err != nil {
		return nil, err
	}
	if err := g.train(ctx); err != nil {
		return nil, errors.Join(err, g.close())
	}
	g.api = &api.Server{
		Desk: g.desk, Access: tokens, Metrics: new(metrics.Set), Log: log, Now: time.Now,
		Orders: mapping, MaxBody: o.maxBody, Timeout: o.timeout, MaxInFlight: o.maxInFlight,
	}
	sessions, err := access.NewSessions(tokens, g.desk.Secret(), g.desk)
	if err != nil {
		return nil, errors.Join(err, g.close())
	}
	if g.api.Workbench, err = pages.New(pages.Config{
		Desk: g.desk, Access: tokens, Sessions: sessions, Log: log, Now: time.Now, Timeout: o.timeout, Secure: o.tlsCert != "" || !loopback(o.addr),
		Moved: func(k icp.EventKind) { g.api.Metrics.Moved(string(k)) },
	}); err != nil {
		return nil, errors.Join(err, g.close())
	}
	if err := g.deliver(); err != nil {
		return nil, errors.Join(err, g.close())
	}
	ctx, g.stop = context.WithCancel(context.WithoutCancel(ctx))
	g.kept.Go(func() { g.keep(ctx) })
	hangUp := make(chan os.Signal, 1)
	signal.Notify(hangUp, syscall.SIGHUP)
	g.kept.Go(func() {
		defer signal.Stop(hangUp)
		g.renew(ctx, hangUp)
	})
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

// policy is the built-in one. With anyAge its limits on the age of lists are lifted.
func policy(all []lists.List, anyAge bool) (*screening.Policy, error) {
	if anyAge {
		return listfile.AnyAge(all)
	}
	return screening.BuiltInPolicy()
}

// close ends what goes on beside the requests, and closes everything.
func (g *gateway) close() error {
	if g.stop != nil {
		g.stop()
		g.kept.Wait()
	}
	if g.sender != nil {
		g.sender.Close()
	}
	return g.desk.Close()
}
