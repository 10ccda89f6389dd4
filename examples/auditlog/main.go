// Auditlog keeps, checks and hands out the record log of a compliance programme (package icp/record).
//
//	auditlog keygen -name NAME [-dir DIR]          make the log's key pair
//	auditlog append -signer FILE [flags] LOG ID BODY.json
//	auditlog append -signer FILE -hash [flags] LOG ID FILE   a document, by its hash
//	auditlog verify -key KEY [-trusted FILE ...] LOG|PACK.zip|DIR
//	auditlog checkpoint -key KEY LOG               print the signed checkpoint, to be published
//	auditlog publish -key KEY LOG DIR              write the tiles that witnesses follow
//	auditlog prove -key KEY LOG ID                 print an inclusion proof
//	auditlog prove -key KEY -old FILE LOG          print a consistency proof
//	auditlog show -key KEY LOG ID                  print a record
//	auditlog search -key KEY [flags] LOG           find records
//	auditlog export -signer FILE [flags] LOG PACK.zip
//	auditlog receipt make -key KEY LOG ID          print a receipt
//	auditlog receipt check -key KEY [-order ORDER] FILE   check a receipt, offline
//	auditlog stopreport -key KEY LOG ID            print the evidence of a screening that must be reported
//	auditlog due -key KEY -asof DATE LOG           what may be deleted
//	auditlog hold | lift | delete -signer FILE [flags] LOG
//
// LOG is a SQLite file or a postgres:// URL. KEY is the log's public key or a file that holds it. Each
// command explains itself with -h. The exit status is 0 where all is well, 2 where something was tampered
// with, does not verify or is not what it is shown for, 1 for any other error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/ordergate/ordergate/icp/record"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr, time.Now))
}

// command is one of the program's.
type command struct {
	args, summary string
	min, max      int // number of arguments
	// setup defines the command's flags and gives what runs once they are parsed.
	setup func(c *call) action
}

// action runs a command with the arguments that follow the flags.
type action func(args []string) error

var commands = map[string]command{
	"keygen":        {"", "make a key pair: the signer stays with the log, the public key goes to whoever verifies", 0, 0, keygen},
	"append":        {"LOG ID FILE", "append a record whose body is the JSON of a file; its time is now", 3, 3, appendRecord},
	"verify":        {"LOG|PACK.zip|DIR", "check all of a log, or an audit pack or published tiles by themselves", 1, 1, verify},
	"checkpoint":    {"LOG", "print the log's signed checkpoint", 1, 1, checkpoint},
	"publish":       {"LOG DIR", "write checkpoint and tiles (C2SP tlog-tiles) for witnesses to follow", 2, 2, publish},
	"prove":         {"LOG [ID]", "prove that a record is in the log, or with -old that the log goes on from a checkpoint", 1, 2, prove},
	"show":          {"LOG ID", "print a record as JSON", 2, 2, show},
	"search":        {"LOG", "find records, newest first: index, time, kind, id, subject, outcome, parties", 1, 1, find},
	"export":        {"LOG PACK.zip", "write an audit pack, which verify checks without the log", 2, 2, export},
	"receipt make":  {"LOG ID", "print a screening receipt: it discloses the record's statement and nothing else", 2, 2, makeReceipt},
	"receipt check": {"FILE", "check a receipt with the exporter's public key alone", 1, 1, checkReceipt},
	"stopreport":    {"LOG ID", "print the evidence to stop and report with (State Council Order 792, art. 25), of a report's record", 2, 2, stopReport},
	"due":           {"LOG", "list the subjects whose term has passed: first day, subject, regime, records, hold", 1, 1, due},
	"hold":          {"LOG", "forbid the deletion of subjects", 1, 1, hold},
	"lift":          {"LOG", "end a hold", 1, 1, lift},
	"delete":        {"LOG", "delete the records of subjects that are due", 1, 1, deleteRecords},
}

// helpOrder is how help lists the commands.
var helpOrder = []string{"keygen", "append", "verify", "checkpoint", "publish", "prove", "show", "search", "export",
	"receipt make", "receipt check", "stopreport", "due", "hold", "lift", "delete"}

// errUsage ends with status 1 and without another message: the usage was printed.
var errUsage = errors.New("usage")

// call is one run of a command: its flags, and where it reads the clock and writes.
type call struct {
	ctx context.Context
	out io.Writer
	now func() time.Time
	*flag.FlagSet
}

// list defines a flag that may be given again.
func (c *call) list(name, usage string) *list {
	var l list
	c.Var(&l, name, usage+"; may be given again")
	return &l
}

type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func run(ctx context.Context, args []string, out, errOut io.Writer, now func() time.Time) int {
	name, rest := split(args)
	cmd, ok := commands[name]
	if !ok {
		usage(errOut)
		if name == "-h" || name == "help" || name == "--help" {
			return 0
		}
		return 1
	}
	c := &call{ctx: ctx, out: out, now: now, FlagSet: flag.NewFlagSet("auditlog "+name, flag.ContinueOnError)}
	c.SetOutput(errOut)
	act := cmd.setup(c)
	c.Usage = func() {
		fmt.Fprintf(errOut, "auditlog %s [flags] %s: %s\n", name, cmd.args, cmd.summary)
		c.PrintDefaults()
	}
	if err := c.Parse(rest); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 1
	}
	if n := c.NArg(); n < cmd.min || n > cmd.max {
		c.Usage()
		return 1
	}
	err := act(c.Args())
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		c.Usage()
		return 1
	}
	fmt.Fprintf(errOut, "auditlog %s: %v\n", name, err)
	if errors.Is(err, record.ErrTampered) || errors.Is(err, errOther) {
		return 2
	}
	return 1
}

// split takes the command's name, which may be of two words, off the arguments.
func split(args []string) (name string, rest []string) {
	if len(args) == 0 {
		return "", nil
	}
	if args[0] == "receipt" && len(args) > 1 {
		return args[0] + " " + args[1], args[2:]
	}
	return args[0], args[1:]
}

func usage(w io.Writer) {
	fmt.Fprintf(w, "auditlog keeps, checks and hands out a compliance record log.\n\n")
	for _, name := range helpOrder {
		fmt.Fprintf(w, "  %-14s %-20s %s\n", name, commands[name].args, commands[name].summary)
	}
	fmt.Fprintf(w, "\nLOG is a SQLite file or a postgres:// URL; \"auditlog COMMAND -h\" tells a command's flags.\n"+
		"Exit status: 0 all is well; 2 something was tampered with, does not verify or is not what it is shown for; 1 another error.\n")
}
