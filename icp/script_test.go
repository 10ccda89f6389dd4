package icp_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

// TestScripts plays the scripts of testdata/cases. A line is an hour, a command and its fields:
//
//	0 screen stage=pre_contract outcome=review lists=a    a report; the other fields change the order
//	1 voted by=officer-a choice=approve reason=known      an event, by the fields of icp.Event
//	1 ! not_trained voted by=officer-b ...                an event that is refused, for this reason among others
//	2 ? status=released cleared=true                      what the case now is
//
// The file "programme", where a script has one, holds lines "old -> new" that change the sample programme.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			require.NoError(t, err)
			yaml, script := string(sampleYAML(t)), ""
			for _, f := range a.Files {
				if f.Name == "script" {
					script = string(f.Data)
					continue
				}
				for _, line := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
					old, change, ok := strings.Cut(line, " -> ")
					require.True(t, ok && strings.Contains(yaml, old), "%q", line)
					yaml = strings.ReplaceAll(yaml, old, change)
				}
			}
			p, err := icp.LoadProgramme(strings.NewReader(yaml))
			require.NoError(t, err)
			s := &playing{desk: newDesk(t, p), now: situation{order: plainOrder("SO-1"), stage: "pre_contract", outcome: "review", lists: "a"}}
			for i, line := range strings.Split(script, "\n") {
				if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
					require.NoError(t, s.line(line), "script line %d: %s", i+1, line)
				}
			}
			s.whole(t)
		})
	}
}

// playing is a script under way.
type playing struct {
	*desk
	now situation
	c   icp.Case
}

// fields splits "key=value key=value"; underscores in values stand for spaces.
func fields(words []string) (f [][2]string) {
	for _, w := range words {
		k, v, _ := strings.Cut(w, "=")
		f = append(f, [2]string{k, v})
	}
	return f
}

func (s *playing) line(line string) error {
	w := strings.Fields(line)
	n, err := strconv.Atoi(w[0])
	if err != nil {
		return err
	}
	at := hour(n)
	switch w[1] {
	case "?":
		return s.expect(n, fields(w[2:]))
	case "screen":
		if err := s.situate(fields(w[2:])); err != nil {
			return err
		}
		c, err := s.open(s.now, at)
		if errors.Is(err, icp.ErrNotHeld) {
			err = nil
		}
		s.c = c
		return err
	case "escalate":
		_, err := s.cases.Escalate(s.t.Context(), at)
		if err == nil {
			s.c, err = s.cases.Get(s.t.Context(), "SO-1")
		}
		return err
	}
	var want icp.Refusal
	if w[1] == "!" {
		want, w = icp.Refusal(w[2]), w[2:]
	}
	e := icp.Event{Case: "SO-1", Kind: icp.EventKind(w[1]), At: at}
	for _, f := range fields(w[2:]) {
		if err := set(&e, f[0], f[1]); err != nil {
			return err
		}
	}
	c, err := s.cases.Do(s.t.Context(), e)
	if want == "" {
		s.c = c
		return err
	}
	var m *icp.MoveError
	if !errors.As(err, &m) || !m.Has(want) {
		return fmt.Errorf("want %s, got %v", want, err)
	}
	return nil
}

// situate changes what the next report says.
func (s *playing) situate(fs [][2]string) error {
	for _, f := range fs {
		v := f[1]
		switch f[0] {
		case "stage":
			s.now.stage = screening.Stage(v)
		case "outcome":
			s.now.outcome = screening.Outcome(v)
		case "lists":
			s.now.lists = v
		case "needs":
			s.now.needs = []screening.DocumentType{screening.DocumentType(v)}
		case "notice":
			s.now.notices = []trigger.Notice{{ID: v}}
		case "note":
			s.now.order.Note = v
		case "entered":
			s.now.order.EnteredBy = v
		case "value":
			s.now.order.Lines[0].Value = amount(v)
		case "answer":
			s.now.order.Answers = []screening.Answer{{Question: "q", Value: v}}
		case "paper":
			s.now.order.Documents = append(s.now.order.Documents, screening.Document{Type: screening.DocumentType(v), ValidUntil: "2026-10-20"})
		default:
			return fmt.Errorf("unknown field %q", f[0])
		}
	}
	return nil
}

func set(e *icp.Event, key, v string) error {
	switch key {
	case "by":
		e.By = v
	case "for":
		e.For = v
	case "to":
		e.To = v
	case "reason":
		e.Reason = v
	case "choice":
		e.Choice = icp.Choice(v)
	case "condition":
		e.Condition, e.Conditions = v, []string{v}
	case "question":
		e.Question = v
	case "text":
		e.Text = v
	case "paper":
		e.Document = &screening.Document{Type: screening.DocumentType(v), SHA256: strings.Repeat("a", 64)}
	default:
		return fmt.Errorf("unknown field %q", key)
	}
	return nil
}

func (s *playing) expect(n int, fs [][2]string) error {
	for _, f := range fs {
		var got string
		switch f[0] {
		case "status":
			got = string(s.c.Status)
		case "level":
			got = s.c.Level
		case "cleared":
			got = fmt.Sprint(s.c.Cleared(hour(n)))
		case "votes":
			got = strconv.Itoa(len(s.c.Votes))
		case "passed":
			var passed []string
			for _, p := range s.c.Passed {
				passed = append(passed, string(p))
			}
			got = strings.Join(passed, ",")
		case "until":
			got = string(s.c.Releases[len(s.c.Releases)-1].Until)
		case "changed":
			got = strings.Join(s.c.Releases[len(s.c.Releases)-1].Changed, ",")
		case "seq":
			got = strconv.Itoa(s.c.Seq)
		default:
			return fmt.Errorf("unknown field %q", f[0])
		}
		if got != f[1] {
			return fmt.Errorf("%s is %q, not %q", f[0], got, f[1])
		}
	}
	return nil
}

// whole checks that the state is what the log says, and that every event was allowed.
func (s *playing) whole(t *testing.T) {
	events, err := s.cases.Events(t.Context(), "SO-1")
	require.NoError(t, err)
	if len(events) == 0 {
		return
	}
	c, err := icp.Replay(events)
	require.NoError(t, err)
	require.Equal(t, s.c, c)
	other, err := icp.NewCases(s.log, s.p).List(t.Context(), icp.Filter{})
	require.NoError(t, err)
	require.Equal(t, []icp.Row{c.Row()}, other)
	var at icp.Case
	for i, e := range events {
		require.NoError(t, s.p.Check(at, e))
		at, err = icp.Replay(events[:i+1])
		require.NoError(t, err)
	}
}
