package icp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
)

// Attendance is one person's part in one course.
type Attendance struct {
	// Person and Course are ids of the programme; On is the day.
	Person string `json:"person"`
	Course string `json:"course"`
	On     Date   `json:"on"`
	// Score is the test's result in percent, 0 where there was none.
	Score int `json:"score,omitempty"`
	// Trainer is who taught, Material the hash of what was taught with.
	Trainer  string `json:"trainer,omitempty"`
	Material string `json:"material,omitempty"`
}

func trainingSubject(person string) string { return "training/" + person }

// RecordTraining keeps an attendance. Of one person, course and day there is one record; a second with
// another result is refused with an error that wraps [record.ErrConflict].
func RecordTraining(ctx context.Context, log *record.Log, p *Programme, a Attendance, at time.Time) error {
	if p.Organisation.person(a.Person) == nil {
		return fmt.Errorf("training: %q is no person of the programme", a.Person)
	}
	if !slices.ContainsFunc(p.Training.Courses, func(c Course) bool { return c.ID == a.Course }) {
		return fmt.Errorf("training: %q is no course of the programme", a.Course)
	}
	if a.On.Time().IsZero() || a.On > dated.DateOf(at) || a.Score < 0 || a.Score > 100 {
		return fmt.Errorf("training of %q in %q: on must be a past day, score 0 to 100", a.Person, a.Course)
	}
	return appendRecord(ctx, log, record.Training, trainingSubject(a.Person)+"/"+a.Course+"/"+string(a.On), trainingSubject(a.Person), at, record.Keys{}, a)
}

// Qualifications are the courses that a person has passed, the latest pass of each, in the order of the programme.
func Qualifications(ctx context.Context, log *record.Log, p *Programme, person string) (passed []Qualification, err error) {
	recs, err := log.Subject(ctx, trainingSubject(person))
	if err != nil {
		return nil, err
	}
	for _, course := range p.Training.Courses {
		var last Qualification
		for _, rec := range recs {
			a, ok, err := decodeAs[Attendance](rec, record.Training)
			if err != nil {
				return nil, err
			}
			if ok && a.Course == course.ID && a.Score >= course.PassMark && a.On > last.PassedOn {
				last = Qualification{Course: course.ID, Record: rec.ID, PassedOn: a.On}
			}
		}
		if last.Record != "" {
			passed = append(passed, last)
		}
	}
	return passed, nil
}

// TrainingNeed is a course that a person lacks, or will lack.
type TrainingNeed struct {
	Person string `json:"person"`
	Course string `json:"course"`
	// Until is the last day of the latest pass, "" where there is none.
	Until Date `json:"until,omitempty"`
}

// TrainingDue are the courses that people appointed on the day have not passed, or whose pass ends within so many
// days, in the order of the programme. A person needs the courses of their audience and those of their roles, and a
// deputy those of the roles of whom they stand in for.
func TrainingDue(ctx context.Context, log *record.Log, p *Programme, day Date, within int) (due []TrainingNeed, err error) {
	for i := range p.Organisation.People {
		person := &p.Organisation.People[i]
		if !person.in(day) {
			continue
		}
		passed, err := Qualifications(ctx, log, p, person.ID)
		if err != nil {
			return nil, err
		}
		roles := p.rolesOf(person)
		for _, c := range p.Training.Courses {
			if !p.addresses(&c, person) && !slices.ContainsFunc(c.Roles, func(r string) bool { return slices.Contains(roles, r) }) {
				continue
			}
			n := TrainingNeed{Person: person.ID, Course: c.ID}
			if j := slices.IndexFunc(passed, func(q Qualification) bool { return q.Course == c.ID }); j >= 0 {
				n.Until = c.validUntil(passed[j].PassedOn)
			}
			if n.Until < day.AddDays(within) {
				due = append(due, n)
			}
		}
	}
	return due, nil
}

// rolesOf are a person's roles and those of the people they may act for.
func (p *Programme) rolesOf(person *Person) []string {
	roles := slices.Clone(person.Roles)
	for _, x := range p.Organisation.People {
		if slices.Contains(x.Deputies, person.ID) {
			roles = append(roles, x.Roles...)
		}
	}
	return roles
}

// addresses reports whether a course is for the group of staff that a person belongs to. Where it names roles of its
// group, it is for those alone.
func (p *Programme) addresses(c *Course, person *Person) bool {
	unit := p.Organisation.unit(person.Unit)
	return len(c.Roles) == 0 && (c.Audience == "everyone" || string(c.Audience) == string(unit.Kind))
}

// Entitled is the role by which a person may decide, on the day, on what screening gave the outcome, whatever the
// value; and the training for it. The role is "" where the person has none with the authority, or no valid training.
func Entitled(ctx context.Context, log *record.Log, p *Programme, person string, o screening.Outcome, day Date) (role string, training []Qualification, err error) {
	holder := p.Organisation.person(person)
	if holder == nil || !holder.in(day) {
		return "", nil, nil
	}
	passed, err := Qualifications(ctx, log, p, person)
	if err != nil {
		return "", nil, err
	}
	for _, id := range holder.Roles {
		if a := p.Organisation.role(id).Authority; a != nil && !above(o, a.UpTo) && p.Training.trained(id, passed, day) {
			return id, p.Training.needed(id, passed), nil
		}
	}
	return "", nil, nil
}

// appendRecord keeps a payload as a record.
func appendRecord(ctx context.Context, log *record.Log, kind record.Kind, id, subject string, at time.Time, keys record.Keys, payload any) error {
	body, err := encode(payload)
	if err != nil {
		return fmt.Errorf("record %s: %w", id, err)
	}
	_, err = log.Append(ctx, record.Entry{ID: id, Kind: kind, Subject: subject, Time: at, Keys: keys, Body: body})
	return err
}

// decodeAs reads the payload of a record of a kind; ok is false for another kind, and where it was erased.
func decodeAs[T any](rec record.Record, kind record.Kind) (payload T, ok bool, err error) {
	if rec.Kind != kind || len(rec.Body) == 0 {
		return payload, false, nil
	}
	if err := json.Unmarshal(rec.Body, &payload); err != nil {
		return payload, false, fmt.Errorf("record %s: %w", rec.ID, err)
	}
	return payload, true, nil
}
