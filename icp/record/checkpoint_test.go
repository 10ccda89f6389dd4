package record

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func signedCheckpoint(t testing.TB) (signed []byte, verifier string) {
	signer, verifier, err := GenerateKey("records.example.com/test")
	require.NoError(t, err)
	s, err := note.NewSigner(signer)
	require.NoError(t, err)
	signed, err = Checkpoint{"records.example.com/test", 3, tlog.RecordHash([]byte("x"))}.sign(s)
	require.NoError(t, err)
	return signed, verifier
}

func TestCheckpoint(t *testing.T) {
	signed, verifier := signedCheckpoint(t)
	c, err := ParseCheckpoint(signed, verifier)
	require.NoError(t, err)
	require.Equal(t, Checkpoint{"records.example.com/test", 3, tlog.RecordHash([]byte("x"))}, c)
	require.Contains(t, string(signed), "records.example.com/test\n3\nPH6byTDck/AfppmF7yQtn56GHzxTVaokzl70tLinDMs=\n\n— records.example.com/test ", "the form of C2SP tlog-checkpoint")

	v, err := newVerifier(verifier)
	require.NoError(t, err)
	for i := range signed {
		for bit := range 8 {
			changed := append([]byte(nil), signed...)
			changed[i] ^= 1 << bit
			_, err := openHead(changed, v)
			require.ErrorIs(t, err, ErrTampered, "bit %d of byte %d", bit, i)
		}
	}
	_, err = openHead(append(signed, "— other AAAAAAAA\n"...), v)
	require.ErrorIs(t, err, ErrTampered, "the head has one signature")
	_, other := signedCheckpoint(t)
	_, err = ParseCheckpoint(signed, other)
	require.ErrorIs(t, err, ErrTampered)
	_, err = ParseCheckpoint(signed, "no key")
	require.ErrorIs(t, err, ErrKey)
}

func TestGenerateKey(t *testing.T) {
	for _, name := range []string{"", "a b", "a+b", "a\nb", strings.Repeat("x", MaxID+1)} {
		_, _, err := GenerateKey(name)
		require.ErrorIs(t, err, ErrKey, "%q", name)
	}
}

func FuzzParseCheckpoint(f *testing.F) {
	signed, verifier := signedCheckpoint(f)
	f.Add(signed)
	f.Add([]byte("a\n1\nAAAA\n\n— a AAAA\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := ParseCheckpoint(text, verifier)
		if err != nil {
			require.ErrorIs(t, err, ErrTampered)
			return
		}
		require.Equal(t, string(signed[:len(c.text())]), c.text(), "only the signed text may be accepted")
	})
}
