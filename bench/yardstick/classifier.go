//go:build peers

package yardstick

/*
#include "classifier.h"
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/targetprop/targetprop/bench/internal/openblas"
)

// Adam are the settings of the optimiser of a [Classifier].
type Adam struct{ Rate, Decay1, Decay2, Epsilon float32 }

// Classifier is a network of tanh units with a softmax on top, trained by
// back-propagation. It is not for concurrent use.
type Classifier struct {
	sizes []int
	batch int
	core  string
	t     *C.cl
	calls chan func()
	done  chan struct{}
}

// mostMaps is how many maps a classifier can have.
const mostMaps = 16

// NewClassifier returns a network of layers of these sizes, from the inputs to the classes, for minibatches of so many
// examples, with random (semi-)orthonormal weights. Of [Division] it knows [ByRows] and [ByColumns].
func NewClassifier(sizes []int, batch int, adam Adam, seed uint64, threads int, division Division) (*Classifier, error) {
	if len(sizes) < 2 || len(sizes) > mostMaps+1 {
		return nil, fmt.Errorf("yardstick: a classifier of %d layers: want 2 to %d", len(sizes), mostMaps+1)
	}
	if division == ByLibrary {
		return nil, fmt.Errorf("yardstick: a classifier cannot be divided %v", division)
	}
	rows := batch
	if division == ByRows {
		rows = max(1, batch/threads)
	}
	lib, err := openblas.Fastest(rows, sizes[1], sizes[0])
	if err != nil {
		return nil, fmt.Errorf("yardstick: %w", err)
	}
	dims := make([]C.int, len(sizes))
	for i, n := range sizes {
		dims[i] = C.int(n)
	}
	var pinner runtime.Pinner
	pinner.Pin(&dims[0])
	defer pinner.Unpin()
	config := C.cl_config{
		dim: &dims[0], maps: C.int(len(sizes) - 1), batch: C.int(batch),
		rate: C.float(adam.Rate), decay1: C.float(adam.Decay1), decay2: C.float(adam.Decay2), epsilon: C.float(adam.Epsilon),
		threads: C.int(threads), sgemm: lib.CSgemm(), set_threads: lib.CSetThreads(),
	}
	if division == ByColumns {
		config.by_columns = 1
	}
	c := &Classifier{sizes: sizes, batch: batch, core: lib.Core, t: C.cl_new(&config), calls: make(chan func()), done: make(chan struct{})}
	go c.serve()
	for m := range len(sizes) - 1 {
		w, _ := c.Map(m)
		orthonormal(w, sizes[m], sizes[m+1], seed+uint64(m))
	}
	return c, nil
}

// serve runs calls on one thread of the operating system, as [Trainer] does.
func (c *Classifier) serve() {
	runtime.LockOSThread()
	for f := range c.calls {
		f()
		c.done <- struct{}{}
	}
	C.cl_free(c.t)
	close(c.done)
}

// Step trains on one minibatch and returns the mean cross-entropy before the update.
func (c *Classifier) Step(x []float32, labels []uint8) (loss float64) {
	if len(x) != c.batch*c.sizes[0] || len(labels) != c.batch {
		panic(fmt.Sprintf("yardstick: Step: %d values and %d labels for %d examples of %d", len(x), len(labels), c.batch, c.sizes[0]))
	}
	c.calls <- func() {
		loss = float64(C.cl_step(c.t, (*C.float)(unsafe.SliceData(x)), (*C.uchar)(unsafe.SliceData(labels))))
	}
	<-c.done
	return loss
}

// Map returns the parameters of a map, from 0: in x out and out. They are the classifier's own.
func (c *Classifier) Map(m int) (w, bias []float32) {
	in, out := c.sizes[m], c.sizes[m+1]
	w = unsafe.Slice((*float32)(C.cl_weights(c.t, C.int(m))), in*out)
	return w, unsafe.Slice((*float32)(C.cl_bias(c.t, C.int(m))), out)
}

// Core returns the name of the OpenBLAS kernels in use.
func (c *Classifier) Core() string { return c.core }

// Close frees the classifier.
func (c *Classifier) Close() {
	close(c.calls)
	<-c.done
}
