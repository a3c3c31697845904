package main

import "math/bits"

// cost is what a step takes on one thread, in seconds, as two ranks showed it.
type cost struct {
	row       float64 // of one example: inference, corruption, deltas
	place     float64 // of one example, on each rank: to put what it made in place
	parameter float64 // of one parameter and one example: gradient; and the step
	rowBytes  float64 // of one example, that are gathered
	weights   float64 // parameters
}

// leastRows take a rank about as long as one row does: with fewer, a tile takes as
// long to load the weights as to multiply by them.
const leastRows = 8

// net is a network between ranks.
type net struct {
	bandwidth float64 // bytes a second that a rank receives
	latency   float64 // seconds, of a message
}

// gather is the time of a gather of so many bytes by so many ranks, each of
// which passes on what it has received to the next: ranks-1 messages, one after
// the other.
func (n net) gather(bytes float64, ranks int) float64 {
	share := float64(ranks-1) / float64(ranks)
	return share*bytes/n.bandwidth + float64(ranks-1)*n.latency
}

// step is the time of a step of a minibatch of b examples, and of that the time
// of the gathers.
func (c cost) step(b, ranks int, n net) (total, gathers float64) {
	rows := max((b+ranks-1)/ranks, min(b, leastRows))
	compute := float64(rows)*c.row + c.parameter*c.weights*float64(b)/float64(ranks)
	if ranks == 1 {
		return compute, 0
	}
	small := float64(bits.Len(uint(ranks-1))) * n.latency // the flags behind each gather
	gathers = n.gather(c.rowBytes*float64(b), ranks) + n.gather(4*c.weights, ranks) + 3*small
	return compute + float64(b)*c.place + gathers, gathers
}
