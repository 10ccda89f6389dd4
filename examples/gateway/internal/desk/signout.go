package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ordergate/ordergate/icp/record"
)

// SignOuts are the kind of the records by which gateways on one log know of each other's sign-outs.
const SignOuts record.Kind = "sign_out"

func signOutID(holder string, n int) string { return fmt.Sprintf("sign_out/%s/%d", holder, n) }

// SignOut records that the holder of a token has signed out of the workbench for the n-th time.
func (d *Desk) SignOut(ctx context.Context, holder, client string, n int) error {
	body, err := json.Marshal(map[string]string{"client": client})
	if err != nil {
		return err
	}
	_, err = d.log.Append(ctx, record.Entry{ID: signOutID(holder, n), Kind: SignOuts, Time: d.cfg.Now(), Body: body})
	return err
}

// SignedOut reports whether the holder of a token has done so.
func (d *Desk) SignedOut(ctx context.Context, holder string, n int) (bool, error) {
	_, err := d.log.Get(ctx, signOutID(holder, n))
	if errors.Is(err, record.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
