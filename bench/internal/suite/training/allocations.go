package training

import (
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
)

// allocationKey names a trainer.
func allocationKey(column string, threads int) string { return fmt.Sprint(column, " ", threads) }

// allocations is the number of allocations in a step: the least of a few tries,
// since what the runtime allocates once, as when a goroutine waits for the first
// time, is not the step's.
func allocations(step func()) float64 {
	const tries, steps = 3, 5
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // the collector allocates too
	least := math.Inf(1)
	for range tries {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range steps {
			step()
		}
		runtime.ReadMemStats(&after)
		least = min(least, float64(after.Mallocs-before.Mallocs)/steps)
	}
	return least
}
