// Package engine lets the packages of this module that stand beside kernels compute with
// what a kernels.Engine is made of.
package engine

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/threads"
)

// Core is an instruction set and the threads, nil for the caller's goroutine alone. Who
// holds the Core of an engine must hold the engine too: its threads end with it.
type Core struct {
	ISA  isa.ISA
	Pool *threads.Pool
}

// Alone is the core without its threads.
func (c Core) Alone() Core { return Core{ISA: c.ISA} }

// Of is the core of a *kernels.Engine. Package kernels sets it, whose face thus has no
// method for this.
var Of func(kernelsEngine any) Core
