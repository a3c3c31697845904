package cases

import (
	"regexp"
	"runtime"
	"time"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
)

// Case is what is measured together: usually one row.
type Case struct {
	Rows    []table.Row // without cells
	Threads int         // that the peers use
	Longer  int         // makes repetitions that many times longer, if it is not 0
	Shorter int         // makes them that many times shorter, where rows are many

	// Patience makes what is too slow so many times slower, if it is not 0.
	Patience int

	// Entries makes the candidates and their operands. They are made when it
	// is the case's turn, and dropped after it.
	Entries func() []Entry
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
	if c.Shorter > 0 {
		o.Repetition /= time.Duration(c.Shorter)
	}
	if c.Patience > 0 {
		o.TooSlow *= time.Duration(c.Patience)
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
