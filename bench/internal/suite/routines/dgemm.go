package routines

import (
	"fmt"
	"math"
	"strings"
	"time"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
)

// The shapes of float64 products. Updates are what LAPACK asks for: blocks of 64 or 32
// columns, times as many rows, taken from the rest of the matrix that holds all three.
var (
	cubes         = []int{16, 64, 256, 512, 1000, 1024, 2048}
	parallelCubes = []int{1024, 2048}
	products      = []cases.Shape{{M: 100, K: 784, N: 1000}, {M: 1000, K: 1000, N: 8}, {M: 8, K: 1000, N: 1000}, {M: 1000, K: 1000, N: 1}}
	updates       = []cases.Shape{{M: 2000, K: 64, N: 2000}, {M: 2000, K: 32, N: 2000}, {M: 2000, K: 64, N: 64}, {M: 500, K: 64, N: 500}, {M: 500, K: 32, N: 500}}
)

// Dgemm is the product of float64.
func Dgemm(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "Dgemm",
		About: "C = A B on row-major float64 matrices without gaps, and C = C - A B on parts of one large matrix, the shapes of LAPACK; m × k × n is rows of A × its columns × columns of B. " +
			aboutOurs + "The FMA peak is that of a loop on float64, half of float32's on the same units.",
		Unit: table.GFLOPs, NoteTitle: "how ours is computed", Compare: comparisons,
	}}
	for _, n := range cubes {
		section.Cases = append(section.Cases, dgemmCase(s, cases.Cube(n), 1))
	}
	for _, p := range products {
		section.Cases = append(section.Cases, dgemmCase(s, p, 1))
	}
	for _, p := range updates {
		section.Cases = append(section.Cases, updateCase(s, p))
	}
	for _, threads := range s.Threads {
		for _, n := range parallelCubes {
			if threads > 1 {
				section.Cases = append(section.Cases, dgemmCase(s, cases.Cube(n), threads))
			}
		}
	}
	return section
}

func job64(p cases.Shape) cases.Job {
	return cases.Job{Unit: table.GFLOPs, Work: p.Flops(), FMA64: p.Flops()}
}

func dgemmCase(s *cases.Setting, p cases.Shape, threads int) cases.Case {
	row := table.Row{
		Name:    fmt.Sprintf("Dgemm/%s/threads=%d", p.Keys(), threads),
		Label:   p.String(),
		Threads: threads,
		Flops:   p.Flops(),
		Note:    dgemmPlan(s, p, [3]int{p.K, p.N, p.N}, 1, 0, threads),
	}
	if threads > 1 {
		row.Label += fmt.Sprintf(", %d threads", threads)
	}
	return cases.Case{Rows: []table.Row{row}, Threads: threads, Entries: func() []cases.Entry {
		engines := s.Engines
		if threads > 1 {
			var err error
			if engines, err = cases.NewEngines(threads); err != nil {
				panic(err) // they were made before, on one thread
			}
		}
		a, b, c := operands.Vector[float64](p.M*p.K), operands.Vector[float64](p.K*p.N), operands.Vector[float64](p.M*p.N)
		list := entries(s, engines, job64(p), func(r peers.Routines) func() {
			return func() { r.Dgemm(blas.NoTrans, blas.NoTrans, p.M, p.N, p.K, 1, a, p.K, b, p.N, 0, c, p.N) }
		})
		for i, e := range list {
			switch {
			case e.Cells[0].Column == "gonum":
				list[i].Guess = guess(s, p)
			case e.Cells[0].Role == table.Peer && threads > 1:
				cases.OnItsOwnThread(&list[i])
			}
		}
		for _, peer := range s.Peers {
			if peer.Dgemm != nil && peer.Multiplies(p.M, p.N, p.K, threads) {
				e := s.TheirEntry(job64(p), peer, nil)
				e.Run = func(times int) { peer.Dgemm(times, p.M, p.N, p.K, a, b, c) }
				list = append(list, e)
			}
		}
		if threads > 1 {
			// Entries are closed together, so the first may close the engines of all.
			list[0].Close = func() {
				for _, e := range engines {
					e.Close()
				}
			}
		}
		return append(list, limits.Peaks64(s, threads)...)
	}}
}

// updateCase is a step of a blocked factorization.
func updateCase(s *cases.Setting, p cases.Shape) cases.Case {
	stride := p.N + p.K
	row := table.Row{
		Name:  "DgemmUpdate/" + p.Keys(),
		Label: "update " + p.String(),
		Flops: p.Flops(),
		Note:  dgemmPlan(s, p, [3]int{stride, stride, stride}, -1, 1, 1),
	}
	return cases.Case{Rows: []table.Row{row}, Entries: func() []cases.Entry {
		all := operands.Vector[float64]((p.M + p.K) * stride)
		below, right := all[p.K*stride:], all[p.K:]
		rest := all[p.K*stride+p.K:]
		list := entries(s, s.Engines, job64(p), func(r peers.Routines) func() {
			return func() {
				r.Dgemm(blas.NoTrans, blas.NoTrans, p.M, p.N, p.K, -1, below, stride, right, stride, 1, rest, stride)
			}
		})
		return append(list, limits.Peaks64(s, 1)...)
	}}
}

// dgemmPlan is how the best engine computes a product of matrices with these strides.
func dgemmPlan(s *cases.Setting, p cases.Shape, strides [3]int, alpha, beta float64, threads int) string {
	if s.Best().ISA() == kernels.Generic {
		return "gonum's"
	}
	e, err := kernels.New(kernels.WithMaxISA(s.Best().ISA()), kernels.WithThreads(threads))
	if err != nil {
		return fmt.Sprint(err)
	}
	defer e.Close()
	matrix := func(rows, cols, stride int) kernels.Matrix64 {
		return kernels.Matrix64{Rows: rows, Cols: cols, Stride: stride}
	}
	plan := e.PlanGemm64(false, false, alpha, matrix(p.M, p.K, strides[0]), matrix(p.K, p.N, strides[1]), beta, matrix(p.M, p.N, strides[2]))
	text := plan.String()
	if slow := plan.Slow(); slow != "" {
		text += "; " + strings.ReplaceAll(slow, "\n", "; ")
	}
	return text
}

// guess foretells gonum's time of a large product from that of a small one.
func guess(s *cases.Setting, p cases.Shape) func() time.Duration {
	const small = 256
	if p.Flops() < 32*math.Pow(small, 3) {
		return nil
	}
	return func() time.Duration {
		for _, peer := range s.Peers {
			if peer.Name != "gonum" {
				continue
			}
			a, b, c := operands.Vector[float64](small*small), operands.Vector[float64](small*small), make([]float64, small*small)
			t := cases.Fastest(func() {
				peer.BLAS[0].Dgemm(blas.NoTrans, blas.NoTrans, small, small, small, 1, a, small, b, small, 0, c, small)
			})
			return time.Duration(float64(t) * p.Flops() / cases.Cube(small).Flops())
		}
		return 0
	}
}
