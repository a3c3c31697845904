// Package routines measures the routines of a BLAS: this project's under gonum's interfaces,
// gonum's own, and those of the peers that have a whole BLAS.
package routines

import (
	"sync"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/trial"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

const aboutOurs = "Ours is package gonumblas: what a program has after gonumblas.Use. "

// assembled are the engines that have kernels, or the only one: in plain Go gonumblas hands
// over to gonum.
func assembled(engines []cases.Engine) []cases.Engine {
	if len(engines) > 1 && engines[0].ISA() == kernels.Generic {
		return engines[1:]
	}
	return engines
}

// entries are ours and the peers', who all do the job by a call of a routine.
func entries(s *cases.Setting, engines []cases.Engine, j cases.Job, call func(peers.Routines)) []cases.Entry {
	var list []cases.Entry
	for _, e := range assembled(engines) {
		list = append(list, s.OurEntry(j, e, bound(gonumblas.New(e.Engine), call)))
	}
	for _, peer := range s.Peers {
		if len(peer.BLAS) > 0 {
			list = append(list, theirs(s, j, peer, call))
		}
	}
	return list
}

// bound is the call on a BLAS.
func bound(b peers.Routines, call func(peers.Routines)) func() { return func() { call(b) } }

// theirs is a peer with the fastest family of its kernels, which a trial finds at the first
// call.
func theirs(s *cases.Setting, j cases.Job, peer peers.Peer, call func(peers.Routines)) cases.Entry {
	chosen := sync.OnceValue(func() peers.BLAS {
		if len(peer.BLAS) == 1 {
			return peer.BLAS[0]
		}
		return peer.BLAS[trial.Fastest(len(peer.BLAS), func(i int) { call(peer.BLAS[i]) })]
	})
	e := s.TheirEntry(j, peer, nil)
	e.Run = func(times int) {
		b := chosen()
		if b.Repeated != nil {
			call(b.Repeated(times))
			return
		}
		cases.Each(func() { call(b) })(times)
	}
	if len(peer.BLAS) > 1 {
		e.Kernel = func() string { return chosen().Kernel }
	}
	return e
}
