package table

import (
	"time"

	"github.com/targetprop/targetprop/bench/internal/measure"
)

// series has a round of one call for each time, in ns.
func series(times ...time.Duration) (s measure.Series) {
	for round, t := range times {
		s.Samples = append(s.Samples, measure.Sample{Round: round, Calls: 1, Time: t})
	}
	return s
}

// row: 100 flops, 400 bytes a call. The limits are 20 flops and 50 bytes a ns,
// and half of that in the last round, when everything is slow.
var row = Row{Cells: []Cell{
	{Column: "peak", Role: Limit, Unit: GFLOPs, Work: 200, Series: series(10, 10, 20)},
	{Column: "stream", Role: Limit, Unit: GBytes, Work: 50, Series: series(1, 1, 2)},
	{Column: "plain Go", Role: Baseline, Unit: GFLOPs, Work: 100, Series: series(100, 100, 200)},
	{Column: "AVX2", Role: Ours, Unit: GFLOPs, Work: 100, Series: series(8, 10, 20), Bounds: []Bound{{"peak", 100}}},
	{Column: "AVX-512", Role: Ours, Unit: GFLOPs, Work: 100, Series: series(8, 8, 16),
		Bounds: []Bound{{"peak", 100}, {"stream", 400}, {"not measured", 1e9}}},
	{Column: "gone", Role: Ours, Unit: GFLOPs, Work: 100, Series: measure.Series{Skipped: "why"}, Bounds: []Bound{{"peak", 100}}},
	{Column: "BLAS", Role: Peer, Unit: GFLOPs, Work: 100, Series: series(16, 10, 32)},
	{Column: "worse", Role: Peer, Unit: GFLOPs, Work: 100, Series: series(99, 99, 99)},
}}
