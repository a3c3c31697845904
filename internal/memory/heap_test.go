package memory

import (
	"runtime"
	"runtime/debug"
	"testing"
)

// TestHeap: what the heap gives back is idle, and held no more.
func TestHeap(t *testing.T) {
	const block = 100 << 20
	held := make([]byte, block)
	before := readHeap()
	runtime.KeepAlive(held)
	debug.FreeOSMemory()
	after := readHeap()
	if before.limit != unlimited {
		t.Errorf("limit %v, want none", before.limit)
	}
	if gone, idle := before.held-after.held, after.idle-before.idle; gone < 0.9*block || idle < 0.9*block {
		t.Errorf("%.0f bytes less are held, and %.0f more are idle: want %d", gone, idle, block)
	}
}
