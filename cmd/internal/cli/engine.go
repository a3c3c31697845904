package cli

import (
	"github.com/targetprop/targetprop/kernels"
)

// maxThreads is beyond any machine, and keeps a mistyped number from taking all
// of memory.
const maxThreads = 4096

// NewEngine makes the engine. What can be wrong is the number of threads and
// the environment variable that caps the instruction set.
func NewEngine(threads int) (*kernels.Engine, error) {
	if threads < 0 || threads > maxThreads {
		return nil, Usagef("--threads %d: want 0 (all cores) to %d", threads, maxThreads)
	}
	e, err := kernels.New(kernels.WithThreads(threads))
	if err != nil {
		return nil, Usage(err)
	}
	return e, nil
}
