package stdp

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/targetprop/targetprop/kernels"
)

// Bin is the trials whose spike-time difference dT is in a range.
type Bin struct {
	Low, High float64 // ends of the range, ms
	Trials    int
	Mean      float64 // weight change, mV/ms; not a number without trials
	StdErr    float64 // of Mean; not a number with fewer than two trials
	// Ramp is the mean of the closed form over the range, see [Settings.Ramp];
	// not a number where no ramp without noise has such a dT.
	Ramp float64
}

// Result is what a simulation found.
type Result struct {
	Settings Settings
	Bins     []Bin // from -Window to Window
	Unpaired int   // trials without a postsynaptic spike in the window
}

// chunk is the number of trials simulated at a time.
const chunk = 256

// Simulate runs the trials and sorts them by spike-time difference. It calls
// progress, if that is not nil, with the number of trials done.
func Simulate(ctx context.Context, e *kernels.Engine, settings Settings, progress func(done int)) (Result, error) {
	if err := settings.Validate(); err != nil {
		return Result{}, err
	}
	total := newTally(settings)
	const round = 64 // chunks between reports of progress
	tallies := make([]*tally, round)
	serial := e.Serial()
	for first := 0; first < settings.Trials; first += round * chunk {
		trials := min(round*chunk, settings.Trials-first)
		chunks := (trials + chunk - 1) / chunk
		e.Each(chunks, func(i int) {
			if ctx.Err() != nil {
				return
			}
			tallies[i] = newTally(settings)
			start := first + i*chunk
			tallies[i].simulate(ctx, serial, start, min(chunk, settings.Trials-start))
		})
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		for _, t := range tallies[:chunks] {
			total.add(t)
		}
		if progress != nil {
			progress(first + trials)
		}
	}
	return total.result(), nil
}

// tally adds up trials, by the number of their bin.
type tally struct {
	settings    Settings
	count       []int
	sum, square []float64 // of weight changes
	unpaired    int
}

func newTally(s Settings) *tally {
	bins := 2 * s.Bins
	return &tally{settings: s, count: make([]int, bins), sum: make([]float64, bins), square: make([]float64, bins)}
}

func (t *tally) add(u *tally) {
	for i := range t.count {
		t.count[i] += u.count[i]
		t.sum[i] += u.sum[i]
		t.square[i] += u.square[i]
	}
	t.unpaired += u.unpaired
}

// simulate adds count trials, which are numbers first and following. The
// potentials and slopes of a chunk come from a generator of its own, the noise
// of a trial from its number. It stops when ctx ends.
func (t *tally) simulate(ctx context.Context, e *kernels.Engine, first, count int) {
	s := t.settings
	steps := int(math.Ceil(s.Window / s.Step))
	noise := kernels.NewMatrix(count, 2*steps)
	if s.Noise > 0 {
		e.AddGaussian(noise, noise, 1, kernels.Noise{Seed: s.Seed}, first)
	}
	uniform := rand.New(rand.NewPCG(s.Seed, uint64(first)))
	for i := range count {
		if ctx.Err() != nil { // a trial may have thousands of steps
			return
		}
		v0 := s.VLow + float64((s.VHigh-s.VLow)*uniform.Float64())
		slope := s.Slope * (float64(2*uniform.Float64()) - 1)
		row := noise.Row(i)
		dT, dW, paired := s.trial(v0, slope, row[:steps], row[steps:])
		bin, inside := 0, false
		if paired {
			bin, inside = s.bin(dT)
		}
		if !inside {
			t.unpaired++
			continue
		}
		t.count[bin]++
		t.sum[bin] += dW
		t.square[bin] += float64(dW * dW)
	}
}

// trial follows the potential from the presynaptic spike into the future and
// the past, with standard normal noise for each step, to the nearest time at
// the threshold.
func (s Settings) trial(v0, slope float64, future, past []float32) (dT, dW float64, paired bool) {
	rise, jitter := float64(slope*s.Step), s.Noise*math.Sqrt(s.Step)
	after, before := v0, v0
	for k, z := range future {
		nextAfter := after + rise + float64(jitter*float64(z))
		nextBefore := before - rise + float64(jitter*float64(past[k]))
		if k == 0 {
			dW = (nextAfter - nextBefore) / (2 * s.Step)
		}
		up, down := s.crossing(after, nextAfter), s.crossing(before, nextBefore)
		if t := min(up, down); t <= 1 {
			dT = s.Step * (float64(k) + t)
			if down < up {
				dT = -dT
			}
			return dT, dW, true
		}
		after, before = nextAfter, nextBefore
	}
	return 0, dW, false
}

// crossing is the part of a step after which the potential, on its way from v,
// below the threshold, to next, reaches the threshold; infinite if it does not.
func (s Settings) crossing(v, next float64) float64 {
	if next < s.Threshold {
		return math.Inf(1)
	}
	return (s.Threshold - v) / (next - v)
}

func (t *tally) result() Result {
	r := Result{Settings: t.settings, Unpaired: t.unpaired}
	for i, count := range t.count {
		b := Bin{Trials: count}
		b.Low, b.High = t.settings.edges(i)
		b.Ramp = t.settings.binRamp(b.Low, b.High)
		n := float64(count)
		b.Mean = t.sum[i] / n
		variance := max(t.square[i]-float64(n*b.Mean*b.Mean), 0) / (n - 1)
		b.StdErr = math.Sqrt(variance / n)
		if count < 2 {
			b.StdErr = math.NaN()
		}
		r.Bins = append(r.Bins, b)
	}
	return r
}
