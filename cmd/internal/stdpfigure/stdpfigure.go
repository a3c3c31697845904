// Package stdpfigure draws and describes Figure 1, the simulated curve of
// spike-timing dependent plasticity.
package stdpfigure

import (
	"fmt"
	"math"
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	doc "github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model/stdp"
)

// Draw is Figure 1 as a PNG picture.
func Draw(r stdp.Result) ([]byte, error) {
	s := r.Settings
	mean := doc.Series{Name: "simulated, mean and standard error", Style: doc.Points, Err: []float64{}}
	ramp := doc.Series{Name: "closed form without noise, E[threshold - V0] / ΔT", Style: doc.Dashed, Colour: 1}
	for i, b := range r.Bins {
		if i == s.Bins { // the lines do not run through 0
			ramp.X, ramp.Y = append(ramp.X, 0), append(ramp.Y, math.NaN())
		}
		middle := (b.Low + b.High) / 2
		mean.X, mean.Y, mean.Err = append(mean.X, middle), append(mean.Y, b.Mean), append(mean.Err, b.StdErr)
		ramp.X, ramp.Y = append(ramp.X, middle), append(ramp.Y, b.Ramp)
	}
	return doc.Panels(560, 350, []doc.Chart{{
		Title: "Weight change = presynaptic spike x rate of change of the postsynaptic potential\n" +
			fmt.Sprintf("V(t) = V0 + slope t + %g B(t);  V0 uniform in [%g, %g] mV, threshold %g mV,\n", s.Noise, s.VLow, s.VHigh, s.Threshold) +
			fmt.Sprintf("slope uniform in [-%g, %g] mV/ms, noise %g mV/√ms; %d trials, seed %d", s.Slope, s.Slope, s.Noise, s.Trials, s.Seed),
		X: "ΔT = t_post - t_pre (ms)", Y: "mean weight change (mV/ms)",
		Series: []doc.Series{mean, ramp}, Zero: true, LegendLeft: true,
	}})
}

// Caption is the caption of the picture.
func Caption(r stdp.Result) string {
	s := r.Settings
	return fmt.Sprintf("Mean weight change against the difference of spike times, over %d trials, of which %d had no postsynaptic spike within %g ms; "+
		"%d bins on each side. Model: V(t) = V0 + slope*t + noise*B(t) with a Brownian motion B; V0 uniform from %g to %g mV, threshold %g mV, "+
		"slope uniform from -%g to %g mV/ms, noise %g mV after 1 ms; time step %g ms; seed %d. "+
		"Error bars are standard errors. The dashed line is the mean of the closed form over each bin for ramps without noise.",
		s.Trials, r.Unpaired, s.Window, s.Bins, s.VLow, s.VHigh, s.Threshold, s.Slope, s.Slope, s.Noise, s.Step, s.Seed)
}

// Columns are those of [CSV].
var Columns = []string{"dt_low_ms", "dt_high_ms", "trials", "mean_weight_change", "standard_error", "closed_form_without_noise"}

// CSV is the numbers of Figure 1. What is not a number stays empty.
func CSV(r stdp.Result) ([]byte, error) {
	var rows [][]string
	for _, b := range r.Bins {
		rows = append(rows, []string{cli.Decimal(b.Low), cli.Decimal(b.High), strconv.Itoa(b.Trials), cli.Decimal(b.Mean), cli.Decimal(b.StdErr), cli.Decimal(b.Ramp)})
	}
	return cli.CSV(Columns, rows)
}
