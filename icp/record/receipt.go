package record

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	receiptHeader = "ordergate.receipt/v1"
	// proofHeader begins a proof in the form of C2SP tlog-proof.
	proofHeader = "c2sp.org/tlog-proof@v1"
	// maxReceipt bounds what CheckReceipt reads.
	maxReceipt = 4 << 20
)

// Receipt is what a receipt proves: that the log of Origin holds a record of this id, kind and time with
// this statement. Nothing else of the record is disclosed; the leaf's commitments to the other parts are salted.
type Receipt struct {
	Origin string `json:"origin"`
	// Index is the record's place, TreeSize that of the tree whose signed root the receipt leads to.
	Index     int64           `json:"index"`
	TreeSize  int64           `json:"tree_size"`
	ID        string          `json:"id"`
	Kind      Kind            `json:"kind"`
	Time      time.Time       `json:"time"`
	Statement json.RawMessage `json:"statement"`
}

// Receipt is a text that travels with a shipment: the record's leaf, its statement with its salt, the
// inclusion proof and the signed checkpoint. Whoever has the log's verifier key checks it offline by
// [CheckReceipt]:
//
//	ordergate.receipt/v1
//	<the leaf's lines>
//
//	<salt in base64>
//	<statement>
//
//	c2sp.org/tlog-proof@v1
//	index 8
//	<hashes in base64, one a line>
//
//	<checkpoint>
//
// The error wraps [ErrNotFound], or [ErrErased] where the statement was erased or never given.
func (l *Log) Receipt(ctx context.Context, id string) ([]byte, error) {
	var row *Row
	err := l.cfg.Store.View(ctx, func(r Reader) error {
		at, err := r.Find(ctx, []string{id})
		if err != nil {
			return err
		}
		index, ok := at[id]
		if !ok {
			return fmt.Errorf("%q: %w", id, ErrNotFound)
		}
		if row, err = readRow(ctx, r, index); err != nil {
			return err
		}
		_, err = checkRow(row)
		return err
	})
	if err != nil {
		return nil, err
	}
	statement := row.Parts[partStatement]
	if statement == nil {
		return nil, fmt.Errorf("%q: statement: %w", id, ErrErased)
	}
	proof, err := l.ProveInclusion(ctx, row.Index)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s\n%s\n%s\n\n%s", receiptHeader, row.Leaf,
		base64.StdEncoding.EncodeToString(statement[:saltSize]), statement[saltSize:], proof.Text())
	return b.Bytes(), nil
}

// errReceipt is wrapped where a text is not a receipt.
var errReceipt = errors.New("not a receipt of ordergate.receipt/v1")

// CheckReceipt checks a receipt with the log's verifier key. It needs nothing else. The error wraps
// [ErrTampered] where anything in it is not right, [ErrKey] where the key is malformed.
func CheckReceipt(text []byte, verifier string) (Receipt, error) {
	if _, err := newVerifier(verifier); err != nil {
		return Receipt{}, err
	}
	bad := func(err error) (Receipt, error) {
		return Receipt{}, fmt.Errorf("%w: %w: %w", ErrTampered, errReceipt, err)
	}
	body, ok := bytes.CutPrefix(text, []byte(receiptHeader+"\n"))
	if !ok || len(text) > maxReceipt {
		return bad(errors.New("no header, or too long"))
	}
	sections := bytes.SplitN(body, []byte("\n\n"), 3)
	if len(sections) != 3 {
		return bad(errors.New("sections are missing"))
	}
	leafText := append(slices.Clone(sections[0]), '\n')
	l, err := parseLeaf(leafText)
	if err != nil {
		return bad(err)
	}
	saltText, statement, _ := bytes.Cut(sections[1], []byte("\n"))
	salt, err := base64.StdEncoding.Strict().DecodeString(string(saltText))
	if err != nil || len(salt) != saltSize || len(statement) == 0 {
		return bad(errors.New("no salted statement"))
	}
	if !bytes.Equal(commitment(partStatement, append(salt, statement...)), l.commits[partStatement]) {
		return bad(errors.New("the statement is not what the leaf commits to"))
	}
	proof, err := ParseInclusion(sections[2])
	if err != nil {
		return bad(err)
	}
	c, err := proof.Check(leafText, verifier)
	if err != nil {
		return bad(err)
	}
	return Receipt{Origin: c.Origin, Index: proof.Index, TreeSize: c.Size, ID: l.id, Kind: l.kind, Time: l.time, Statement: statement}, nil
}

// Text is the proof in the form of C2SP tlog-proof.
func (p Inclusion) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nindex %d\n", proofHeader, p.Index)
	for _, h := range p.Hashes {
		fmt.Fprintln(&b, h)
	}
	fmt.Fprintf(&b, "\n%s", p.Checkpoint)
	return b.Bytes()
}

// ParseInclusion reads what [Inclusion.Text] writes. It does not check the proof; [Inclusion.Check] does.
func ParseInclusion(text []byte) (Inclusion, error) {
	head, checkpoint, ok := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !ok || len(lines) < 2 || lines[0] != proofHeader || len(lines) > 2+64 {
		return Inclusion{}, errors.New("not a proof of " + proofHeader)
	}
	p := Inclusion{Checkpoint: checkpoint}
	at, _ := strings.CutPrefix(lines[1], "index ")
	var err error
	if p.Index, err = strconv.ParseInt(at, 10, 64); err != nil {
		return Inclusion{}, fmt.Errorf("index: %w", err)
	}
	for _, line := range lines[2:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return Inclusion{}, err
		}
		p.Hashes = append(p.Hashes, h)
	}
	if !bytes.Equal(p.Text(), text) {
		return Inclusion{}, errors.New("the proof is not written in its one form")
	}
	return p, nil
}
