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

// binding makes the call of a routine of a BLAS. It is made once: to find the routine in
// each call would take a tenth of the time of the shortest.
type binding func(b peers.Routines) (call func())

// entries are ours and the peers', who all do the job by the bound call.
func entries(s *cases.Setting, engines []cases.Engine, j cases.Job, bind binding) []cases.Entry {
	var list []cases.Entry
	for _, e := range assembled(engines) {
		list = append(list, s.OurEntry(j, e, bind(gonumblas.New(e.Engine))))
	}
	for _, peer := range s.Peers {
		if len(peer.BLAS) > 0 {
			list = append(list, theirs(s, j, peer, bind))
		}
	}
	return list
}

// theirs is a peer with the fastest family of its kernels, which a trial finds at the first
// call.
func theirs(s *cases.Setting, j cases.Job, peer peers.Peer, bind binding) cases.Entry {
	var calls []func()
	for _, b := range peer.BLAS {
		calls = append(calls, bind(b.Routines))
	}
	chosen := sync.OnceValue(func() int {
		if len(calls) == 1 {
			return 0
		}
		return trial.Fastest(len(calls), func(i int) { calls[i]() })
	})
	e := s.TheirEntry(j, peer, nil)
	e.Run = func(times int) {
		i := chosen()
		if repeated := peer.BLAS[i].Repeated; repeated != nil {
			bind(repeated(times))()
			return
		}
		cases.Each(calls[i])(times)
	}
	if len(calls) > 1 {
		e.Kernel = func() string { return peer.BLAS[chosen()].Kernel }
	}
	return e
}
