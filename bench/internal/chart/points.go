package chart

import "github.com/targetprop/targetprop/bench/internal/table"

// point is a row's place on the chart.
type point struct {
	section         string
	intensity, rate float64 // flop/byte, GFLOP/s
	peer            bool
}

// pointsOf are the best of this project and the best peer of each row that runs
// on one thread and has an intensity.
func pointsOf(r table.Report) []point {
	var points []point
	for _, s := range r.Sections {
		for _, row := range s.Rows {
			if row.Flops == 0 || row.Bytes == 0 || row.Threads > 1 {
				continue
			}
			for _, role := range []table.Role{table.Ours, table.Peer} {
				if c, ok := row.Best(role); ok {
					points = append(points, point{
						section:   s.Title,
						intensity: row.Flops / row.Bytes,
						rate:      c.Series.Rate(row.Flops).Median,
						peer:      role == table.Peer,
					})
				}
			}
		}
	}
	return points
}
