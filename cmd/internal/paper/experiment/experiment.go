// Package experiment says what an experiment of the paper is: parts that are
// made and kept, a section of the report, and claims that its numbers judge.
package experiment

import (
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/internal/report"
)

// Experiment is one of the paper's experiments. Section and Claims see the
// records at hand and answer false if theirs are not among them. Claims and
// Watch may be nil.
type Experiment struct {
	Name    string // for --only, and the anchor of its section
	Needs   Needs
	Rule    bool // its claims are of the learning rule, and come before those of what it learns
	Alone   bool // it is made by one process, and not by a group
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

// Watcher looks on while the first network is trained, and keeps what it sees in
// the folder of the run.
type Watcher interface {
	run.Observer
	// Saw tells whether it saw, in earlier processes too, all epochs from 0 to this
	// one.
	Saw(epoch int) bool
	// File is where it keeps that.
	File() string
	// Work is what it does at an epoch, in images.
	Work() int
}
