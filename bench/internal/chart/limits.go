package chart

import (
	"github.com/targetprop/targetprop/bench/internal/suite"
	"github.com/targetprop/targetprop/bench/internal/table"
)

// limits are the machine's: GFLOP/s and GB/s.
type limits struct{ peaks, bandwidths []roof }

type roof struct {
	name   string
	rate   float64
	dashed bool
}

// limitsOf finds them in the report: the best repetitions, since they are ceilings.
func limitsOf(r table.Report) limits {
	var l limits
	for _, s := range r.Sections {
		for _, row := range s.Rows {
			if row.Name == suite.PeakRow(1) {
				for _, c := range row.Cells {
					l.peaks = append(l.peaks, roof{name: c.Column, rate: highest(r, c.Column)})
				}
			}
			for _, level := range []string{"L2", "L3", "memory"} {
				if row.Name != suite.BandwidthRow(level) {
					continue
				}
				for _, c := range row.Cells {
					switch c.Column {
					case suite.ReadColumn, suite.UpdateColumn:
						l.bandwidths = append(l.bandwidths, roof{level + ", " + c.Column, c.Rate().Max, c.Column != suite.ReadColumn})
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
func (l limits) top() (rate float64) {
	for _, p := range l.peaks {
		rate = max(rate, p.rate)
	}
	return rate
}

// steepest is the largest bandwidth, 0 without any.
func (l limits) steepest() (rate float64) {
	for _, b := range l.bandwidths {
		rate = max(rate, b.rate)
	}
	return rate
}
