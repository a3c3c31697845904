package main

import (
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/kernels"
)

// maxThreads is beyond any machine, and keeps a mistyped number from taking all
// of memory.
const maxThreads = 4096

// addThreads defines --threads.
func addThreads(flags *pflag.FlagSet, threads *int) {
	flags.IntVar(threads, "threads", 0, "`number` of threads, 0 for all cores; does not change results")
}

// newEngine makes the engine. What can be wrong is the number of threads and
// the environment variable that caps the instruction set.
func newEngine(threads int) (*kernels.Engine, error) {
	if threads < 0 || threads > maxThreads {
		return nil, usagef("--threads %d: want 0 (all cores) to %d", threads, maxThreads)
	}
	e, err := kernels.New(kernels.WithThreads(threads))
	if err != nil {
		return nil, usageError{err}
	}
	return e, nil
}
