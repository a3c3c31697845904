package paper

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/stdpfigure"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model/stdp"
)

// figure1Result is the outcome of the simulation.
type figure1Result struct {
	Caption string       `json:"caption"`
	Bins    []figure1Bin `json:"bins"`
}

type figure1Bin struct {
	Low    float64           `json:"low_ms"`
	High   float64           `json:"high_ms"`
	Trials int               `json:"trials"`
	Mean   experiment.Number `json:"mean"`
	StdErr experiment.Number `json:"standard_error"`
	Ramp   experiment.Number `json:"closed_form"`
}

// figure1Parts simulate STDP.
func figure1Parts(c *experiment.Context) []experiment.Part {
	s := stdp.Default()
	s.Seed = c.Seed()
	return []experiment.Part{{
		Name: "figure1", Network: experiment.None, Settings: s, Work: 300,
		Command: cli.CommandLine("stdp", "--seed", fmt.Sprint(s.Seed)),
		Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
			found, err := stdp.Simulate(ctx, c.Engine, s, func(done int) { progress(float64(done) / float64(s.Trials)) })
			if err != nil {
				return experiment.Outcome{}, err
			}
			result := figure1Result{Caption: stdpfigure.Caption(found)}
			for _, b := range found.Bins {
				result.Bins = append(result.Bins, figure1Bin{b.Low, b.High, b.Trials, experiment.Number(b.Mean), experiment.Number(b.StdErr), experiment.Number(b.Ramp)})
			}
			picture, err := stdpfigure.Draw(found)
			if err != nil {
				return experiment.Outcome{}, err
			}
			table, err := stdpfigure.CSV(found)
			return experiment.Outcome{Result: result, Files: map[string][]byte{"stdp.png": picture, "stdp.csv": table}}, err
		},
	}}
}

func figure1Section(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	s := report.Section{Title: "Figure 1: spike-timing dependent plasticity"}
	var result figure1Result
	rec, ok := kept.Decode("figure1", &result, nil)
	if !ok {
		return s, false
	}
	s.Add(report.Paragraph("The rule: a weight changes by the presynaptic spike times the rate of change of the postsynaptic potential (Section 2, Equation 1). "+
		"The paper does not say how its figure was simulated; the neuron model and the noise are ours and stated with the plot."),
		rec.Figure("stdp.png", "stdp.csv", result.Caption))
	return s, true
}

// figure1Claim judges the shape of the curve.
func figure1Claim(c *experiment.Context, kept experiment.Records) (experiment.Claim, bool) {
	claim := experiment.Claim{
		Claim:     "The rule gives the curve of STDP: the weight grows when the postsynaptic spike follows the presynaptic one, shrinks when it comes first, and changes less the further apart they are (Figure 1).",
		Criterion: "Every bin with at least 30 trials has the sign of ΔT, or is within 2 standard errors of 0; the bins next to 0 are more than 5 standard errors from it; the outer fifth of each side is on average less than half of the inner fifth.",
	}
	var result figure1Result
	if _, ok := kept.Decode("figure1", &result, nil); !ok {
		return claim, false
	}
	half := len(result.Bins) / 2
	fifth := max(half/5, 1)
	wrong := 0
	for i, b := range result.Bins {
		sign := 1.0
		if i < half {
			sign = -1
		}
		if b.Trials >= 30 && sign*float64(b.Mean) < -2*float64(b.StdErr) {
			wrong++
		}
	}
	before, after := result.Bins[half-1], result.Bins[half]
	clear := float64(after.Mean) > 5*float64(after.StdErr) && float64(before.Mean) < -5*float64(before.StdErr)
	share := max(meanSize(result.Bins[:fifth])/meanSize(result.Bins[half-fifth:half]), meanSize(result.Bins[2*half-fifth:])/meanSize(result.Bins[half:half+fifth]))
	claim.Measured = fmt.Sprintf("%d bins with the wrong sign; %.2f +- %.2f mV/ms just before ΔT = 0 and %.2f +- %.2f just after; the outer fifth is %.0f %% of the inner one.",
		wrong, before.Mean, before.StdErr, after.Mean, after.StdErr, 100*share)
	claim.Judge(wrong == 0 && clear && share < 0.5, false, "")
	return claim, true
}

// meanSize is the mean absolute weight change of the bins that have any.
func meanSize(bins []figure1Bin) float64 {
	total, n := 0.0, 0
	for _, b := range bins {
		if v := math.Abs(float64(b.Mean)); v-v == 0 {
			total += v
			n++
		}
	}
	return total / float64(max(n, 1))
}
