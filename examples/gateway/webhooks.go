package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/webhook"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
)

// caseChanged is the message that an order's case has moved. It holds nothing about persons or parties; whoever may
// know more asks with a token.
type caseChanged struct {
	Type    string            `json:"type"` // always "case.changed"
	Order   string            `json:"order"`
	Report  string            `json:"report"`
	Outcome screening.Outcome `json:"outcome"`
	// Block is the code to set on the order, "" where it may pass its stage now.
	Block   string          `json:"block"`
	Stage   screening.Stage `json:"stage"`
	Status  icp.Status      `json:"status"`
	Level   string          `json:"level"`
	Due     time.Time       `json:"due"`
	Changed time.Time       `json:"changed_at"`
	// Seq counts the case's events: a message with a lower one than the last received is older.
	Seq int `json:"seq"`
}

func messageOf(c icp.Case, now time.Time) caseChanged {
	m := caseChanged{
		Type: "case.changed", Order: c.ID, Report: c.Screening.Report, Outcome: c.Screening.Outcome, Block: c.Screening.Outcome.BlockCode(),
		Stage: c.Screening.Stage, Status: c.Status, Level: c.Level, Due: c.Due, Changed: c.ChangedAt, Seq: c.Seq,
	}
	if c.Cleared(now) {
		m.Block = ""
	}
	return m
}

// deliver begins to deliver messages to the endpoints of the options.
func (g *gateway) deliver() error {
	endpoints, err := readEndpoints(g.o.webhooks)
	if err != nil {
		return err
	}
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	g.sender = webhook.NewSender(webhook.Config{
		Queue: g.desk.Queue(), Endpoints: endpoints, Worker: host + "/" + access.NewRequestID(), Log: g.log, Result: g.api.Metrics.Delivered, Now: time.Now,
	})
	return nil
}

// tell queues the message of a case's last event. The event is recorded already: where queueing fails, keep tries again.
func (g *gateway) tell(ctx context.Context, c icp.Case) {
	// The event took place, whether or not the request that caused it is still there.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), g.o.timeout)
	defer cancel()
	if err := g.sender.Send(ctx, "case/"+c.ID+"/"+strconv.Itoa(c.Seq), messageOf(c, time.Now())); err != nil {
		g.log.Error("webhook not queued", "error", err)
		g.untold.Store(true)
	}
}

// tellAgain is how far back a gateway looks, when it starts or failed to queue a message, for events that nobody was told
// of. Receivers know a message that comes again by its id.
const tellAgain = time.Hour

// keep does every minute, until ctx ends, what time itself asks for: cases whose time is over go up a level, and messages
// that a crash or a failure kept out of the queue are put there.
func (g *gateway) keep(ctx context.Context) {
	g.untold.Store(true)
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		if err := g.desk.Escalate(ctx); err != nil && ctx.Err() == nil {
			g.log.Error("escalation failed", "error", err)
		}
		if g.untold.Swap(false) {
			g.tellLate(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (g *gateway) tellLate(ctx context.Context) {
	cases, err := g.desk.Cases(ctx, icp.Filter{})
	if err != nil {
		g.untold.Store(true)
		if ctx.Err() == nil {
			g.log.Error("cases not read", "error", err)
		}
		return
	}
	from := time.Now().Add(-tellAgain)
	for _, row := range cases {
		if !row.ChangedAt.After(from) {
			continue
		}
		c, err := g.desk.Case(ctx, row.ID)
		if err != nil {
			g.untold.Store(true)
			if ctx.Err() == nil {
				g.log.Error("case not read", "error", err)
			}
			return
		}
		g.tell(ctx, c)
	}
}

// minSecret is the shortest secret of an endpoint in bytes.
const minSecret = 24

// readEndpoints reads a file {"endpoints": [{"name", "url", "secret"}]}, and names everything that is wrong with it. A
// secret is written as standardwebhooks.com has it: "whsec_" and base64. Without a file there are no endpoints.
func readEndpoints(path string) ([]webhook.Endpoint, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	var file struct {
		Endpoints []struct{ Name, URL, Secret string } `json:"endpoints"`
	}
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	if err := errors.Join(dec.Decode(&file), f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var problems []error
	var endpoints []webhook.Endpoint
	seen := make(map[string]bool)
	for i, e := range file.Endpoints {
		bad := func(text string) { problems = append(problems, fmt.Errorf("%s: endpoints[%d].%s", path, i, text)) }
		encoded, ok := strings.CutPrefix(e.Secret, "whsec_")
		secret, err := base64.StdEncoding.DecodeString(encoded)
		if !ok || err != nil || len(secret) < minSecret {
			bad(fmt.Sprintf("secret: is not \"whsec_\" and the base64 of at least %d bytes", minSecret))
		}
		if e.Name == "" || strings.Contains(e.Name, "/") || seen[e.Name] {
			bad("name: must be given, once, and hold no slash")
		}
		seen[e.Name] = true
		if !safeURL(e.URL) {
			bad("url: must be https, or http to this machine, without user information")
		}
		endpoints = append(endpoints, webhook.Endpoint{Name: e.Name, URL: e.URL, Secret: secret})
	}
	return endpoints, errors.Join(problems...)
}

func safeURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (ip.IsLoopback() || u.Hostname() == "localhost")
}
