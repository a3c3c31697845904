package elementwise

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// rule is an optimiser's update and what it takes for a parameter: floats that
// are read and written, and operations as in function.
type rule struct {
	kernels.Optimizer
	traffic    int
	flops      float64
	multiply   float64
	sqrtDivide float64
}

var rules = []rule{
	// w, mean, square and velocity are read and written, the gradient read.
	{cases.DefaultOptimizer, 9, 16, 8, 1},
	// w and velocity, the gradient.
	{kernels.Optimizer{Rule: kernels.SGD, Rate: 1e-5, Momentum: 0.9}, 5, 4, 2, 0},
	// w, mean and square, the gradient.
	{kernels.Optimizer{Rule: kernels.Adam, Rate: 1e-5, Momentum: 0.9, Decay: 0.999, Epsilon: 1e-8}, 7, 13, 7, 1},
}

// parameters fit the second-level cache with their moments; the second number
// is a large map of the default network.
var parameters = []int{16384, 785 * 1000}

// Updates are the steps of optimisers.
func Updates(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title:   "Optimiser updates",
		About:   "The bytes are those that a step reads and writes; one thread. " + limits.AboutNearest,
		Unit:    table.GBytes,
		Compare: []table.Comparison{{Title: "÷ plain Go", Against: table.Baseline}},
	}}
	for _, r := range rules {
		for _, n := range parameters {
			section.Cases = append(section.Cases, updateCase(s, r, n))
		}
	}
	return section
}

func updateCase(s *cases.Setting, r rule, n int) cases.Case {
	size := operands.FloatBytes(r.traffic * n)
	j := cases.Job{
		OfDefinition: true,
		Unit:         table.GBytes, Work: size,
		FMA: 2 * r.multiply * float64(n), SqrtDivide: r.sqrtDivide * float64(n),
		Streams: map[string]float64{limits.UpdateColumn: size},
	}
	row := table.Row{
		Name:  fmt.Sprintf("Update/op=%v/n=%d", r.Rule, n),
		Label: fmt.Sprintf("%v %d", r.Rule, n),
		Flops: r.flops * float64(n),
		Bytes: size,
	}
	return cases.Case{Rows: []table.Row{row}, Entries: func() []cases.Entry {
		var entries []cases.Entry
		for _, e := range s.Engines {
			w, g := operands.Aligned(n, operands.Normal), operands.Aligned(n, operands.Normal)
			moments := r.NewMoments(n)
			step := 0
			entries = append(entries, s.OurEntry(j, e, func() {
				step++
				e.Update(r.Optimizer, step, w, g, moments)
			}))
		}
		entries = append(entries, limits.Peaks(s, 1)...)
		if r.sqrtDivide > 0 {
			entries = append(entries, limits.Divides(s, true)...)
		}
		return append(entries, limits.UpdateInPlace(s, int(size)))
	}}
}
