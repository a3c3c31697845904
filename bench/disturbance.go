package main

import (
	"fmt"
	"runtime"
	"time"

	"github.com/targetprop/targetprop/bench/internal/machine"
	"github.com/targetprop/targetprop/bench/internal/table"
)

// disturbance is what else the machine did during a run. Ratios of one round
// survive a little of it; a reader should know when it was much.
type disturbance struct {
	start       time.Time
	load        string
	preemptions int64
}

func newDisturbance() disturbance {
	n, _ := machine.Preemptions()
	return disturbance{start: time.Now(), load: machine.Load(), preemptions: n}
}

// facts says it for the head of the report.
func (d disturbance) facts() []table.Fact {
	var facts []table.Fact
	if d.load != "" {
		facts = append(facts, table.Fact{Name: "Load before the run", Value: fmt.Sprintf("%s on %d CPUs", d.load, runtime.NumCPU())})
	}
	if n, ok := machine.Preemptions(); ok {
		n -= d.preemptions
		rate := float64(n) / time.Since(d.start).Seconds()
		facts = append(facts, table.Fact{
			Name:  "Disturbance",
			Value: fmt.Sprintf("other programs took the CPU %.1f times a second; a quiet machine has few", rate),
		})
	}
	return facts
}
