package main

import (
	"fmt"
	"strings"
)

// name is the network's, as in 784-1000-100.
func (s setting) name() string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(s.Sizes), "[]"), " ", "-")
}

// heading stands above the rows that write writes.
var heading = fmt.Sprintf("\n%-22s %6s %5s %8s %9s %9s %9s %9s %9s %9s %9s %6s %6s\n", "network", "batch", "ranks", "by", "step", "examples", "gather", "MB", "weights", "gather", "MB", "share", "speed")

// write writes a row; one is the step of one rank.
func (m measured) write(one float64) {
	by := ""
	switch {
	case m.Setting.Apart:
		by = "messages"
	case m.Ranks > 1:
		by = "memory"
	}
	fmt.Printf("%-22s %6d %5d %8s %9.0f", m.Setting.name(), m.Setting.Batch, m.Ranks, by, 1e6*m.Step)
	if m.Ranks > 1 {
		x, w := m.examples(), m.weights()
		gathers := x.Passed.Seconds() + w.Passed.Seconds()
		fmt.Printf(" %9.0f %9.0f %9.2f %9.0f %9.0f %9.2f %5.1f%% %6.2f", x.Mean(x.Before), x.Mean(x.Passed), float64(x.Bytes)/1e6,
			w.Mean(w.Before), w.Mean(w.Passed), float64(w.Bytes)/1e6, 100*gathers/float64(m.Setting.Steps)/m.Step, one/m.Step)
	}
	fmt.Println()
}

// cost takes the step of two ranks apart. What the second phase takes is, with
// these numbers of examples, as good as all for the gradient; to put examples in
// place is a copy, at the speed of the gather.
func (m measured) cost() cost {
	x, w, b := m.examples(), m.weights(), float64(m.Setting.Batch)
	c := cost{rowBytes: float64(x.Bytes) / b, weights: float64(m.Weights)}
	c.row = x.Mean(x.Before) / 1e6 / float64((m.Setting.Batch+1)/2)
	c.place = x.Mean(x.Passed) / 1e6 / b
	c.parameter = max(0, w.Mean(w.Before)/1e6-b*c.place) / (c.weights / 2) / b
	return c
}

// latency of a message between two machines, in seconds: an assumption, between
// that of InfiniBand (2) and that of Ethernet (20).
const latency = 5e-6

// extrapolate writes what the formula says of more ranks.
func (c cost) extrapolate(s setting) {
	fmt.Printf("\n%s by the formula: times as fast as one rank, and the share of a step in gathers.\nRanks are of one thread; a message takes %.0f us.\n", s.name(), 1e6*latency)
	ranks := []int{2, 4, 8, 16, 32, 64, 128, 256}
	fmt.Printf("\n%7s %7s", "Gbit/s", "batch")
	for _, r := range ranks {
		fmt.Printf(" %12d", r)
	}
	fmt.Println()
	for _, gigabits := range []float64{10, 25, 100, 400} {
		for _, batch := range []int{100, 400, 1600, 6400, 25600} {
			fmt.Printf("%7.0f %7d", gigabits, batch)
			one, _ := c.step(batch, 1, net{})
			for _, r := range ranks {
				total, gathers := c.step(batch, r, net{gigabits * 1e9 / 8, latency})
				fmt.Printf(" %6.1f %4.0f%%", one/total, 100*gathers/total)
			}
			fmt.Println()
		}
	}
}
