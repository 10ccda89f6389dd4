package api

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
)

//go:embed openapi.yaml
var specSource []byte

// spec is the OpenAPI document in JSON. It is written in YAML to be read by people.
var spec = sync.OnceValues(func() ([]byte, error) {
	var doc any
	if err := yaml.Unmarshal(specSource, &doc); err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	return json.Marshal(doc)
})

func getSpec(_ *Server, w http.ResponseWriter, _ *http.Request, _ *access.Token) error {
	b, err := spec()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
	_, _ = w.Write(b)
	return nil
}
