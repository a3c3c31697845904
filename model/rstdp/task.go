package rstdp

import (
	"context"
	"math/rand/v2"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
)

// task makes the trials of a network and of its control.
type task struct {
	Settings
	seed     uint64
	patterns [][]bool // by pattern and input: whether it fires at the high rate
	trial    trial    // the last one drawn
	noise    kernels.Matrix
}

// trial is all that happens in a trial but for what the weights do.
type trial struct {
	pattern int
	fired   [][]int          // the inputs that fire, by step
	slope   [outputs]float64 // of the exploring ramps, mV/ms
	noise   []float32        // standard normal, by step and output
	coin    int              // the choice of outputs that fire equally often
}

// newTask makes a task, or a part of one if ctx ends.
func newTask(ctx context.Context, s Settings, seed uint64) *task {
	t := &task{Settings: s, seed: seed, noise: kernels.NewMatrix(1, outputs*s.steps())}
	t.trial.fired = make([][]int, s.steps())
	order := make([]int, s.Inputs)
	for p := range s.Patterns {
		if ctx.Err() != nil {
			return t
		}
		random.Shuffle(order, seed, p)
		active := make([]bool, s.Inputs)
		for _, i := range order[:s.Inputs/2] {
			active[i] = true
		}
		t.patterns = append(t.patterns, active)
	}
	return t
}

// draw makes a trial from its number alone. It is valid until the next call.
func (t *task) draw(e *kernels.Engine, number int) *trial {
	generator := rand.NewPCG(t.seed, uint64(random.RewardTrial)<<48|uint64(number))
	uniform := rand.New(generator)
	r := &t.trial
	r.pattern, r.coin = uniform.IntN(t.Patterns), uniform.IntN(outputs)
	for j := range r.slope {
		r.slope[j] = t.Slope * (float64(2*uniform.Float64()) - 1)
	}
	low, high := t.chance(t.Low), t.chance(t.High)
	for k := range r.fired {
		fired := r.fired[k][:0]
		for i, active := range t.patterns[r.pattern] {
			below := low
			if active {
				below = high
			}
			if generator.Uint64()>>1 < below {
				fired = append(fired, i)
			}
		}
		r.fired[k] = fired
	}
	clear(t.noise.Data)
	e.AddGaussian(t.noise, t.noise, 1, kernels.Noise{Seed: t.seed, Stream: random.RewardNoise}, number)
	r.noise = t.noise.Row(0)
	return r
}

// chance is the chance of a spike in one step at a rate, in units of 2^-63.
func (t *task) chance(rate float64) uint64 { return uint64(rate * t.Step / 1000 * (1 << 63)) }

// reward is that of a choice.
func (t *trial) reward(choice int) float64 {
	if choice == t.pattern%outputs {
		return 1
	}
	return -1
}
