package desk

import (
	"context"
	"errors"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening/trigger"
)

// atStart is the reason by which the log says that a file was put in force: whoever changed it did so outside of this
// service, which sees it when it starts.
const atStart = "in force when the gateway started"

// recordInForce keeps in the log by what orders are screened and decided on, where it is not what was in force last.
func (d *Desk) recordInForce(ctx context.Context, rules *trigger.RuleSet, snap *lists.Snapshot) error {
	now := d.cfg.Now()
	return errors.Join(
		icp.RecordProgramme(ctx, d.log, d.cfg.Programme, icp.System, atStart, now),
		icp.RecordPolicy(ctx, d.log, d.cfg.Policy, icp.System, atStart, now),
		icp.RecordRules(ctx, d.log, rules, icp.System, atStart, now),
		d.recordLists(ctx, snap),
	)
}

// recordLists keeps in the log which lists are put in force.
func (d *Desk) recordLists(ctx context.Context, snap *lists.Snapshot) error {
	return icp.RecordLists(ctx, d.log, snap, d.cfg.Now())
}
