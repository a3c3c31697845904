package reproduce

import (
	"context"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
)

// progress is one bar over all the work, which is counted in images.
type progress struct {
	bar  *cli.Bar
	done int // pieces of work that have ended
}

// share moves the bar to a share of a piece of work.
func (p *progress) share(work int, share float64) { p.bar.Set(p.done + int(share*float64(work))) }

// end moves the bar to the end of a piece of work.
func (p *progress) end(work int) {
	p.done += work
	p.bar.Set(p.done)
}

// epochWork is an observer that moves the bar at each epoch.
type epochWork struct {
	run.Nop
	bar  *cli.Bar
	work int
}

// Epoch moves the bar.
func (w epochWork) Epoch(context.Context, run.Epoch) error {
	w.bar.Add(w.work)
	return nil
}
