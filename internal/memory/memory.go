// Package memory knows how much memory is free, and what networks and their training take, so that what
// cannot fit is refused before it is begun.
package memory

import (
	"fmt"
	"os"
	"runtime/debug"

	"github.com/targetprop/targetprop/internal/view"
)

// little is not worth a look at what is free.
const little = 32 << 20

// Check fails if what takes so many bytes does not fit in the memory that is free: what the system has, and what is
// left, beside all that is held already, of a container's limit, a shell's ulimit and GOMEMLIMIT. Where none is known it is content.
func Check(what string, bytes float64) error {
	if bytes <= little {
		return nil
	}
	system := os.DirFS("/")
	if bytes <= free(system, readHeap()) {
		return nil
	}
	// What nobody uses any more counts as held until it is collected, and by the system until it is given back.
	debug.FreeOSMemory()
	if free := free(system, readHeap()); bytes > free {
		return fmt.Errorf("%s takes about %.3g GB of memory, and %.3g GB are free", what, bytes/1e9, free/1e9)
	}
	return nil
}

// Rows is how many bytes so many rows of a matrix of float32 take. They begin at cache lines, so that one of a single
// number takes as much as one of 16.
func Rows(rows float64, cols int) float64 {
	return rows * float64(view.Size[float32]()*view.NewMatrix[float32](0, cols).Stride)
}
