// Package rewardfigure draws and describes how spiking networks learn from rewards.
package rewardfigure

import (
	"fmt"
	"math"
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	doc "github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model/rstdp"
)

// Draw is the mean reward over trials as a PNG picture.
func Draw(r rstdp.Result) ([]byte, error) {
	s := r.Settings
	learned := doc.Series{Name: "rewards, mean and standard error over networks", Style: doc.LinePoints, Err: []float64{}}
	control := doc.Series{Name: "the same rewards, shuffled", Style: doc.LinePoints, Colour: 1, Err: []float64{}}
	for b := range s.Trials / s.Block {
		trials := float64((b + 1) * s.Block)
		for series, rewards := range map[*doc.Series][][]float64{&learned: r.Reward, &control: r.Shuffled} {
			mean, stdErr := rstdp.Mean(rewards, b)
			series.X, series.Y, series.Err = append(series.X, trials), append(series.Y, mean), append(series.Err, stdErr)
		}
	}
	return doc.Panels(560, 350, []doc.Chart{{
		Title: "Weight change = (reward - expected reward) x eligibility\n" +
			fmt.Sprintf("%s, %d inputs at %g or %g spikes/s, reward %g ms after a trial;\n", cli.Count(s.Patterns, "pattern", "patterns"), s.Inputs, s.High, s.Low, s.Delay) +
			fmt.Sprintf("%s, seeds from %d", cli.Count(s.Runs, "network", "networks"), s.Seed),
		X: "trials", Y: fmt.Sprintf("reward, mean of %d trials", s.Block),
		Series: []doc.Series{learned, control}, Zero: true, LegendLeft: true, From: -1, To: 1,
	}})
}

// within is a mean with its standard error, which one network has not.
func within(mean, stdErr float64) string {
	if math.IsNaN(stdErr) {
		return fmt.Sprintf("%.2f", mean)
	}
	return fmt.Sprintf("%.2f ± %.2f", mean, stdErr)
}

// Caption is the caption of the picture.
func Caption(r rstdp.Result) string {
	s := r.Settings
	last := s.Trials/s.Block - 1
	learned, learnedErr := rstdp.Mean(r.Reward, last)
	control, controlErr := rstdp.Mean(r.Shuffled, last)
	return fmt.Sprintf("Mean reward over %d trials of %s, seeds from %d. In the last %d trials it is %s, and %s where the same "+
		"rewards come in another order; choices at random earn 0. Task: %d patterns of %d inputs, which fire at %g spikes/s in the pattern and %g outside it; "+
		"2 outputs. Rule: eligibility with a time constant of %g ms, reward %g ms after the trial, learning rate %g ms, the expected reward moves by %g of each "+
		"new one. Neuron: exploring ramps of up to %g mV/ms, noise %g mV after 1 ms, weights up to %g mV; time step %g ms.",
		s.Trials, cli.Count(s.Runs, "network", "networks"), s.Seed, s.Block, within(learned, learnedErr), within(control, controlErr), s.Patterns, s.Inputs, s.High, s.Low,
		s.Trace, s.Delay, s.Rate, s.Baseline, s.Slope, s.Noise, s.MaxWeight, s.Step)
}

// Columns are those of [CSV].
var Columns = []string{"trials", "seed", "mean_reward", "mean_reward_shuffled"}

// CSV is the numbers of the picture, and those of each network.
func CSV(r rstdp.Result) ([]byte, error) {
	s := r.Settings
	var rows [][]string
	for b := range s.Trials / s.Block {
		for i := range r.Reward {
			rows = append(rows, []string{strconv.Itoa((b + 1) * s.Block), strconv.FormatUint(s.Seed+uint64(i), 10), cli.Decimal(r.Reward[i][b]), cli.Decimal(r.Shuffled[i][b])})
		}
	}
	return cli.CSV(Columns, rows)
}
