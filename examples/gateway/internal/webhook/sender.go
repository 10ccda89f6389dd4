package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/ordergate/ordergate/icp/record"
)

// taskKind is the kind of the queue's tasks that are messages.
const taskKind = "webhook"

// Endpoint is a receiver of messages.
type Endpoint struct {
	// Name tells endpoints apart; it stands in ids of tasks and in logs.
	Name   string
	URL    string
	Secret []byte
}

// Config is what a sender is made of.
type Config struct {
	Queue     record.Queue
	Endpoints []Endpoint
	// Worker names this process among those that share the queue.
	Worker string
	// Client sends; nil is one that follows no redirect and waits ten seconds.
	Client *http.Client
	Log    *slog.Logger
	// Result is told of every attempt: "delivered", "retried" or "given_up".
	Result func(string)
	Now    func() time.Time
	// Poll is how often the queue is looked at when nothing was added here; 0 is two seconds.
	Poll time.Duration
	// Backoff is the wait after the first failure, doubled after each; 0 is two seconds. Attempts is after
	// how many a message is given up; 0 is 12, somewhat over two hours.
	Backoff  time.Duration
	Attempts int
}

// Sender delivers messages until Close.
type Sender struct {
	cfg  Config
	stop context.CancelFunc
	wake chan struct{}
	done sync.WaitGroup
}

// NewSender begins to deliver what the queue holds.
func NewSender(cfg Config) *Sender {
	if cfg.Client == nil {
		cfg.Client = &http.Client{
			Timeout:       10 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	if cfg.Poll == 0 {
		cfg.Poll = 2 * time.Second
	}
	if cfg.Backoff == 0 {
		cfg.Backoff = 2 * time.Second
	}
	if cfg.Attempts == 0 {
		cfg.Attempts = 12
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Sender{cfg: cfg, stop: stop, wake: make(chan struct{}, 1)}
	for range min(deliverers, deliverers*len(cfg.Endpoints)) {
		s.done.Go(func() { s.run(ctx) })
	}
	return s
}

// deliverers is how many messages are delivered at a time, so that an endpoint that does not answer holds up few others;
// lease how long one of them may take: longer than the client waits, since a message whose lease is over is sent again.
const (
	deliverers = 4
	lease      = 15 * time.Second
)

// Close ends delivering. What is not delivered yet stays in the queue.
func (s *Sender) Close() {
	s.stop()
	s.done.Wait()
}

// message is a task's payload.
type message struct {
	Endpoint string          `json:"endpoint"`
	ID       string          `json:"id"`
	Body     json.RawMessage `json:"body"`
}

// Send puts a message for every endpoint into the queue. One id is put once, however often it is sent.
func (s *Sender) Send(ctx context.Context, id string, event any) error {
	if len(s.cfg.Endpoints) == 0 {
		return nil
	}
	body, err := json.Marshal(event)
	if err != nil {
		return fmt.Errorf("webhook %s: %w", id, err)
	}
	tasks := make([]record.Task, len(s.cfg.Endpoints))
	for i, e := range s.cfg.Endpoints {
		payload, err := json.Marshal(message{e.Name, id, body})
		if err != nil {
			return fmt.Errorf("webhook %s: %w", id, err)
		}
		tasks[i] = record.Task{ID: "webhook/" + e.Name + "/" + id, Kind: taskKind, Payload: payload, NotBefore: s.cfg.Now()}
	}
	if err := s.cfg.Queue.Put(ctx, tasks...); err != nil {
		return err
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
	return nil
}

func (s *Sender) run(ctx context.Context) {
	tick := time.NewTicker(s.cfg.Poll)
	defer tick.Stop()
	for {
		if err := s.deliver(ctx); err != nil && ctx.Err() == nil {
			s.cfg.Log.Error("webhooks", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-s.wake:
		}
	}
}

// deliver tries every message that is due, once.
func (s *Sender) deliver(ctx context.Context) error {
	for {
		tasks, err := s.cfg.Queue.Claim(ctx, taskKind, s.cfg.Worker, s.cfg.Now(), lease, 1)
		if err != nil || len(tasks) == 0 {
			return err
		}
		if err := s.try(ctx, tasks[0]); err != nil {
			return err
		}
	}
}

// try sends one message and settles its task. The error is the queue's.
func (s *Sender) try(ctx context.Context, t record.Task) error {
	var m message
	err := json.Unmarshal(t.Payload, &m)
	if err == nil {
		err = s.post(ctx, m)
	}
	// The task is settled also while the sender is being closed.
	ctx = context.WithoutCancel(ctx)
	switch {
	case err == nil:
		s.cfg.Result("delivered")
		return s.cfg.Queue.Finish(ctx, t.ID, s.cfg.Worker)
	case t.Attempts >= s.cfg.Attempts:
		s.cfg.Result("given_up")
		s.cfg.Log.Error("webhook given up", "endpoint", m.Endpoint, "attempts", t.Attempts, "error", err)
		return s.cfg.Queue.Finish(ctx, t.ID, s.cfg.Worker)
	}
	s.cfg.Result("retried")
	wait := s.cfg.Backoff << min(max(t.Attempts-1, 0), 10)
	return s.cfg.Queue.Return(ctx, t.ID, s.cfg.Worker, s.cfg.Now().Add(wait))
}

var errEndpoint = errors.New("no endpoint of this name is configured")

func (s *Sender) post(ctx context.Context, m message) error {
	for _, e := range s.cfg.Endpoints {
		if e.Name == m.Endpoint {
			return s.postTo(ctx, e, m)
		}
	}
	return errEndpoint
}

func (s *Sender) postTo(ctx context.Context, e Endpoint, m message) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.URL, bytes.NewReader(m.Body))
	if err != nil {
		return err
	}
	at := s.cfg.Now().Unix()
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(HeaderID, m.ID)
	req.Header.Set(HeaderTimestamp, strconv.FormatInt(at, 10))
	req.Header.Set(HeaderSignature, signature(e.Secret, m.ID, at, m.Body))
	res, err := s.cfg.Client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16)) // so that the connection can be used again
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Errorf("answered %d", res.StatusCode)
	}
	return nil
}
