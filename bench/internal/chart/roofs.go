package chart

import (
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/table"
)

// roofs are the machine's limits: GFLOP/s and GB/s.
type roofs struct{ peaks, bandwidths []roof }

type roof struct {
	name   string
	rate   float64
	dashed bool
}

// roofsOf finds them in the report: the best repetitions, since they are ceilings.
func roofsOf(r table.Report) roofs {
	var l roofs
	for _, s := range r.Sections {
		for _, row := range s.Rows {
			if row.Name == limits.PeakRow(1) {
				for _, c := range row.Cells {
					l.peaks = append(l.peaks, roof{name: c.Column, rate: highest(r, c.Column)})
				}
			}
			for _, level := range []string{"L2", "L3", "memory"} {
				if row.Name != limits.BandwidthRow(level) {
					continue
				}
				for _, c := range row.Cells {
					switch c.Column {
					case limits.ReadColumn, limits.UpdateColumn:
						l.bandwidths = append(l.bandwidths, roof{level + ", " + c.Column, c.Rate().Max, c.Column != limits.ReadColumn})
					}
				}
			}
		}
	}
	return l
}

// highest is the best rate in a column of all rows on one thread: a neighbour may have had
// a part of the core while one of them was measured.
func highest(r table.Report, column string) (rate float64) {
	for _, s := range r.Sections {
		for _, row := range s.Rows {
			if c, ok := row.Cell(column); ok && row.Threads <= 1 {
				rate = max(rate, c.Rate().Max)
			}
		}
	}
	return rate
}

// top is the highest peak.
func (l roofs) top() (rate float64) {
	for _, p := range l.peaks {
		rate = max(rate, p.rate)
	}
	return rate
}

// steepest is the largest bandwidth, 0 without any.
func (l roofs) steepest() (rate float64) {
	for _, b := range l.bandwidths {
		rate = max(rate, b.rate)
	}
	return rate
}
