// Package memory knows how much memory is free, so that what cannot fit is refused before
// it is begun.
package memory

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strconv"

	"github.com/targetprop/targetprop/internal/view"
)

// little is not worth a look at what is free.
const little = 32 << 20

// Check fails if what takes so many bytes does not fit in the memory that is free: the
// system's, that of a container or a shell's ulimit, or GOMEMLIMIT. Where none is known it is content.
func Check(what string, bytes float64) error {
	if bytes <= little {
		return nil
	}
	if free := free(); bytes > free {
		return fmt.Errorf("%s takes about %.3g GB of memory, and %.3g GB are free", what, bytes/1e9, free/1e9)
	}
	return nil
}

// Rows is how many bytes so many rows of a matrix of float32 take. They begin at cache lines, so that one of a single
// number takes as much as one of 16.
func Rows(rows float64, cols int) float64 {
	return rows * float64(view.Size[float32]()*view.NewMatrix[float32](0, cols).Stride)
}

// free is what is known, in bytes, or infinity.
func free() float64 {
	free := math.Inf(1)
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 {
		free = float64(limit)
	}
	// Linux: what programs can have without swapping, this one's addresses (ulimit -v), and the limits of both kinds of cgroups.
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		if _, rest, ok := bytes.Cut(text, []byte("MemAvailable:")); ok {
			if fields := bytes.Fields(rest); len(fields) > 0 {
				if kB, err := strconv.ParseFloat(string(fields[0]), 64); err == nil {
					free = min(free, 1024*kB)
				}
			}
		}
	}
	if text, err := os.ReadFile("/proc/self/limits"); err == nil {
		if _, rest, ok := bytes.Cut(text, []byte("Max address space")); ok {
			if fields := bytes.Fields(rest); len(fields) > 0 {
				if limit, err := strconv.ParseFloat(string(fields[0]), 64); err == nil { // or "unlimited"
					free = min(free, limit)
				}
			}
		}
	}
	for _, path := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if text, err := os.ReadFile(path); err == nil {
			if limit, err := strconv.ParseFloat(string(bytes.TrimSpace(text)), 64); err == nil && limit > 0 {
				free = min(free, limit)
			}
		}
	}
	return free
}
