// Package experiment says what an experiment of the paper is: parts that are
// made and kept, a section of the report, and claims that its numbers judge.
package experiment

import (
	"context"

	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/internal/report"
)

// Experiment is one of the paper's experiments. Section and Claims see the
// records at hand and answer false if theirs are not among them. Claims and
// Watch may be nil.
type Experiment struct {
	Name    string // for --only, and the anchor of its section
	Needs   Needs
	Parts   func(c *Context) []Part
	Section func(c *Context, kept Records) (report.Section, bool)
	Claims  []Judge
	Watch   func(c *Context, dir run.Dir) Watcher
}

// Judge judges a claim by the numbers at hand, and answers false if they are not
// there.
type Judge func(c *Context, kept Records) (Claim, bool)

// Needs say which networks an experiment needs. Those that need none are made
// first, and those that need every one last.
type Needs int

// What an experiment needs.
const (
	NoNetwork Needs = iota
	FirstNetwork
	EveryNetwork
)

// Part is a step of an experiment: its result is kept, and made anew only if
// something that it depends on has changed.
type Part struct {
	Name     string // of its files
	Network  int    // index in Context.Networks of the one it needs, or None
	Settings any    // what the result depends on, besides the data and the network
	Command  string // that makes it, if there is a shorter one than reproduce --only
	Work     int    // in images that go through INFERENCE, about, for the time left
	Run      func(ctx context.Context, progress func(share float64)) (Outcome, error)
}

// None is the network of a part that needs none.
const None = -1

// Outcome is what a part gives: a result that becomes JSON, and files by the
// ends of their names.
type Outcome struct {
	Result any
	Files  map[string][]byte
}

// Watcher looks on while the first network is trained, and keeps what it sees in
// the folder of the run.
type Watcher interface {
	run.Observer
	// Saw tells whether it saw, in earlier processes too, all epochs from 0 to this
	// one.
	Saw(epoch int) bool
	// Work is what it does at an epoch, in images.
	Work() int
}
