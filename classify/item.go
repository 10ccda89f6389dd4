package classify

import (
	"fmt"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
)

// Date, Event, Timeline and Status are how every dated fact of this module is written.
type (
	Date     = dated.Date
	Event    = dated.Event
	Timeline = dated.Timeline
	Status   = dated.Status
)

// Kind is what an order line supplies. It decides the product group looked at: technology for a
// machine tool falls under an E entry, not under the entry of the machine.
type Kind string

// The kinds. Goods is the default of an item that names none.
const (
	Goods      Kind = "goods"
	Software   Kind = "software"
	Technology Kind = "technology"
	Service    Kind = "service"
	Spare      Kind = "spare"
)

// ParseKind reads the text form of a kind in any case; "" is [Goods].
func ParseKind(s string) (Kind, error) {
	switch v := Kind(strings.ToLower(strings.TrimSpace(s))); v {
	case "":
		return Goods, nil
	case Goods, Software, Technology, Service, Spare:
		return v, nil
	}
	return "", fmt.Errorf("%q is not a kind (goods, software, technology, service, spare)", s)
}

// Item is one order line as far as classification needs it. Every field may be empty.
type Item struct {
	// PartNumber is looked up in the product master.
	PartNumber string `json:"part_number,omitempty"`
	// HS is a customs code as written; see [ParseHS].
	HS string `json:"hs,omitempty"`
	// HSEdition is the tariff the code belongs to: "2022", "2017", "CN-2026"; "" is unknown. See [ParseEdition].
	HSEdition string `json:"hs_edition,omitempty"`
	// Declared are control codes that the order, the supplier or the product file gives.
	Declared      []DeclaredCode `json:"declared,omitempty"`
	Description   string         `json:"description,omitempty"`
	DescriptionZh string         `json:"description_zh,omitempty"`
	Properties    []Property     `json:"properties,omitempty"`
	Kind          Kind           `json:"kind,omitempty"`
	// Origin is the ISO 3166-1 alpha-2 code of the country of origin.
	Origin string `json:"origin,omitempty"`
}

// DeclaredCode is a control code somebody states for the item.
type DeclaredCode struct {
	// List is the id of a control list; "" asks every list whose code scheme the code fits.
	List string `json:"list,omitempty"`
	Code string `json:"code"`
}

// Property is one technical value: {"positioning accuracy", "3", "µm"}. Unit may stand in Value.
type Property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Unit  string `json:"unit,omitempty"`
}

// Text is a sentence for a person, in both languages.
type Text struct {
	En string `json:"en"`
	Zh string `json:"zh"`
}

// maxText is how much of a description is read, in bytes: no goods need more, and time stays bounded.
const maxText = 16 << 10
