package ranks

import "github.com/targetprop/targetprop/internal/view"

// Joined are numbers of several maps, one map's after the other's in one piece of
// memory, so that one gather brings all of them to all processes.
type Joined struct{ data []float32 }

// Join moves the parts into one piece and leaves slices of it in their place.
func Join(parts []*[]float32) Joined {
	total := 0
	for _, p := range parts {
		total += len(*p)
	}
	j := Joined{view.Aligned[float32](total)}
	at := 0
	for _, p := range parts {
		part := j.data[at:][:len(*p):len(*p)]
		copy(part, *p)
		*p = part
		at += len(part)
	}
	return j
}

// Gather brings all parts to all processes.
func (j Joined) Gather(g Group, bounds []int) error { return Gather(g, j.data, bounds) }
