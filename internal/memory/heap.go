package memory

import (
	"math"
	"runtime/metrics"
)

// unlimited is what is free where no limit is known.
var unlimited = math.Inf(1)

// arena is by what the heap grows, in bytes.
const arena = 64 << 20

// heap is what Go's runtime has of the memory, in bytes.
type heap struct {
	limit float64 // GOMEMLIMIT, or infinity
	held  float64 // what counts of it: garbage too, until it is collected, and what was not given back
	idle  float64 // whose addresses the heap has, and uses for nothing
}

// readHeap does not stop the program, as runtime.ReadMemStats does.
func readHeap() heap {
	read := []metrics.Sample{
		{Name: "/gc/gomemlimit:bytes"},
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
		{Name: "/memory/classes/heap/free:bytes"},
	}
	metrics.Read(read)
	bytes := func(i int) float64 { return float64(read[i].Value.Uint64()) }
	h := heap{limit: bytes(0), held: bytes(1) - bytes(2), idle: bytes(2) + bytes(3)}
	if h.limit >= math.MaxInt64 { // GOMEMLIMIT=off
		h.limit = unlimited
	}
	return h
}
