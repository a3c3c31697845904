package elementwise

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Operations of the noise kernels for an element, from their definitions.
//
// A counter of Philox4x32-10 takes 20 multiplications of 32 by 32 bits to 64,
// for which vectors need two instructions each, and makes four words. A
// Gaussian number takes one word, half of the 20 multiplications of
// boxMuller32, and one by the standard deviation. BernoulliMean of 3 takes a
// counter for each element and turns its words into uniform numbers.
//
// Vector operations are counted in the generated code: 245 for 64 Gaussian numbers,
// 142 for a vector of means.
const (
	philoxMultiplies    = 2 * 20
	gaussianMultiplies  = philoxMultiplies/4 + 20/2 + 1
	gaussianOperations  = 245. / 4
	bernoulliMultiplies = philoxMultiplies + bernoulliDraws
	bernoulliOperations = 142
	bernoulliDraws      = 3
)

// Noise is Gaussian numbers and means of Bernoulli draws.
func Noise(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "Noise",
		About: "AddGaussian writes src + std z, the mean of Bernoulli draws spike counts; one thread. gonum's numbers are not counter-based, and are written without src. " + limits.AboutNearest,
		Unit:  table.Elements,
		Compare: []table.Comparison{
			{Title: "÷ plain Go", Against: table.Baseline},
			{Title: "÷ best peer", Against: table.Peer},
		},
	}}
	for _, cols := range []int{784, 1000} {
		section.Cases = append(section.Cases, gaussianCase(s, 100, cols))
	}
	for _, cols := range []int{100, 1000} {
		section.Cases = append(section.Cases, bernoulliCase(s, 100, cols))
	}
	return section
}

func gaussianCase(s *cases.Setting, rows, cols int) cases.Case {
	n := rows * cols
	j := noiseJob(n, gaussianMultiplies, gaussianOperations, 0)
	row := table.Row{
		Name:  fmt.Sprintf("AddGaussian/rows=%d/cols=%d", rows, cols),
		Label: fmt.Sprintf("Gaussian %d×%d", rows, cols),
	}
	return noiseCase(s, row, j, n, false, func(e cases.Engine) func() {
		src, dst := operands.Matrix(rows, cols, operands.Unit), kernels.NewMatrix(rows, cols)
		return func() { e.AddGaussian(dst, src, 0.5, kernels.Noise{Seed: 1}, 0) }
	}, func() []cases.Entry {
		var entries []cases.Entry
		dst := make([]float32, n)
		for _, peer := range s.Peers {
			if peer.Gaussian != nil {
				entries = append(entries, s.TheirEntry(j, peer, func() { peer.Gaussian(dst) }))
			}
		}
		return entries
	})
}

func bernoulliCase(s *cases.Setting, rows, cols int) cases.Case {
	n := rows * cols
	j := noiseJob(n, bernoulliMultiplies, bernoulliOperations, 1)
	row := table.Row{
		Name:  fmt.Sprintf("BernoulliMean/draws=%d/rows=%d/cols=%d", bernoulliDraws, rows, cols),
		Label: fmt.Sprintf("mean of %d Bernoulli %d×%d", bernoulliDraws, rows, cols),
	}
	return noiseCase(s, row, j, n, true, func(e cases.Engine) func() {
		p, dst := operands.Matrix(rows, cols, operands.Unit), kernels.NewMatrix(rows, cols)
		return func() { e.BernoulliMean(dst, p, bernoulliDraws, kernels.Noise{Seed: 1}, 0) }
	}, func() []cases.Entry {
		var entries []cases.Entry
		p, dst := operands.Floats(n, operands.Unit), make([]float32, n)
		for _, peer := range s.Peers {
			if peer.BernoulliMean != nil {
				entries = append(entries, s.TheirEntry(j, peer, func() { peer.BernoulliMean(dst, p, bernoulliDraws) }))
			}
		}
		return entries
	})
}

func noiseJob(n int, multiplies, operations, divide float64) cases.Job {
	elements := float64(n)
	return cases.Job{
		OfDefinition: true,
		Unit:         table.Elements, Work: elements, FMA: 2 * multiplies * elements, Operations: operations * elements, Divide: divide * elements,
		Streams: map[string]float64{limits.LoadStoreColumn: elements},
	}
}

func noiseCase(s *cases.Setting, row table.Row, j cases.Job, n int, divides bool, call func(cases.Engine) func(), peers func() []cases.Entry) cases.Case {
	return cases.Case{Rows: []table.Row{row}, Entries: func() []cases.Entry {
		var entries []cases.Entry
		for _, e := range s.Engines {
			entries = append(entries, s.OurEntry(j, e, call(e)))
		}
		entries = append(entries, peers()...)
		entries = append(append(entries, limits.Peaks(s, 1)...), limits.Operations(s)...)
		if divides {
			entries = append(entries, limits.Divides(s, false)...)
		}
		return append(entries, limits.LoadStore(s, n, float64(n)))
	}}
}
