package products

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// cubes are the sizes of the products; parallelCubes those that are also worth several
// threads. Others are rows that are no whole cache lines, few columns, few rows, a single
// column, short chains.
var (
	cubes         = []int{8, 16, 32, 64, 256, 512, 1024, 2048, 4096}
	parallelCubes = []int{1024, 2048}
	others        = []cases.Shape{{M: 500, K: 500, N: 500}, {M: 1000, K: 784, N: 28}, {M: 1, K: 4096, N: 4096}, {M: 16, K: 4096, N: 4096}, {M: 4096, K: 4096, N: 1}, {M: 512, K: 512, N: 1}, {M: 1000, K: 16, N: 1000}}
)

// Gemm is the bare product.
func Gemm(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "Sgemm",
		About: "C = A B on row-major float32 matrices, the packing that it needs included; m × k × n is rows of A × its columns × columns of B. " +
			limits.AboutTilesInL1,
		Unit: table.GFLOPs, NoteTitle: planTitle,
		Compare: limits.CompareProducts(s, "÷ best peer"),
	}}
	for _, n := range cubes {
		section.Cases = append(section.Cases, gemmCase(s, cases.Cube(n), 1))
	}
	for _, p := range others {
		section.Cases = append(section.Cases, gemmCase(s, p, 1))
	}
	for _, threads := range s.Threads {
		for _, n := range parallelCubes {
			if threads > 1 {
				section.Cases = append(section.Cases, gemmCase(s, cases.Cube(n), threads))
			}
		}
	}
	return section
}

func gemmCase(s *cases.Setting, p cases.Shape, threads int) cases.Case {
	row := table.Row{
		Name:    fmt.Sprintf("Sgemm/%s/threads=%d", p.Keys(), threads),
		Label:   p.String(),
		Threads: threads,
		Flops:   p.Flops(),
		Bytes:   operands.FloatBytes(p.M*p.K, p.K*p.N, p.M*p.N),
		Note:    gemmPlan(s, p, threads),
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
		o := newMatrices(p)
		var entries []cases.Entry
		for _, e := range engines {
			a, b, c := operands.Dense(p.M, p.K, o.a), operands.Dense(p.K, p.N, o.b), operands.Dense(p.M, p.N, o.c)
			entry := s.OurEntry(p.Job(), e, func() { e.Gemm(false, false, 1, a, b, 0, c) })
			entry.Guess = cases.GuessPlainGo(e.Engine, p.Flops())
			if threads > 1 {
				entry.Close = e.Close
			}
			entries = append(entries, entry)
		}
		entries = append(entries, theirProducts(s, sgemm, p.Job(), p, o, threads)...)
		return append(entries, limits.ProductLimits(s, threads, p, kernels.Identity)...)
	}}
}
