package suite

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// rmsprop is the optimiser of the default settings.
var rmsprop = kernels.Optimizer{Rule: kernels.RMSProp, Rate: 1e-5, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4}

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
	{rmsprop, 9, 16, 8, 1},
	// w and velocity, the gradient.
	{kernels.Optimizer{Rule: kernels.SGD, Rate: 1e-5, Momentum: 0.9}, 5, 4, 2, 0},
	// w, mean and square, the gradient.
	{kernels.Optimizer{Rule: kernels.Adam, Rate: 1e-5, Momentum: 0.9, Decay: 0.999, Epsilon: 1e-8}, 7, 13, 7, 1},
}

// parameters fit the second-level cache with their moments; the second number
// is a large map of the default network.
var parameters = []int{16384, 785 * 1000}

func (s *Suite) updates() Section {
	section := Section{Section: table.Section{
		Title:   "Optimiser updates",
		About:   "The bytes are those that a step reads and writes; one thread. " + nearest,
		Unit:    table.GBytes,
		Compare: []table.Comparison{{Title: "÷ plain Go", Against: table.Baseline}},
	}}
	for _, r := range rules {
		for _, n := range parameters {
			section.Cases = append(section.Cases, s.updateCase(r, n))
		}
	}
	return section
}

func (s *Suite) updateCase(r rule, n int) Case {
	size := floatBytes(r.traffic * n)
	j := job{
		ofDefinition: true,
		unit:         table.GBytes, work: size,
		fma: 2 * r.multiply * float64(n), sqrtDivide: r.sqrtDivide * float64(n),
		streams: map[string]float64{updateColumn: size},
	}
	row := table.Row{
		Name:  fmt.Sprintf("Update/op=%v/n=%d", r.Rule, n),
		Label: fmt.Sprintf("%v %d", r.Rule, n),
		Flops: r.flops * float64(n),
		Bytes: size,
	}
	return Case{Rows: []table.Row{row}, Entries: func() []Entry {
		var entries []Entry
		for _, e := range s.Engines {
			w, g := aligned(n, normal), aligned(n, normal)
			moments := r.NewMoments(n)
			step := 0
			entry := Entry{Cells: one(s.ours(j, e))}
			entry.Run = each(func() {
				step++
				e.Update(r.Optimizer, step, w, g, moments)
			})
			entries = append(entries, entry)
		}
		entries = append(entries, s.peaks(1)...)
		if r.sqrtDivide > 0 {
			entries = append(entries, s.divides(true)...)
		}
		return append(entries, s.updateInPlace(int(size)))
	}}
}
