package elementwise

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
)

// double is an elementwise function of float64, and how it is written with Go's package
// math. The operations are those of its definition in internal/simd/f64, as in function.
type double struct {
	name string
	ours func(e *kernels.Engine, dst, src []float64)
	math func(float64) float64
	draw func(*rand.Rand) float32
	ulp  string

	flops    float64
	multiply float64
}

var doubles = []double{
	{"exp", (*kernels.Engine).Exp64, math.Exp, operands.Wide, "0.95", 29, 14},
	{"log", (*kernels.Engine).Log64, math.Log, operands.Positive, "0.95", 49, 24},
	{"softplus", (*kernels.Engine).Softplus64, func(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }, operands.Wide, "1.9", 73, 36},
	{"sigmoid", (*kernels.Engine).Sigmoid64, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }, operands.Wide, "1.7", 33, 15},
	{"tanh", (*kernels.Engine).Tanh64, math.Tanh, operands.Wide, "1.5", 58, 28},
}

// Doubles are the elementwise functions of float64.
func Doubles(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title:     "Elementwise functions, float64",
		About:     "One thread. The peer is a loop over Go's package math. The FMA peak is that of a loop on float64. " + limits.AboutNearest,
		Unit:      table.Elements,
		NoteTitle: "error, ulp",
		Compare: []table.Comparison{
			{Title: "÷ plain Go", Against: table.Baseline},
			{Title: "÷ best peer", Against: table.Peer},
		},
	}}
	for _, f := range doubles {
		section.Cases = append(section.Cases, doubleCase(s, f, 16384))
	}
	return section
}

func doubleCase(s *cases.Setting, f double, n int) cases.Case {
	elements := float64(n)
	j := cases.Job{
		OfDefinition: true,
		Unit:         table.Elements, Work: elements, FMA64: 2 * f.multiply * elements,
		Streams: map[string]float64{limits.LoadStoreColumn: elements},
	}
	row := table.Row{
		Name:  fmt.Sprintf("Elementwise64/op=%s/n=%d", f.name, n),
		Label: fmt.Sprintf("%s %d", f.name, n),
		Note:  "≤ " + f.ulp,
		Flops: f.flops * elements,
		Bytes: operands.FloatBytes(2 * 2 * n),
	}
	return cases.Case{Rows: []table.Row{row}, Entries: func() []cases.Entry {
		src, dst := view.NewMatrix[float64](1, n).Data[:n], view.NewMatrix[float64](1, n).Data[:n]
		for i, x := range operands.Floats(n, f.draw) {
			src[i] = float64(x)
		}
		var entries []cases.Entry
		for _, e := range s.Engines {
			entries = append(entries, s.OurEntry(j, e, func() { f.ours(e.Engine, dst, src) }))
		}
		loop := cases.Entry{Cells: cases.One(s.Theirs(j, "Go math", "math"))}
		loop.Run = cases.Each(func() {
			for i, x := range src {
				dst[i] = f.math(x)
			}
		})
		entries = append(append(entries, loop), limits.Peaks64(s, 1)...)
		return append(entries, limits.LoadStore(s, 2*n, elements))
	}}
}
