package mpi

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"sync/atomic"
	"time"
)

// Group is the processes of MPI_COMM_WORLD. It is a model.Group. Its gathers are
// calls of one goroutine at a time.
type Group struct {
	rank, size  int
	library     library
	context     context.Context
	cancel      context.CancelFunc
	interrupted atomic.Bool
	profile     *profile // or nil

	most           int     // bytes in a message
	counts, begins []int32 // of a gather
	machines       machines
}

// mostBytes keeps the counts of MPI, which are of 32 bits, from overflowing.
const mostBytes = math.MaxInt32

// Start joins the processes that mpirun, or another launcher, started with this
// one.
func Start() (*Group, error) {
	g := &Group{most: mostBytes}
	var err error
	if g.rank, g.size, err = g.library.start(); err != nil {
		return nil, err
	}
	g.counts, g.begins = make([]int32, g.size), make([]int32, g.size)
	if g.machines, err = findMachines(g.library, g.rank, g.size, 0); err != nil {
		return nil, err
	}
	g.context, g.cancel = context.WithCancel(context.Background())
	return g, nil
}

// Rank is the number of this process, from 0 to Size-1.
func (g *Group) Rank() int { return g.rank }

// Size is the number of processes.
func (g *Group) Size() int { return g.size }

// Interrupt ends Context, in all processes at the end of the same gather.
func (g *Group) Interrupt() { g.interrupted.Store(true) }

// Context ends when a process was interrupted, between the same two gathers in
// all of them.
func (g *Group) Context() context.Context { return g.context }

// Gather completes data in all processes: that of rank r has written the bytes
// bounds[r] to bounds[r+1]-1.
func (g *Group) Gather(data []byte, bounds []int) error {
	if err := checkBounds(len(data), g.size, bounds); err != nil {
		return err
	}
	if err := g.measured(data, bounds); err != nil {
		return err
	}
	asked := int32(0)
	if g.interrupted.Load() {
		asked = 1
	}
	anyone, err := g.library.largest(asked)
	if anyone != 0 {
		g.cancel()
	}
	return err
}

// checkBounds says what is wrong with the bounds of a gather, if anything is. MPI would write where
// they say.
func checkBounds(bytes, ranks int, bounds []int) error {
	if len(bounds) != ranks+1 || bounds[0] != 0 || bounds[ranks] != bytes || !slices.IsSorted(bounds) {
		return fmt.Errorf("mpi: gather of %d bytes among %d ranks with the bounds %v: want %d that ascend from 0 to the end", bytes, ranks, bounds, ranks+1)
	}
	return nil
}

// measured is gather, in the profile if there is one.
func (g *Group) measured(data []byte, bounds []int) error {
	if g.profile == nil {
		return g.gather(data, bounds)
	}
	own := bounds[g.rank+1] - bounds[g.rank]
	return g.profile.measure(len(data), own, g.library.meet, func() error { return g.gather(data, bounds) })
}

// gather is Gather without what comes after.
func (g *Group) gather(data []byte, bounds []int) error {
	switch {
	case len(data) == 0:
		return nil
	case g.machines.have(data):
		return g.gatherMachines(data, bounds)
	}
	return g.bring(false, data, bounds)
}

// gatherMachines is gather for data in memory in common: what a machine's ranks
// have written, its leader sends to the other leaders. No rank goes on before all
// have called Gather, since that ends with a reduction over all.
func (g *Group) gatherMachines(data []byte, bounds []int) error {
	m := &g.machines
	if len(m.leaders) == 2 {
		return nil
	}
	if err := g.library.meetMachine(); err != nil || !m.leads {
		return err
	}
	for i, r := range m.leaders {
		m.bounds[i] = bounds[r]
	}
	return g.bring(true, data, m.bounds)
}

// bring completes data in all ranks or, between machines, in all leaders.
func (g *Group) bring(between bool, data []byte, bounds []int) error {
	chunks := len(bounds) - 1
	if len(data) > g.most {
		return g.spread(between, data, bounds)
	}
	for r := range chunks {
		g.counts[r], g.begins[r] = int32(bounds[r+1]-bounds[r]), int32(bounds[r])
	}
	return g.library.gather(between, data, g.counts[:chunks], g.begins[:chunks])
}

// spread is bring in pieces, for data with places that the counts of MPI do not
// reach.
func (g *Group) spread(between bool, data []byte, bounds []int) error {
	for r := range len(bounds) - 1 {
		for lo := bounds[r]; lo < bounds[r+1]; lo += g.most {
			if err := g.library.spread(between, data[lo:min(lo+g.most, bounds[r+1])], r); err != nil {
				return err
			}
		}
	}
	return nil
}

// Share is n bytes that are the same memory in all ranks of a machine, or nil
// where the system refuses that. Group is a model.Sharer.
func (g *Group) Share(n int) ([]byte, error) { return g.machines.share(n) }

// Unshare has the memory serve a later Share.
func (g *Group) Unshare(memory []byte) { g.machines.unshare(memory) }

// Apart has the ranks exchange all data in messages, as if each were on a machine
// of its own. All ranks call it.
func (g *Group) Apart() { g.machines.apart = true }

// Measure begins to measure what gathers take, and what passes between them. All
// ranks call it between the same two gathers.
func (g *Group) Measure() { g.profile = &profile{left: time.Now()} }

// Gathers are what was measured, by size in the order in which they first came.
func (g *Group) Gathers() []Gathers {
	if g.profile == nil {
		return nil
	}
	return g.profile.gathers
}

// WriteProfile writes what this rank has measured, if it has: a row for each size
// of gather, with mean times in microseconds. "between" is the time since the
// gather before, "waiting" that until the last rank came.
func (g *Group) WriteProfile(w io.Writer) {
	if g.profile != nil {
		g.profile.write(w)
	}
}

// host is the name of this machine.
func host() string {
	name, err := os.Hostname()
	if err != nil {
		return "an unknown host"
	}
	return name
}
