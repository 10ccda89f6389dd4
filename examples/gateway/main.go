// Command gateway is an HTTP service that screens orders for an ERP, keeps the records, and serves a
// workbench for the people who decide on what is held. It is an example to start a service of one's own from.
//
//	gateway -demo                                 to try it: address and sign-in codes are printed, data goes to a
//	                                              temporary folder, and sample orders wait to be decided on
//	gateway -dir DIR -tokens FILE -programme FILE [-config FILE] [-addr HOST:PORT] [-list FORMAT=PATH ...]
//	        [-postgres CONN] [-tls-cert FILE -tls-key FILE] [-webhooks FILE]
//	gateway -new-token                            prints a token and the hash that the tokens file holds
//
// Every flag may also stand in the configuration file, one "name value" a line; flags win. The interface is
// described at /openapi.json. On SIGHUP, and from time to time, the lists are read anew. On SIGTERM the service stops
// taking requests, answers those it has, and ends.
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
)

// gcPercent is how much garbage, in percent of the lists and what else is kept, is let gather before it is collected. While
// it is, for a third of a second with 50,000 entities, orders wait for a processor; at Go's own 100 that is too often. The
// memory that it costs instead does not grow with time. GOGC in the environment sets another.
const gcPercent = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "gateway:", err)
		os.Exit(1)
	}
}

// run serves until the context ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	if o.newToken {
		token, sum := access.NewToken()
		_, err := fmt.Fprintf(stdout, "token  %s\nsha256 %s\n", token, sum)
		return err
	}
	var level slog.LevelVar
	log := slog.New(slog.NewJSONHandler(stderr, &slog.HandlerOptions{Level: &level}))
	if o.demo {
		clean, err := demo(&o, stdout)
		if err != nil {
			return err
		}
		defer clean()
	}
	if o.samples { // whoever tries it out reads the codes, not every request
		level.Set(slog.LevelWarn)
	}
	g, err := open(ctx, o, log)
	if err != nil {
		return err
	}
	if o.samples {
		if err := g.fill(ctx); err != nil {
			return errors.Join(err, g.close())
		}
	}
	return errors.Join(g.serve(ctx, stdout), g.close())
}

// serve answers requests until the context ends, then those under way.
func (g *gateway) serve(ctx context.Context, stdout io.Writer) error {
	var leaving atomic.Bool
	g.api.Ready = func(ctx context.Context) error {
		if leaving.Load() {
			return errors.New("shutting down")
		}
		return g.desk.Ready(ctx)
	}
	srv := &http.Server{
		Handler:           g.api.Handler(),
		ReadHeaderTimeout: g.o.readTimeout,
		ReadTimeout:       g.o.readTimeout,
		WriteTimeout:      g.o.timeout + g.o.readTimeout,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(g.log.Handler(), slog.LevelDebug), // what strangers send is not news
		TLSConfig:         &tls.Config{MinVersion: tls.VersionTLS12},
	}
	l, err := net.Listen("tcp", g.o.addr)
	if err != nil {
		return err
	}
	scheme := "http"
	if g.o.tlsCert != "" {
		scheme = "https"
	}
	if _, err := fmt.Fprintf(stdout, "listening on %s://%s\n", scheme, l.Addr()); err != nil {
		return errors.Join(err, l.Close())
	}
	ended := make(chan error, 1)
	go func() {
		if g.o.tlsCert != "" {
			ended <- srv.ServeTLS(l, g.o.tlsCert, g.o.tlsKey)
		} else {
			ended <- srv.Serve(l)
		}
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	leaving.Store(true)
	g.log.Info("shutting down")
	last, cancel := context.WithTimeout(context.Background(), g.o.timeout+g.o.readTimeout)
	defer cancel()
	err = srv.Shutdown(last)
	if e := <-ended; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return err
}
