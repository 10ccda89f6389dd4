package desk

import (
	"errors"
	"time"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
)

// ListState is a list in force and how old it is.
type ListState struct {
	ID        string         `json:"id"`
	Title     screening.Text `json:"title"`
	Regime    string         `json:"regime"`
	Authority string         `json:"authority,omitempty"`
	Published dated.Date     `json:"published,omitempty"`
	// Current is the day it was last known to be current, AgeDays how long ago that is; -1 where nobody knows.
	Current  dated.Date `json:"current,omitempty"`
	AgeDays  int        `json:"age_days"`
	Entities int        `json:"entities"`
	Digest   string     `json:"digest"`
	// MaxDays is the policy's limit, -1 for none; Stale says that it is exceeded, or the age unknown.
	MaxDays int  `json:"max_days"`
	Stale   bool `json:"stale"`
	// FailedSince is when the list could first not be renewed since it last was; zero where it could.
	FailedSince time.Time `json:"failed_since,omitzero"`
}

// Lists are the lists in force, in the order they were loaded.
func (d *Desk) Lists() []ListState {
	snap, fresh := d.lists.Current().Snapshot(), d.fresh.Load()
	today := dated.DateOf(d.cfg.Now())
	var all []ListState
	for _, l := range snap.Lists() {
		s := ListState{
			ID: l.ID, Title: screening.Text{En: l.Title, Zh: l.TitleZh}, Regime: l.Regime, Authority: l.Authority,
			Published: l.Published, Current: l.Published, AgeDays: -1, Entities: len(l.Entities), Digest: snap.ListDigest(l.ID),
			MaxDays: d.maxAge(l.ID), FailedSince: fresh.failed[l.ID].UTC(),
		}
		if s.Title.Zh == "" {
			s.Title.Zh = l.Title
		}
		for _, c := range fresh.current {
			if c.List == l.ID && c.On > s.Current {
				s.Current = c.On
			}
		}
		if at, err := time.Parse("2006-01-02", string(s.Current)); err == nil {
			s.AgeDays = days(at, today)
		}
		s.Stale = s.MaxDays >= 0 && (s.AgeDays < 0 || s.AgeDays > s.MaxDays)
		all = append(all, s)
	}
	return all
}

func days(from time.Time, to dated.Date) int {
	t, err := time.Parse("2006-01-02", string(to))
	if err != nil {
		return -1
	}
	return max(0, int(t.Sub(from).Hours()/24))
}

func (d *Desk) maxAge(list string) int {
	for _, a := range d.cfg.Policy.ListAges {
		if a.List == list {
			return a.Days
		}
	}
	return d.cfg.Policy.MaxListAge
}

// Entity is a listed entity.
func (d *Desk) Entity(list, id string) (*lists.Entity, bool) {
	return d.lists.Current().Snapshot().Entity(list, id)
}

// Entities looks for words in every field of the lists.
func (d *Desk) Entities(text string, limit int) ([]lists.SearchHit, error) {
	hits, err := d.lists.Current().Search(text, limit)
	if errors.Is(err, lists.ErrClosed) { // it was replaced a moment ago
		hits, err = d.lists.Current().Search(text, limit)
	}
	return hits, err
}
