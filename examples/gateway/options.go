package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/examples/internal/orderfile"
	"github.com/ordergate/ordergate/icp"
)

// options are the flags.
type options struct {
	addr, dir, postgres string
	// attended is what the demonstration adds to the training file.
	attended []icp.Attendance
	// samples says that the sample orders are to be screened at the start.
	samples                               bool
	tokens, programme, webhooks, training string
	mapping                               string
	tlsCert, tlsKey                       string
	lists                                 []string
	demo, newToken, anyAge                bool
	maxBody                               int64
	timeout, readTimeout, renew           time.Duration
	maxInFlight, burst                    int
	perSecond                             float64
}

// parse reads the flags and the configuration file, and names everything that is missing.
func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	var config string
	f := flag.NewFlagSet("gateway", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&config, "config", "", "file of flags, one \"name value\" a line; # begins a comment")
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "address to listen on")
	f.StringVar(&o.dir, "dir", "", "folder of the signing key, the archive and the log")
	f.StringVar(&o.postgres, "postgres", "", "connection string of a log that several gateways share, instead of the folder's")
	f.StringVar(&o.tokens, "tokens", "", "JSON file of hashed tokens and their roles")
	f.StringVar(&o.programme, "programme", "", "YAML file of the compliance programme")
	f.StringVar(&o.training, "training", "", "JSON file of attendances of courses to record: [{person, course, on, score}]")
	f.StringVar(&o.webhooks, "webhooks", "", "JSON file of endpoints to tell of what becomes of orders")
	f.StringVar(&o.mapping, "mapping", "", orderfile.MappingUsage)
	f.StringVar(&o.tlsCert, "tls-cert", "", "certificate file; with -tls-key the service speaks TLS only")
	f.StringVar(&o.tlsKey, "tls-key", "", "private key file of the certificate")
	f.Func("list", "watch list, FORMAT=PATH, repeatable; formats: "+listfile.Formats(), func(s string) error {
		o.lists = append(o.lists, s)
		return nil
	})
	f.DurationVar(&o.renew, "renew-lists", 10*time.Minute, "how often the lists are read anew; 0 leaves it to SIGHUP")
	f.BoolVar(&o.demo, "demo", false, "serve sample data and print sample tokens, for trying it out")
	f.BoolVar(&o.newToken, "new-token", false, "print a token and its hash, and end")
	f.BoolVar(&o.anyAge, "any-list-age", false, "accept lists of any age: for trying it out, not to ship by")
	f.Int64Var(&o.maxBody, "max-body", 1<<20, "largest request body in bytes")
	f.DurationVar(&o.timeout, "timeout", 20*time.Second, "time for one answer")
	f.DurationVar(&o.readTimeout, "read-timeout", 10*time.Second, "time for a request to arrive")
	f.IntVar(&o.maxInFlight, "max-in-flight", 256, "requests answered at a time")
	f.Float64Var(&o.perSecond, "per-second", 50, "requests a second of a token that states no rate of its own")
	f.IntVar(&o.burst, "burst", 200, "requests at once of a token that states none of its own")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	if config != "" {
		if err := fromFile(f, config); err != nil {
			return o, err
		}
	}
	return o, o.check()
}

// fromFile sets the flags of a file that the command line did not set.
func fromFile(f *flag.FlagSet, path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	given := make(map[string]bool)
	f.Visit(func(g *flag.Flag) { given[g.Name] = true })
	var problems []error
	n := 0
	for sc := bufio.NewScanner(strings.NewReader(string(b))); sc.Scan(); {
		n++
		line := strings.TrimSpace(sc.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, _ := strings.Cut(line, " ")
		switch g := f.Lookup(name); {
		case g == nil || name == "config":
			problems = append(problems, fmt.Errorf("%s:%d: no flag %q", path, n, name))
		case !given[name]:
			if err := g.Value.Set(strings.TrimSpace(value)); err != nil {
				problems = append(problems, fmt.Errorf("%s:%d: %s: %w", path, n, name, err))
			}
		}
	}
	return errors.Join(problems...)
}

func (o *options) check() error {
	var problems []error
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if !o.demo && !o.newToken {
		for _, need := range []struct{ name, value string }{{"dir", o.dir}, {"tokens", o.tokens}, {"programme", o.programme}} {
			if need.value == "" {
				bad("-%s is required; try -demo first", need.name)
			}
		}
	}
	if (o.tlsCert == "") != (o.tlsKey == "") {
		bad("-tls-cert and -tls-key belong together")
	}
	if o.maxBody < 1 || o.timeout <= 0 || o.readTimeout <= 0 || o.maxInFlight < 1 || o.perSecond <= 0 || o.burst < 1 || o.renew < 0 {
		bad("limits must be above 0, and -renew-lists not below")
	}
	return errors.Join(problems...)
}
