// Package ranks divides work among the processes of a group, and brings together
// what they make. No number is ever added up across processes: a gather only
// copies, so that results do not depend on how many there are.
package ranks

import "fmt"

// Group is a group of processes. See model.Group.
type Group interface {
	Rank() int
	Size() int
	Gather(data []byte, bounds []int) error
}

// Check says what is wrong with a group, if anything is.
func Check(g Group) error {
	const most = 1 << 20
	rank, size := g.Rank(), g.Size()
	if size < 1 || size > most {
		return fmt.Errorf("model: a group of %d processes: want 1 to %d", size, most)
	}
	if rank < 0 || rank >= size {
		return fmt.Errorf("model: rank %d in a group of %d processes: want 0 to %d", rank, size, size-1)
	}
	return nil
}

// Alone is this process by itself.
type Alone struct{}

// Rank is 0.
func (Alone) Rank() int { return 0 }

// Size is 1.
func (Alone) Size() int { return 1 }

// Gather has nothing to do.
func (Alone) Gather([]byte, []int) error { return nil }

// Apart is a group without the memory that its processes may have in common.
type Apart struct{ Group }
