package main

import (
	"context"
	"os"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/internal/listfile"
)

// renew reads the lists anew at every signal, and as often as the options ask, until ctx ends.
func (g *gateway) renew(ctx context.Context, asked <-chan os.Signal) {
	var due <-chan time.Time
	if g.o.renew > 0 {
		tick := time.NewTicker(g.o.renew)
		defer tick.Stop()
		due = tick.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-asked:
		case <-due:
		}
		g.renewLists(ctx)
	}
}

func (g *gateway) renewLists(ctx context.Context) {
	fresh := make([]desk.Fresh, len(g.listed))
	for i, id := range g.listed {
		f := &fresh[i]
		f.ID = id
		f.List, f.On, f.Err = listfile.Open(g.o.lists[i])
	}
	changes, err := g.desk.Reload(ctx, fresh)
	if err != nil && ctx.Err() == nil {
		g.log.Error("lists not renewed", "error", err)
	}
	if len(changes) > 0 {
		g.log.Info("lists renewed", "changes", len(changes))
	}
}
