package suite

import (
	"fmt"

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

func (s *Suite) noise() Section {
	section := Section{Section: table.Section{
		Title: "Noise",
		About: "AddGaussian writes src + std z, the mean of Bernoulli draws spike counts; one thread. gonum's numbers are not counter-based, and are written without src. " + nearest,
		Unit:  table.Elements,
		Compare: []table.Comparison{
			{Title: "÷ plain Go", Against: table.Baseline},
			{Title: "÷ best peer", Against: table.Peer},
		},
	}}
	for _, cols := range []int{784, 1000} {
		section.Cases = append(section.Cases, s.gaussianCase(100, cols))
	}
	for _, cols := range []int{100, 1000} {
		section.Cases = append(section.Cases, s.bernoulliCase(100, cols))
	}
	return section
}

func (s *Suite) gaussianCase(rows, cols int) Case {
	n := rows * cols
	j := s.noiseJob(n, gaussianMultiplies, gaussianOperations, 0)
	row := table.Row{
		Name:  fmt.Sprintf("AddGaussian/rows=%d/cols=%d", rows, cols),
		Label: fmt.Sprintf("Gaussian %d×%d", rows, cols),
	}
	return s.noiseCase(row, j, n, false, func(e Engine) func() {
		src, dst := matrix(rows, cols, unit), kernels.NewMatrix(rows, cols)
		return func() { e.AddGaussian(dst, src, 0.5, kernels.Noise{Seed: 1}, 0) }
	}, func() []Entry {
		var entries []Entry
		dst := make([]float32, n)
		for _, peer := range s.Peers {
			if peer.Gaussian != nil {
				e := Entry{Cells: one(s.theirs(j, peer.Name, implName(peer.Name)))}
				e.Run = each(func() { peer.Gaussian(dst) })
				entries = append(entries, e)
			}
		}
		return entries
	})
}

func (s *Suite) bernoulliCase(rows, cols int) Case {
	n := rows * cols
	j := s.noiseJob(n, bernoulliMultiplies, bernoulliOperations, 1)
	row := table.Row{
		Name:  fmt.Sprintf("BernoulliMean/draws=%d/rows=%d/cols=%d", bernoulliDraws, rows, cols),
		Label: fmt.Sprintf("mean of %d Bernoulli %d×%d", bernoulliDraws, rows, cols),
	}
	return s.noiseCase(row, j, n, true, func(e Engine) func() {
		p, dst := matrix(rows, cols, unit), kernels.NewMatrix(rows, cols)
		return func() { e.BernoulliMean(dst, p, bernoulliDraws, kernels.Noise{Seed: 1}, 0) }
	}, func() []Entry {
		var entries []Entry
		p, dst := floats(n, unit), make([]float32, n)
		for _, peer := range s.Peers {
			if peer.BernoulliMean != nil {
				e := Entry{Cells: one(s.theirs(j, peer.Name, implName(peer.Name)))}
				e.Run = each(func() { peer.BernoulliMean(dst, p, bernoulliDraws) })
				entries = append(entries, e)
			}
		}
		return entries
	})
}

func (s *Suite) noiseJob(n int, multiplies, operations, divide float64) job {
	elements := float64(n)
	return job{
		ofDefinition: true,
		unit:         table.Elements, work: elements, fma: 2 * multiplies * elements, operations: operations * elements, divide: divide * elements,
		streams: map[string]float64{loadStoreColumn: elements},
	}
}

func (s *Suite) noiseCase(row table.Row, j job, n int, divides bool, call func(Engine) func(), peers func() []Entry) Case {
	return Case{Rows: []table.Row{row}, Entries: func() []Entry {
		var entries []Entry
		for _, e := range s.Engines {
			entry := Entry{Cells: one(s.ours(j, e))}
			entry.Run = each(call(e))
			entries = append(entries, entry)
		}
		entries = append(entries, peers()...)
		entries = append(append(entries, s.peaks(1)...), s.operations()...)
		if divides {
			entries = append(entries, s.divides(false)...)
		}
		return append(entries, s.loadStore(n, float64(n)))
	}}
}
