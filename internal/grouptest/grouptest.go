// Package grouptest is a group of processes for tests: goroutines of one.
package grouptest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"unsafe"
)

// Together calls work as each process of a group of the given size would: at the
// same time, each on a goroutine of its own. It fails the test with the first
// error, which also ends the others' gathers. That one waits for another that has
// ended is an error, too.
func Together(tb testing.TB, size int, work func(g Member) error) {
	tb.Helper()
	m := &meeting{size: size, data: make([][]byte, size), bounds: make([][]int, size)}
	m.changed.L = &m.mu
	errs := make([]error, size)
	var wait sync.WaitGroup
	for rank := range size {
		wait.Go(func() {
			defer m.leave(rank)
			if errs[rank] = work(Member{m, rank}); errs[rank] != nil {
				m.fail(fmt.Errorf("rank %d: %w", rank, errs[rank]))
			}
		})
	}
	wait.Wait()
	if m.err != nil {
		tb.Fatalf("%d ranks: %v", size, m.err)
	}
}

// meeting is where the members of a group exchange data.
type meeting struct {
	mu       sync.Mutex
	changed  sync.Cond
	size     int
	arrived  int
	ended    []int // the ranks that have
	meetings int   // that have ended
	data     [][]byte
	bounds   [][]int
	common   []byte
	err      error // the first
}

func (m *meeting) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil {
		m.err = err
	}
	m.changed.Broadcast()
}

// leave is the end of a process.
func (m *meeting) leave(rank int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ended = append(m.ended, rank)
	if m.arrived > 0 {
		m.missed()
	}
}

// missed is that processes wait for those that have ended.
func (m *meeting) missed() {
	if m.err == nil {
		m.err = fmt.Errorf("a process waits for others, of which those of ranks %d have ended", m.ended)
	}
	m.changed.Broadcast()
}

// wait returns when all have called it.
func (m *meeting) wait() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.ended) > 0 {
		m.missed()
		return m.err
	}
	if m.arrived++; m.arrived == m.size {
		m.arrived = 0
		m.meetings++
		m.changed.Broadcast()
		return m.err
	}
	for now := m.meetings; m.meetings == now && m.err == nil; {
		m.changed.Wait()
	}
	return m.err
}

// Member is a model.Group as one of its processes sees it.
type Member struct {
	*meeting
	rank int
}

// Rank is the number of this process.
func (m Member) Rank() int { return m.rank }

// Size is the number of processes.
func (m Member) Size() int { return m.size }

// Gather completes data in all processes. It fails unless all pass the same
// bounds.
func (m Member) Gather(data []byte, bounds []int) error {
	m.data[m.rank], m.bounds[m.rank] = data, bounds
	if err := m.wait(); err != nil {
		return err
	}
	for r := range m.size {
		if !slices.Equal(m.bounds[r], bounds) || len(m.data[r]) != len(data) || len(bounds) != m.size+1 || bounds[0] != 0 || bounds[m.size] != len(data) {
			return fmt.Errorf("%d bytes with bounds %v here, %d with %v in rank %d", len(data), bounds, len(m.data[r]), m.bounds[r], r)
		}
		if r != m.rank && len(data) > 0 && &data[0] != &m.data[r][0] {
			copy(data[bounds[r]:bounds[r+1]], m.data[r][bounds[r]:bounds[r+1]])
		}
	}
	return m.wait() // until all have read this process's data
}

// Share is the same n bytes for all. As float32 they are no numbers.
func (m Member) Share(n int) ([]byte, error) {
	if m.rank == 0 {
		const line = 64
		raw := make([]byte, n+line)
		m.common = raw[line-int(uintptr(unsafe.Pointer(&raw[0]))%line):][:n]
		m.Unshare(m.common)
	}
	if err := m.wait(); err != nil {
		return nil, err
	}
	common := m.common
	return common, m.wait() // until all have it
}

// Unshare spoils the memory for who uses it still.
func (m Member) Unshare(memory []byte) {
	if m.rank == 0 {
		for i := range memory {
			memory[i] = 0xff
		}
	}
}
