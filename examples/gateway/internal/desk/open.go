package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/postgres"
	"github.com/ordergate/ordergate/icp/record/search"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
)

// Config is what a desk is made of.
type Config struct {
	// Dir holds the log's key pair, the archive, the search index, and the log where Postgres is "".
	Dir string
	// Postgres is the connection string of a log that several gateways share; they share Dir/log.key too.
	Postgres string
	// Lists are those in force at the beginning, see [Desk.Reload].
	Lists []lists.List
	// Current says on which day each list was last known to be current.
	Current []screening.ListCurrent
	Policy  *screening.Policy
	// Programme says who decides on what is held.
	Programme *icp.Programme
	// Moved is told of every event of a case; nil tells nobody.
	Moved Moved
	Now   func() time.Time
	Log   *slog.Logger
}

// Desk is an open desk. It is safe for concurrent use.
type Desk struct {
	cfg        Config
	lists      *lists.Holder
	fresh      atomic.Pointer[freshness]
	renewal    sync.Mutex
	classifier *classify.Classifier
	screener   *screening.Screener
	log        *record.Log
	signer     string
	verifier   string
	cases      *icp.Cases
	queue      record.Queue
	search     *search.Index
}

// Open loads the lists, opens or begins the log, and archives what reports will be made from.
func Open(ctx context.Context, cfg Config) (d *Desk, err error) {
	d = &Desk{cfg: cfg, lists: new(lists.Holder)}
	d.fresh.Store(&freshness{cfg.Current, map[string]time.Time{}})
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
			d = nil
		}
	}()
	if _, err := d.lists.Update(ctx, func(context.Context, *lists.Snapshot) (*lists.Snapshot, error) {
		return lists.NewSnapshot(cfg.Lists...)
	}); err != nil {
		return d, err
	}
	if d.classifier, err = classify.New(classify.Config{}); err != nil {
		return d, err
	}
	if err := d.openLog(ctx); err != nil {
		return d, err
	}
	d.cases = icp.NewCases(d.log, cfg.Programme)
	if d.search, err = search.Open(ctx, filepath.Join(cfg.Dir, "search"), d.log); err != nil {
		return d, err
	}
	rules, err := trigger.BuiltIn()
	if err != nil {
		return d, err
	}
	d.screener, err = screening.New(screening.Config{
		Lists: d.lists, Rules: rules, Classifier: d.classifier, Policy: cfg.Policy, Recorder: d.cases.Recorder(),
	})
	if err != nil {
		return d, err
	}
	if err := d.screener.Keep(d.archive()); err != nil {
		return d, err
	}
	return d, d.recordInForce(ctx, rules, d.lists.Current().Snapshot())
}

// gather is how long an order waits for others to be recorded with it: at some hundreds a second recording costs half, and
// those that come last wait less than they would for a processor.
const gather = 8 * time.Millisecond

// openLog opens the log with the key pair of the folder, and makes one where there is none.
func (d *Desk) openLog(ctx context.Context) error {
	key := filepath.Join(d.cfg.Dir, "log.key")
	if _, err := os.Stat(key); errors.Is(err, os.ErrNotExist) {
		if err := makeKeys(key); err != nil {
			return err
		}
	}
	data, err := os.ReadFile(key)
	if err != nil {
		return err
	}
	signer, verifier, _ := strings.Cut(strings.TrimSpace(string(data)), "\n")
	d.signer, d.verifier = signer, verifier
	store, queue, err := d.openStore(ctx)
	if err != nil {
		return err
	}
	d.queue = queue
	d.log, err = record.Open(ctx, record.Config{Store: store, Signer: signer, Verifier: verifier, Retention: d.cfg.Programme.Retention(), Gather: gather})
	if err != nil {
		return errors.Join(err, store.Close())
	}
	return nil
}

func (d *Desk) openStore(ctx context.Context) (record.Store, record.Queue, error) {
	if d.cfg.Postgres != "" {
		s, err := postgres.Open(ctx, d.cfg.Postgres, postgres.Options{})
		return s, s, err
	}
	s, err := sqlite.Open(ctx, filepath.Join(d.cfg.Dir, "log.db"), sqlite.Options{})
	return s, s, err
}

// makeKeys writes the private and the public key into one file that nobody else may read, as
// examples/auditlog takes it, and the public key beside it.
func makeKeys(path string) error {
	signer, verifier, err := record.GenerateKey("ordergate-gateway")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(signer+"\n"+verifier+"\n"), 0o600); err != nil {
		return err
	}
	return os.WriteFile(strings.TrimSuffix(path, ".key")+".pub", []byte(verifier+"\n"), 0o644)
}

// Queue is the work queue beside the log.
func (d *Desk) Queue() record.Queue { return d.queue }

// Secret is the log's private key, which gateways on one log share: for deriving others from it, not for use as it is.
func (d *Desk) Secret() []byte { return []byte(d.signer) }

// Close closes everything that Open opened.
func (d *Desk) Close() error {
	var errs []error
	if d.search != nil {
		errs = append(errs, d.search.Close())
	}
	if d.log != nil {
		errs = append(errs, d.log.Close())
	}
	if d.classifier != nil {
		errs = append(errs, d.classifier.Close())
	}
	if ix := d.lists.Current(); ix != nil {
		errs = append(errs, ix.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("closing: %w", err)
	}
	return nil
}

// Ready reports whether the log can be read.
func (d *Desk) Ready(ctx context.Context) error {
	_, err := d.log.Checkpoint(ctx)
	return err
}
