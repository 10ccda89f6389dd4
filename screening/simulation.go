package screening

import (
	"context"
	"fmt"
)

// SimulationSchema is the value of Report.Schema of a simulation: what reads reports of screenings refuses it.
const SimulationSchema = "ordergate.simulation/1"

// SimulationRecorder is a [Recorder] that also keeps simulations, so that nobody can take one for a screening.
type SimulationRecorder interface {
	Recorder
	// RecordSimulation keeps the record of a simulation apart from those of screenings, or as a kind of its own. What
	// [Recorder] says of records holds for it too.
	RecordSimulation(ctx context.Context, r Record) error
}

// record hands a record to the recorder. One that knows nothing of simulations is never given one.
func (s *Screener) record(ctx context.Context, rec Record) error {
	if rec.Simulation == "" {
		return s.cfg.Recorder.Record(ctx, rec)
	}
	return s.cfg.Recorder.(SimulationRecorder).RecordSimulation(ctx, rec)
}

// simulates refuses a simulation whose recorder would keep it as a screening.
func (s *Screener) simulates(req Request) error {
	if _, ok := s.cfg.Recorder.(SimulationRecorder); req.Simulation != "" && !ok {
		return fmt.Errorf("%w: simulation %q: the recorder keeps screenings only", ErrRequest, req.Simulation)
	}
	return nil
}
