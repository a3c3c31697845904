package mpi

import (
	"fmt"
	"io"
	"time"
)

// patience is how long a rank that has failed waits for the others to end too.
// After that it has failed alone: the others wait for it in a gather.
const patience = 3 * time.Second

// End ends this process's part of the job with an exit status, which it returns,
// and a line about what went wrong, or "". If all ranks end, the lowest with a
// line writes it to w. A rank that has failed while others go on writes its own
// line and ends the whole job.
func (g *Group) End(status int, line string, w io.Writer) int {
	e, err := g.library.endBegin(status, g.rank, g.size)
	if err != nil {
		return g.endAlone(status, line, w)
	}
	for began := time.Now(); !e.done(); time.Sleep(time.Millisecond) {
		if status != 0 && time.Since(began) > patience {
			return g.endAlone(status, line, w)
		}
	}
	for r := range g.size {
		if e.status(r) == 0 {
			continue
		}
		if r == g.rank {
			fmt.Fprintln(w, g.signed(line))
		}
		status = e.status(r)
		break
	}
	g.machines.close()
	g.library.finish()
	return status
}

// endAlone ends the job because of this rank.
func (g *Group) endAlone(status int, line string, w io.Writer) int {
	fmt.Fprintln(w, g.signed(line))
	g.library.endAll(max(status, 1))
	return max(status, 1)
}

// signed is the line with the rank that it is from, unless it is rank 0.
func (g *Group) signed(line string) string {
	if g.rank == 0 {
		return line
	}
	return fmt.Sprintf("%s (rank %d on %s)", line, g.rank, host())
}
