package memory

import (
	"io/fs"
	"math"
	"os"
)

// free is how many bytes can be had, or infinity where nothing is known. The files of Linux are read below system.
func free(system fs.FS, h heap) float64 {
	free := h.limit - h.held
	if text, err := fs.ReadFile(system, "proc/meminfo"); err == nil {
		if kB, ok := field(text, "MemAvailable:"); ok { // what programs can have without swapping
			free = min(free, 1024*kB)
		}
	}
	free = min(free, addresses(system, h), ofInt(math.MaxInt, h))
	return max(0, leftByGroups(system, free))
}

// ofInt is how many bytes can be had where an int has so many values: with 32 bits a slice has 2 GB at most, of which a
// matrix of few columns takes half, and a process 3 GB of addresses, or 4.
func ofInt(most int, h heap) float64 {
	if most > math.MaxInt32 {
		return unlimited
	}
	return min(math.MaxInt32/2, 3<<30-h.held)
}

// addresses is how many bytes of addresses the process can have under its shell's ulimit -v and -d. The heap keeps
// those of what it gave back, and takes a block from them or from new ones: the larger counts, since no block lies in
// both, less an arena, since in either the rest of one is lost. Beyond these limits the runtime ends the process.
func addresses(system fs.FS, h heap) float64 {
	free := unlimited
	limits, _ := fs.ReadFile(system, "proc/self/limits")
	for _, of := range []struct {
		limit string
		pages int // which number of statm: all addresses, and those that are the process's own to write to
	}{{"Max address space", 0}, {"Max data size", 5}} {
		if limit, ok := field(limits, of.limit); ok { // or "unlimited"
			statm, _ := fs.ReadFile(system, "proc/self/statm")
			pages, _ := number(statm, of.pages)
			free = min(free, max(limit-pages*float64(os.Getpagesize()), h.idle)-arena)
		}
	}
	return free
}
