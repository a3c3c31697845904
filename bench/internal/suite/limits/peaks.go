package limits

import (
	"github.com/targetprop/targetprop/bench/internal/fma64"
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Peaks are loops of fused multiply-adds that touch registers only, for every
// instruction set that has one, on that many threads at the same time.
func Peaks(s *cases.Setting, threads int) []cases.Entry {
	return peaks(s, threads, cases.PeakColumn, func(e cases.Engine, turns int) (flops int) { return e.PeakFMA(turns) })
}

// Peaks64 are the same of float64.
func Peaks64(s *cases.Setting, threads int) []cases.Entry {
	return peaks(s, threads, cases.Peak64Column, func(e cases.Engine, turns int) (flops int) { return fma64.Peak(e.ISA(), turns) })
}

func peaks(s *cases.Setting, threads int, column func(kernels.ISA) string, loop func(e cases.Engine, turns int) (flops int)) []cases.Entry {
	var entries []cases.Entry
	for _, e := range s.Engines {
		const turns = 1000
		flops := loop(e, turns)
		if flops == 0 {
			continue
		}
		if threads == 1 {
			entries = append(entries, limit(column(e.ISA()), table.GFLOPs, float64(flops), func(times int) { loop(e, turns*times) }))
			continue
		}
		all, err := kernels.New(kernels.WithMaxISA(e.ISA()), kernels.WithThreads(threads))
		if err != nil {
			continue
		}
		entry := limit(column(e.ISA()), table.GFLOPs, float64(flops*threads), func(times int) {
			all.Split(threads, func(_, _ int) { loop(e, turns*times) })
		})
		entry.Close = all.Close
		entries = append(entries, entry)
	}
	return entries
}
