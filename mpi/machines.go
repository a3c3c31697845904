package mpi

import "unsafe"

// alignment of memory in common, in bytes.
const alignment = 64

// machines are the ranks by the memory that they can have in common.
type machines struct {
	together bool     // whether the ranks of each machine follow one another
	apart    bool     // whether they are not to have memory in common
	leads    bool     // whether this rank is its machine's first
	leaders  []int    // the first rank of each machine, ascending, and the number of ranks
	bounds   []int    // of a gather between them
	windows  []window // all that were made
	free     []bool   // of them
}

// findMachines finds out who can have memory in common. Ranks of one machine that
// name different parts are taken for ranks of different ones.
func (g *Group) findMachines(part int) error {
	leader := make([]int32, g.size)
	if err := g.library.split(part, g.rank, leader); err != nil {
		return err
	}
	m := machines{together: true, leads: int(leader[g.rank]) == g.rank}
	for r, l := range leader {
		if int(l) == r {
			m.leaders = append(m.leaders, r)
		} else if l != leader[r-1] {
			m.together = false
		}
	}
	if len(m.leaders) == g.size {
		m.together = false // there is nobody to have memory in common with
	}
	m.leaders = append(m.leaders, g.size)
	m.bounds = make([]int, len(m.leaders))
	g.machines = m
	return nil
}

// Apart has the ranks exchange all data in messages, as if each were on a machine
// of its own. All ranks call it.
func (g *Group) Apart() { g.machines.apart = true }

// Share is n bytes that are the same memory in all ranks of a machine, or nil
// where the system refuses that.
func (g *Group) Share(n int) ([]byte, error) {
	m := &g.machines
	if !m.together || m.apart {
		return nil, nil
	}
	for i, w := range m.windows {
		if m.free[i] && len(w.data) >= n && len(w.data) <= 2*n {
			m.free[i] = false
			return w.data[:n], nil
		}
	}
	w, failed := g.library.share(n+alignment-1, m.leads)
	refused := int32(0)
	if failed != nil {
		refused = 1
	}
	anyone, err := g.library.largest(refused)
	if err != nil || anyone != 0 {
		m.apart = true // what some have is lost: it is not asked for again
		return nil, err
	}
	m.windows, m.free = append(m.windows, w), append(m.free, false)
	return w.data[:n], nil
}

// Unshare has the memory serve a later Share.
func (g *Group) Unshare(memory []byte) {
	for i, w := range g.machines.windows {
		if &w.data[0] == &memory[0] {
			g.machines.free[i] = true
		}
	}
}

// have tells whether data is in memory in common.
func (m *machines) have(data []byte) bool {
	at := uintptr(unsafe.Pointer(&data[0]))
	for _, w := range m.windows {
		if begin := uintptr(unsafe.Pointer(&w.data[0])); at >= begin && at < begin+uintptr(len(w.data)) {
			return true
		}
	}
	return false
}

// gatherMachines is gather for data in memory in common: what a machine's ranks
// have written, its leader sends to the other leaders. No rank goes on before all
// have called Gather, since that ends with a reduction over all.
func (g *Group) gatherMachines(data []byte, bounds []int) error {
	m := &g.machines
	if len(m.leaders) == 2 {
		return nil
	}
	if err := g.library.meetMachine(); err != nil || !m.leads {
		return err
	}
	for i, r := range m.leaders {
		m.bounds[i] = bounds[r]
	}
	return g.bring(true, data, m.bounds)
}

// closeWindows gives back all memory in common.
func (g *Group) closeWindows() {
	for _, w := range g.machines.windows {
		_ = w.close() // the job ends
	}
	g.machines.windows = nil
}
