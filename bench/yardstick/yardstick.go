//go:build peers

package yardstick

/*
#cgo CFLAGS: -std=gnu11 -Wall -O3 -march=native -ffast-math -fopenmp
#cgo LDFLAGS: -fopenmp -lm
#include <stdlib.h>
#include "yardstick.h"
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/targetprop/targetprop/bench/internal/openblas"
)

// Division is how threads share the work of a step.
type Division int

const (
	// ByRows gives each thread its own examples. It is the fastest with two threads.
	ByRows Division = C.BY_ROWS
	// ByColumns gives each thread its own units of every layer.
	ByColumns Division = C.BY_COLUMNS
	// ByLibrary leaves each product to the threads of OpenBLAS (its OpenMP build, so that
	// they are the same as those of the elementwise passes): the usual program.
	ByLibrary Division = C.BY_LIBRARY
)

func (d Division) String() string {
	return [...]string{"by rows", "by columns", "by the library"}[d]
}

// Map numbers the four affine maps.
type Map int

const (
	G1   Map = C.G1 // h1 -> x
	F1   Map = C.F1 // x -> h1
	G2   Map = C.G2 // h2 -> h1
	F2   Map = C.F2 // h1 -> h2
	Maps     = C.MAPS
)

// Config describes a training run.
type Config struct {
	Visible, Hidden, Top int
	Batch, Iterations    int
	Delta, Alpha, Rate   float32
	NoNoise              bool // leaves the corruption out, for tests
	Seed                 uint64
	Threads              int
	Division             Division
	Core                 string // OpenBLAS kernels; "" measures which are fastest
}

// Default is the experiment of the paper, on one thread.
func Default(seed uint64) Config {
	return Config{
		Visible: 784, Hidden: 1000, Top: 100,
		Batch: 100, Iterations: 15,
		Delta: 0.1, Alpha: 0.001, Rate: 1e-5,
		Seed: seed, Threads: 1,
	}
}

// MultiplyAdds returns the multiply-adds of one step, counted as the algorithm needs them:
// 2 large and 3 small products an iteration, the products before the loop, and two for
// each map in the update.
func (c Config) MultiplyAdds() int64 {
	large, small := int64(c.Visible)*int64(c.Hidden), int64(c.Hidden)*int64(c.Top)
	infer := large + 2*small + int64(c.Iterations)*(2*large+3*small)
	return int64(c.Batch) * (infer + 2*(2*large+2*small))
}

// Trainer is a network being trained. It is not for concurrent use.
type Trainer struct {
	config Config
	core   string
	t      *C.ys
	calls  chan func()
	done   chan struct{}
}

// New returns the default network with random (semi-)orthonormal weights, on one thread.
func New(seed uint64) (*Trainer, error) { return NewConfig(Default(seed)) }

// NewConfig returns a network with random (semi-)orthonormal weights.
func NewConfig(c Config) (*Trainer, error) {
	lib, err := library(c)
	if err != nil {
		return nil, fmt.Errorf("yardstick: %w", err)
	}
	config := C.ys_config{
		dim:         [3]C.int{C.int(c.Visible), C.int(c.Hidden), C.int(c.Top)},
		batch:       C.int(c.Batch),
		iterations:  C.int(c.Iterations),
		delta:       C.float(c.Delta),
		alpha:       C.float(c.Alpha),
		rate:        C.float(c.Rate),
		noise:       1,
		threads:     C.int(c.Threads),
		division:    C.int(c.Division),
		seed:        C.ulonglong(c.Seed),
		sgemm:       lib.CSgemm(),
		set_threads: lib.CSetThreads(),
	}
	if c.NoNoise {
		config.noise = 0
	}
	t := &Trainer{config: c, core: lib.Core, t: C.ys_new(&config), calls: make(chan func()), done: make(chan struct{})}
	go t.serve()
	for m := range Map(Maps) {
		w, _ := t.Map(m)
		in, out := t.Shape(m)
		orthonormal(w, in, out, c.Seed+uint64(m))
	}
	return t, nil
}

// library returns OpenBLAS with the kernels that c asks for.
func library(c Config) (*openblas.Library, error) {
	if c.Division == ByLibrary {
		core := c.Core
		if core == "" {
			best, err := openblas.Fastest(c.Batch, c.Hidden, c.Visible)
			if err != nil {
				return nil, err
			}
			core = best.Core
		}
		return openblas.OpenMP(core)
	}
	if c.Core == "" {
		rows := c.Batch
		if c.Division == ByRows {
			rows = max(1, c.Batch/c.Threads)
		}
		return openblas.Fastest(rows, c.Hidden, c.Visible)
	}
	return openblas.WithCore(c.Core)
}

// serve runs calls on one thread of the operating system: OpenMP keeps its threads with
// the one that calls.
func (t *Trainer) serve() {
	runtime.LockOSThread()
	for f := range t.calls {
		f()
		t.done <- struct{}{}
	}
	C.ys_free(t.t)
	close(t.done)
}

// Step runs INFERENCE and the update on one minibatch, Batch x Visible. The losses are the
// squared errors of the maps, summed over units, averaged over the minibatch, before the
// update.
func (t *Trainer) Step(x []float32) (losses [Maps]float64) {
	if len(x) != t.config.Batch*t.config.Visible {
		panic(fmt.Sprintf("yardstick: Step: %d values, want %d x %d", len(x), t.config.Batch, t.config.Visible))
	}
	t.calls <- func() {
		C.ys_step(t.t, (*C.float)(unsafe.SliceData(x)), (*C.double)(&losses[0]))
	}
	<-t.done
	return losses
}

// Latent returns what the last Step inferred: Batch x Hidden and Batch x Top.
func (t *Trainer) Latent() (h1, h2 []float32) {
	h1, h2 = make([]float32, t.config.Batch*t.config.Hidden), make([]float32, t.config.Batch*t.config.Top)
	C.ys_latent(t.t, (*C.float)(unsafe.SliceData(h1)), (*C.float)(unsafe.SliceData(h2)))
	return h1, h2
}

// Shape returns the widths of a map's input and output.
func (t *Trainer) Shape(m Map) (in, out int) {
	c := t.config
	switch m {
	case G1:
		return c.Hidden, c.Visible
	case F1:
		return c.Visible, c.Hidden
	case G2:
		return c.Top, c.Hidden
	default:
		return c.Hidden, c.Top
	}
}

// Map returns the parameters of a map, in x out and out. They are the trainer's own.
func (t *Trainer) Map(m Map) (w, bias []float32) {
	in, out := t.Shape(m)
	w = unsafe.Slice((*float32)(C.ys_weights(t.t, C.int(m))), in*out)
	return w, unsafe.Slice((*float32)(C.ys_bias(t.t, C.int(m))), out)
}

// Core returns the name of the OpenBLAS kernels in use.
func (t *Trainer) Core() string { return t.core }

// Close frees the trainer.
func (t *Trainer) Close() {
	close(t.calls)
	<-t.done
}
