package screening

import (
	"encoding/json"
	"fmt"

	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/ordergate/ordergate/screening/trigger/policy"
)

// reference is what rules look things up in, in the form an archive keeps it.
type reference struct {
	Tables []*policy.Table `json:"tables"`
	Own    *trigger.Own    `json:"own,omitempty"`
}

func (c *Config) reference() ([]byte, error) {
	return json.Marshal(reference{c.Tables.All(), c.Own})
}

func restoreReference(b []byte) (*policy.Tables, *trigger.Own, error) {
	var ref reference
	if err := json.Unmarshal(b, &ref); err != nil {
		return nil, nil, fmt.Errorf("archived reference tables: %w", err)
	}
	return policy.New(ref.Tables...), ref.Own, nil
}
