package mpi

import "unsafe"

// alignment of memory in common, in bytes.
const alignment = 64

// machines are the ranks by the memory that they can have in common.
type machines struct {
	library  library
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
func findMachines(l library, rank, size, part int) (machines, error) {
	leader := make([]int32, size)
	if err := l.split(part, rank, leader); err != nil {
		return machines{}, err
	}
	m := machines{library: l, together: true, leads: int(leader[rank]) == rank}
	for r, of := range leader {
		if int(of) == r {
			m.leaders = append(m.leaders, r)
		} else if of != leader[r-1] {
			m.together = false
		}
	}
	if len(m.leaders) == size {
		m.together = false // there is nobody to have memory in common with
	}
	m.leaders = append(m.leaders, size)
	m.bounds = make([]int, len(m.leaders))
	return m, nil
}

// share is n bytes that are the same memory in all ranks of a machine, or nil.
func (m *machines) share(n int) ([]byte, error) {
	if !m.together || m.apart {
		return nil, nil
	}
	for i, w := range m.windows {
		if m.free[i] && len(w.data) >= n && len(w.data) <= 2*n {
			m.free[i] = false
			return w.data[:n], nil
		}
	}
	w, failed := m.library.share(n+alignment-1, m.leads)
	refused := int32(0)
	if failed != nil {
		refused = 1
	}
	anyone, err := m.library.largest(refused)
	if err != nil || anyone != 0 {
		m.apart = true // what some have is lost: it is not asked for again
		return nil, err
	}
	m.windows, m.free = append(m.windows, w), append(m.free, false)
	return w.data[:n], nil
}

// unshare has the memory serve a later share.
func (m *machines) unshare(memory []byte) {
	for i, w := range m.windows {
		if &w.data[0] == &memory[0] {
			m.free[i] = true
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

// close gives back all memory in common.
func (m *machines) close() {
	for _, w := range m.windows {
		_ = w.close() // the job ends
	}
	m.windows, m.free = nil, nil
}
