// Package suite is what the benchmark measures: sections of cases, each with
// the rows that it fills and the candidates that do their work.
//
// A row's candidates are this project's engines, one for each instruction set,
// the peers that have the operation, and loops that show what the machine can
// do: the limits that the others are held against.
package suite

import (
	"regexp"
	"runtime"
	"time"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
)

// Suite is what there is to measure on this machine.
type Suite struct {
	Engines []Engine // on one thread, plain Go first
	Peers   []peers.Peer
	Threads []int         // numbers of threads for the rows that are worth several
	Profile time.Duration // for the breakdown of a training step; 0 leaves it out
}

// New finds the engines and peers of this machine.
func New(threads []int, profile time.Duration) (*Suite, error) {
	engines, err := newEngines(1)
	if err != nil {
		return nil, err
	}
	list, _ := peers.All()
	return &Suite{Engines: engines, Peers: list, Threads: threads, Profile: profile}, nil
}

// Section is a section of the report and how its rows come about.
type Section struct {
	table.Section // without rows
	Cases         []Case

	// Finish, if set, adds what follows from all rows.
	Finish func(*table.Section)
}

// Case is what is measured together: usually one row.
type Case struct {
	Rows    []table.Row // without cells
	Threads int         // that the peers use
	Longer  int         // makes repetitions that many times longer, if it is not 0

	// Entries makes the candidates and their operands. They are made when it
	// is the case's turn, and dropped after it.
	Entries func() []Entry
}

// Entry is a candidate and its cells.
type Entry struct {
	measure.Candidate
	Cells  map[int]table.Cell // by the number of the case's row
	Kernel func() string      // the implementation it chose; may be nil
	Close  func()             // may be nil
}

// Sections lists everything.
func (s *Suite) Sections() []Section {
	return []Section{
		s.machine(),
		s.affine(),
		s.gradients(),
		s.gemm(),
		s.elementwise(),
		s.noise(),
		s.updates(),
		s.vector(),
		s.training(),
	}
}

// Matches tells whether the name of one of the case's rows matches.
func (c Case) Matches(run *regexp.Regexp) bool {
	for _, r := range c.Rows {
		if run.MatchString(r.Name) {
			return true
		}
	}
	return false
}

// Measure fills the case's rows.
func (c Case) Measure(o measure.Options) []table.Row {
	peers.SetThreads(max(1, c.Threads))
	if c.Longer > 0 {
		o.Repetition *= time.Duration(c.Longer)
	}
	entries := c.Entries()
	candidates := make([]measure.Candidate, len(entries))
	for i, e := range entries {
		candidates[i] = e.Candidate
	}
	rows := append([]table.Row(nil), c.Rows...)
	for i, series := range measure.Interleave(candidates, o) {
		for row, cell := range entries[i].Cells {
			cell.Series = series
			if entries[i].Kernel != nil && cell.Measured() {
				cell.Kernel = entries[i].Kernel()
			}
			rows[row].Cells = append(rows[row].Cells, cell)
		}
	}
	for _, e := range entries {
		if e.Close != nil {
			e.Close()
		}
	}
	// The next case shall not pay for this one's garbage.
	entries, candidates = nil, nil
	runtime.GC()
	return rows
}

// one is the cells of an entry with a cell in the only row.
func one(c table.Cell) map[int]table.Cell { return map[int]table.Cell{0: c} }

// each makes a function that does one call do many.
func each(call func()) func(times int) {
	return func(times int) {
		for range times {
			call()
		}
	}
}
