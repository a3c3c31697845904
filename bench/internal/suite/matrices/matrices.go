// Package matrices measures gonum's package mat: on gonum alone, on this project, on
// OpenBLAS, and beside NumPy.
package matrices

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/internal/trial"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
)

// orders are those of the matrices; largeOrder is added on demand, since it takes minutes.
var orders = []int{1, 4, 16, 64, 256, 1000}

const largeOrder = 2000

// patience times the usual limit is what a call may take: gonum's Eigen of 1000 takes
// 6 s.
const patience, largePatience = 10, 100

// Mat is the operations of package mat.
func Mat(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "gonum's mat",
		About: "One thread; all columns have the same random matrices, n × n. The column of this project is package gonumblas in use, with the LAPACK of " +
			reflect.TypeOf(ourLapack).PkgPath() + "; that of OpenBLAS is gonum's LAPACK on its BLAS. " +
			aboutNumPy() + " Solve has one right side. NumPy's LU is det, its QR the factors alone, as gonum's are; gonum's Solve, LU, QR and Cholesky estimate a condition number too. " +
			"SVD is thin, Eigen has the right vectors.",
		Unit: table.Calls,
		Compare: []table.Comparison{
			{Title: "÷ gonum", Column: "gonum"},
			{Title: "÷ OpenBLAS", Column: "OpenBLAS"},
			{Title: "÷ NumPy", Column: numpyColumn},
		},
	}}
	for _, op := range operations {
		for _, n := range orders {
			section.Cases = append(section.Cases, matCase(s, op, n, patience))
		}
	}
	if s.Large {
		for _, op := range operations {
			section.Cases = append(section.Cases, matCase(s, op, largeOrder, largePatience))
		}
	}
	return section
}

func matCase(s *cases.Setting, op operation, n, patience int) cases.Case {
	cube := float64(n) * float64(n) * float64(n)
	j := cases.Job{Unit: table.Calls, Work: 1}
	return cases.Case{
		Rows:     []table.Row{{Name: fmt.Sprintf("Mat/op=%s/n=%d", op.name, n), Label: fmt.Sprintf("%s %d", op.name, n), Flops: op.flops * cube}},
		Shorter:  2,
		Patience: patience,
		Entries: func() []cases.Entry {
			in := op.make(n)
			call := op.call(in)
			entries := []cases.Entry{ourEntry(s, j, call)}
			for _, peer := range s.Peers {
				if peer.Name == "gonum" || peer.Name == "OpenBLAS" {
					entries = append(entries, peerEntry(s, j, peer, op, n, call))
				}
			}
			if e, ok := numpyEntry(s, j, op, n, in); ok {
				entries = append(entries, e)
			}
			return entries
		},
	}
}

// ourEntry is this project's on the best instruction set.
func ourEntry(s *cases.Setting, j cases.Job, call func()) cases.Entry {
	e := s.Best()
	if e.ISA() == kernels.Generic {
		e.Role = table.Ours // gonum's loops, to which it hands over
	}
	b := onOurs(e)
	entry := s.OurEntry(j, e, nil)
	entry.Run = func(times int) { b.do(func() { cases.Each(call)(times) }) }
	return entry
}

// trialOrder is the largest order that is tried with all families of a peer's kernels.
const trialOrder = 256

// peerEntry is gonum alone, or on a peer with the fastest family of its kernels.
func peerEntry(s *cases.Setting, j cases.Job, peer peers.Peer, op operation, n int, call func()) cases.Entry {
	chosen := sync.OnceValue(func() peers.BLAS {
		if len(peer.BLAS) == 1 {
			return peer.BLAS[0]
		}
		try := call
		if n > trialOrder {
			try = op.call(op.make(trialOrder))
		}
		return peer.BLAS[trial.Fastest(len(peer.BLAS), func(i int) { onPeer(peer.BLAS[i].Routines).do(try) })]
	})
	e := s.TheirEntry(j, peer, nil)
	e.Run = func(times int) {
		b := onPeer(chosen().Routines)
		b.do(func() { cases.Each(call)(times) })
	}
	if len(peer.BLAS) > 1 {
		e.Kernel = func() string { return chosen().Kernel }
	}
	return e
}
