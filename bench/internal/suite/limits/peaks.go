package limits

import (
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Peaks are loops of fused multiply-adds that touch registers only, for every
// instruction set that has one, on that many threads at the same time.
func Peaks(s *cases.Setting, threads int) []cases.Entry {
	var entries []cases.Entry
	for _, e := range s.Engines {
		const turns = 1000
		flops := e.PeakFMA(turns)
		if flops == 0 {
			continue
		}
		if threads == 1 {
			entries = append(entries, limit(cases.PeakColumn(e.ISA()), table.GFLOPs, float64(flops), func(times int) { e.PeakFMA(turns * times) }))
			continue
		}
		all, err := kernels.New(kernels.WithMaxISA(e.ISA()), kernels.WithThreads(threads))
		if err != nil {
			continue
		}
		entry := limit(cases.PeakColumn(e.ISA()), table.GFLOPs, float64(flops*threads), func(times int) {
			all.Split(threads, func(_, _ int) { e.PeakFMA(turns * times) })
		})
		entry.Close = all.Close
		entries = append(entries, entry)
	}
	return entries
}
