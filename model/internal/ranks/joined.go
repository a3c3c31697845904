package ranks

import "github.com/targetprop/targetprop/internal/view"

// Joined are numbers of several maps, one map's after the other's in one piece of
// memory, so that one gather brings all of them to all processes.
type Joined struct {
	memory Common
	parts  []*[]float32
}

// Join moves the parts into one piece of memory and leaves slices of it in their
// place. All processes have the same numbers. bounds are those of the gathers:
// where memory is in common, each process moves its own.
func Join(g Group, bounds []int, parts []*[]float32) (Joined, error) {
	total := 0
	for _, p := range parts {
		total += len(*p)
	}
	memory, err := NewCommon(g, total)
	if err != nil {
		return Joined{}, err
	}
	j := Joined{memory, parts}
	lo, hi := 0, total
	if memory.Shared() {
		lo, hi = bounds[g.Rank()], bounds[g.Rank()+1]
	}
	at := 0
	for _, p := range parts {
		end := at + len(*p)
		if from, to := max(lo, at), min(hi, end); from < to {
			copy(memory.Data[from:to], (*p)[from-at:])
		}
		*p = memory.Data[at:end:end]
		at = end
	}
	if memory.Shared() {
		err = j.Gather(g, bounds)
	}
	return j, err
}

// Gather brings all parts to all processes.
func (j Joined) Gather(g Group, bounds []int) error { return Gather(g, j.memory.Data, bounds) }

// Part gives each part, which all processes have, memory of its own again if that
// is in common.
func (j *Joined) Part(g Group) error {
	if !j.memory.Shared() {
		return nil
	}
	for _, p := range j.parts {
		own := view.Aligned[float32](len(*p))
		copy(own, *p)
		*p = own
	}
	err := g.Gather(nil, make([]int, g.Size()+1)) // until all have copied
	j.memory.Free()
	return err
}
