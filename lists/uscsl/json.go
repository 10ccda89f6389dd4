package uscsl

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// jsonParty is one of "results".
type jsonParty struct {
	ID           string   `json:"id"`
	Source       string   `json:"source"`
	EntityNumber anyText  `json:"entity_number"`
	Type         string   `json:"type"`
	Programs     []string `json:"programs"`
	Name         string   `json:"name"`
	Title        string   `json:"title"`
	AltNames     []string `json:"alt_names"`
	Addresses    []struct {
		Address    string `json:"address"`
		City       string `json:"city"`
		State      string `json:"state"`
		PostalCode string `json:"postal_code"`
		Country    string `json:"country"`
	} `json:"addresses"`
	IDs []struct {
		Type       string `json:"type"`
		Number     string `json:"number"`
		Country    string `json:"country"`
		IssueDate  string `json:"issue_date"`
		Expiration string `json:"expiration_date"`
	} `json:"ids"`
	Notice             string   `json:"federal_register_notice"`
	StartDate          string   `json:"start_date"`
	EndDate            string   `json:"end_date"`
	StandardOrder      string   `json:"standard_order"`
	LicenseRequirement string   `json:"license_requirement"`
	LicensePolicy      string   `json:"license_policy"`
	CallSign           string   `json:"call_sign"`
	VesselType         string   `json:"vessel_type"`
	GrossTonnage       anyText  `json:"gross_tonnage"`
	GrossRegistered    anyText  `json:"gross_registered_tonnage"`
	VesselFlag         string   `json:"vessel_flag"`
	VesselOwner        string   `json:"vessel_owner"`
	Remarks            string   `json:"remarks"`
	SourceListURL      string   `json:"source_list_url"`
	SourceInformation  string   `json:"source_information_url"`
	Citizenships       []string `json:"citizenships"`
	Nationalities      []string `json:"nationalities"`
	DatesOfBirth       []string `json:"dates_of_birth"`
	PlacesOfBirth      []string `json:"places_of_birth"`
}

// anyText is a number or a text; the list has both in one place.
type anyText string

func (a *anyText) UnmarshalJSON(b []byte) error {
	if b[0] != '"' {
		if string(b) != "null" {
			*a = anyText(b)
		}
		return nil
	}
	var s string
	err := json.Unmarshal(b, &s)
	*a = anyText(s)
	return err
}

// ReadJSON reads the list in JSON, as [Read] does the CSV: an object whose "results" are the parties.
func ReadJSON(r io.Reader) (lists.List, error) {
	b := newBuilder("")
	b.list.Source = strings.Replace(b.list.Source, ".csv", ".json", 1)
	source.ReadJSON(r, MaxSize, "results", &b.p, func(record json.RawMessage) {
		var j jsonParty
		if err := b.p.Record(record, &j); err != nil {
			b.p.Add(lists.Problem{Record: j.ID, Err: err})
			return
		}
		b.add(j.party())
	})
	return b.finish()
}

func (j *jsonParty) party() party {
	x := party{
		id: j.ID, source: j.Source, number: string(j.EntityNumber), kind: j.Type, programmes: j.Programs, name: j.Name, title: j.Title, aliases: j.AltNames,
		notice: j.Notice, start: j.StartDate, end: j.EndDate, standardOrder: j.StandardOrder, requirement: j.LicenseRequirement, policy: j.LicensePolicy,
		callSign: j.CallSign, vesselType: j.VesselType, vesselBy: j.VesselOwner, tonnage: string(j.GrossTonnage), grossTonnage: string(j.GrossRegistered), flag: j.VesselFlag,
		remarks: j.Remarks, url: j.SourceListURL, citizenships: j.Citizenships, nationalities: j.Nationalities, births: j.DatesOfBirth, birthPlaces: j.PlacesOfBirth,
	}
	for _, a := range j.Addresses {
		addr := lists.Address{
			Text: source.Join(a.Address, a.City, a.State, a.PostalCode, a.Country), Street: strings.TrimSpace(a.Address), City: strings.TrimSpace(a.City),
			Region: strings.TrimSpace(a.State), PostalCode: strings.TrimSpace(a.PostalCode), Country: source.Code(a.Country),
		}
		if addr.Text != "" {
			x.addresses = append(x.addresses, addr)
		}
	}
	for _, id := range j.IDs {
		note := ""
		if id.IssueDate != "" {
			note = "issued " + id.IssueDate
		}
		if id.Expiration != "" {
			note = source.Join(note, "expires "+id.Expiration)
		}
		x.ids = append(x.ids, identifier{kind: id.Type, number: strings.TrimSpace(id.Number), country: id.Country, note: note})
	}
	return x
}
