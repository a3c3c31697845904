package chart

import (
	"time"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/table"
)

func once(ns time.Duration) measure.Series {
	return measure.Series{Samples: []measure.Sample{{Calls: 1, Time: ns}}}
}

func example() table.Report {
	return table.Report{Sections: []*table.Section{
		{Title: "The machine", Rows: []table.Row{
			{Name: limits.PeakRow(1), Cells: []table.Cell{
				{Column: "FMA peak AVX2", Role: table.Limit, Unit: table.GFLOPs, Work: 60, Series: once(1)},
				{Column: "FMA peak AVX-512", Role: table.Limit, Unit: table.GFLOPs, Work: 118, Series: once(1)},
			}},
			{Name: limits.PeakRow(2), Threads: 2, Cells: []table.Cell{{Column: "FMA peak AVX-512", Role: table.Limit, Unit: table.GFLOPs, Work: 999, Series: once(1)}}},
			{Name: limits.BandwidthRow("L2"), Cells: []table.Cell{
				{Column: limits.ReadColumn, Role: table.Limit, Unit: table.GBytes, Work: 115, Series: once(1)},
				{Column: limits.UpdateColumn, Role: table.Limit, Unit: table.GBytes, Work: 230, Series: once(1)},
				{Column: "load and store", Role: table.Limit, Unit: table.GBytes, Work: 110, Series: once(1)},
			}},
			{Name: limits.BandwidthRow("memory"), Cells: []table.Cell{{Column: limits.ReadColumn, Role: table.Limit, Unit: table.GBytes, Work: 22, Series: once(1)}}},
		}},
		{Title: "Products", Rows: []table.Row{
			{Flops: 400, Bytes: 10, Cells: []table.Cell{
				{Column: "FMA peak AVX-512", Role: table.Limit, Unit: table.GFLOPs, Work: 130, Series: once(1)},
				{Column: "AVX2", Role: table.Ours, Unit: table.GFLOPs, Work: 400, Series: once(8)},
				{Column: "AVX-512", Role: table.Ours, Unit: table.GFLOPs, Work: 400, Series: once(4)},
				{Column: "BLAS", Role: table.Peer, Unit: table.GFLOPs, Work: 400, Series: once(5)},
			}},
			{Flops: 400, Bytes: 10, Threads: 2, Cells: []table.Cell{{Column: "AVX2", Role: table.Ours, Work: 400, Series: once(1)}}},
			{Cells: []table.Cell{{Column: "AVX2", Role: table.Ours, Work: 400, Series: once(1)}}},
		}},
		{Title: "Updates", Rows: []table.Row{{Flops: 16, Bytes: 36, Cells: []table.Cell{
			{Column: "AVX2", Role: table.Ours, Unit: table.GBytes, Work: 36, Series: once(2)},
		}}}},
	}}
}
