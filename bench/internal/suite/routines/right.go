package routines

import (
	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
)

// rightShapes are maps of weights that stay for many calls: few rows, and a minibatch.
var rightShapes = []cases.Shape{{M: 1, K: 1024, N: 1024}, {M: 16, K: 1024, N: 1024}, {M: 32, K: 1000, N: 1000}, {M: 100, K: 784, N: 1000}}

// gemmColumn is this project's product without a packed factor.
const gemmColumn = "Gemm"

// Right is the product by a right factor that was packed before.
func Right(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "Packed right factors",
		About: "C = A B by GemmRight, where PackRight has packed B before; one thread. “Gemm” is ours of the best instruction set on B as it is, and so are the peers' products.",
		Unit:  table.GFLOPs,
		Compare: []table.Comparison{
			{Title: "÷ Gemm", Column: gemmColumn},
			{Title: "÷ best peer", Against: table.Peer},
		},
	}}
	for _, p := range rightShapes {
		section.Cases = append(section.Cases, rightCase(s, p, ourSingle), rightCase(s, p, ourDouble))
	}
	return section
}

// ourProduct makes this project's products of dense matrices, with b packed and without.
type ourProduct[T view.Float] func(e *kernels.Engine, p cases.Shape, a, b, c []T) (right, gemm func())

func ourSingle(e *kernels.Engine, p cases.Shape, a, b, c []float32) (right, gemm func()) {
	x, w, y := operands.Dense(p.M, p.K, a), operands.Dense(p.K, p.N, b), operands.Dense(p.M, p.N, c)
	packed := e.PackRight(false, w)
	return func() { e.GemmRight(false, 1, x, packed, 0, y) }, func() { e.Gemm(false, false, 1, x, w, 0, y) }
}

func ourDouble(e *kernels.Engine, p cases.Shape, a, b, c []float64) (right, gemm func()) {
	dense := func(rows, cols int, data []float64) kernels.Matrix64 {
		return kernels.Matrix64{Rows: rows, Cols: cols, Stride: cols, Data: data}
	}
	x, w, y := dense(p.M, p.K, a), dense(p.K, p.N, b), dense(p.M, p.N, c)
	packed := e.PackRight64(false, w)
	return func() { e.GemmRight64(false, 1, x, packed, 0, y) }, func() { e.Gemm64(false, false, 1, x, w, 0, y) }
}

func rightCase[T view.Float](s *cases.Setting, p cases.Shape, ours ourProduct[T]) cases.Case {
	name, j := letter[T]()+"gemm", p.Job()
	peaks := limits.Peaks
	if view.Size[T]() == 8 {
		j, peaks = job64(p), limits.Peaks64
	}
	row := table.Row{Name: name + "Right/" + p.Keys(), Label: name + " " + p.String(), Flops: p.Flops()}
	return cases.Case{Rows: []table.Row{row}, Entries: func() []cases.Entry {
		a, b, c := operands.Vector[T](p.M*p.K), operands.Vector[T](p.K*p.N), operands.Vector[T](p.M*p.N)
		var list []cases.Entry
		for _, e := range assembled(s.Engines) {
			right, _ := ours(e.Engine, p, a, b, c)
			list = append(list, s.OurEntry(j, e, right))
		}
		_, gemm := ours(s.Best().Engine, p, a, b, c)
		plain := s.Best()
		plain.Column, plain.Impl, plain.Role = gemmColumn, "gemm", table.Baseline
		list = append(list, s.OurEntry(j, plain, gemm))
		for _, peer := range s.Peers {
			if len(peer.BLAS) == 0 {
				continue
			}
			list = append(list, theirs(s, j, peer, func(r peers.Routines) func() {
				routines := of[T](r)
				return func() { routines.Gemm(blas.NoTrans, blas.NoTrans, p.M, p.N, p.K, 1, a, p.K, b, p.N, 0, c, p.N) }
			}))
		}
		return append(list, peaks(s, 1)...)
	}}
}
