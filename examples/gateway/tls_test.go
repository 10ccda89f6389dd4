//go:build unix

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// certificate makes a certificate for this machine and gives its files and who trusts it.
func certificate(t *testing.T) (cert, key string, trust *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	require.NoError(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	require.NoError(t, os.WriteFile(cert, public, 0o600))
	require.NoError(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	trust = x509.NewCertPool()
	require.True(t, trust.AppendCertsFromPEM(public))
	return cert, key, trust
}

// TestTLS: with a certificate the gateway speaks TLS 1.2 and later, and nothing else.
func TestTLS(t *testing.T) {
	t.Parallel()
	cert, key, trust := certificate(t)
	p := begin(t, "-dir", t.TempDir(), "-addr", "127.0.0.1:0", "-tls-cert", cert, "-tls-key", key)
	require.True(t, strings.HasPrefix(p.url, "https://"))
	get := func(url string, cfg *tls.Config) (int, error) {
		c := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{TLSClientConfig: cfg, DisableKeepAlives: true}}
		res, err := c.Get(url + "/readyz")
		if err != nil {
			return 0, err
		}
		return res.StatusCode, res.Body.Close()
	}
	status, err := get(p.url, &tls.Config{RootCAs: trust})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, status)
	_, err = get(p.url, &tls.Config{RootCAs: trust, MaxVersion: tls.VersionTLS11})
	require.Error(t, err)
	_, err = get(p.url, nil)
	require.Error(t, err, "nobody vouches for it")
	status, err = get(strings.Replace(p.url, "https", "http", 1), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusBadRequest, status)
}
