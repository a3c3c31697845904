package stdp

import "fmt"

// Settings are the parameters of the simulation.
type Settings struct {
	Seed   uint64
	Trials int // presynaptic spikes

	Threshold   float64 // at which the neuron fires, mV
	VLow, VHigh float64 // range of V0, the potential at the presynaptic spike, mV
	Slope       float64 // the steepest ramp, up or down, mV/ms
	Noise       float64 // standard deviation of the potential after 1 ms, mV/sqrt(ms)
	Step        float64 // of the simulation, and half the length of the presynaptic spike, ms

	Window float64 // the largest difference of spike times, ms
	Bins   int     // of spike-time differences, on each side of 0
}

// Default are the parameters of our Figure 1.
func Default() Settings {
	return Settings{
		Seed:      1,
		Trials:    200_000,
		Threshold: -50,
		VLow:      -60,
		VHigh:     -51,
		Slope:     2,
		Noise:     0.5,
		Step:      0.5,
		Window:    50,
		Bins:      25,
	}
}

// Bounds that keep a mistyped number from asking for all of memory or time.
const (
	maxTrials = 1 << 30
	maxSteps  = 1 << 16
	maxBins   = 1 << 16
)

// Validate says what is wrong with the settings, if anything is.
func (s Settings) Validate() error {
	const tiny, huge = 1e-6, 1e6 // with which no bin is empty of numbers
	switch {
	case s.Trials < 1 || s.Trials > maxTrials:
		return fmt.Errorf("stdp: %d trials: want 1 to %d", s.Trials, maxTrials)
	case !(-huge <= s.VLow && s.VLow <= s.VHigh && s.VHigh < s.Threshold && s.Threshold <= huge):
		return fmt.Errorf("stdp: potentials from %v to %v mV with a threshold of %v: want them in this order, below the threshold", s.VLow, s.VHigh, s.Threshold)
	case !(s.Slope >= 0 && s.Slope <= huge):
		return fmt.Errorf("stdp: ramps of up to %v mV/ms: want 0 to %v", s.Slope, huge)
	case !(s.Noise >= 0 && s.Noise <= huge):
		return fmt.Errorf("stdp: noise of %v mV/sqrt(ms): want 0 to %v", s.Noise, huge)
	case !(s.Window >= tiny && s.Window <= huge):
		return fmt.Errorf("stdp: a window of %v ms: want %v to %v", s.Window, tiny, huge)
	case !(s.Step > 0 && s.Step <= s.Window && s.Window/s.Step <= maxSteps):
		return fmt.Errorf("stdp: steps of %v ms: want at most the window's %v ms and at least a %dth of them", s.Step, s.Window, maxSteps)
	case s.Bins < 1 || s.Bins > maxBins:
		return fmt.Errorf("stdp: %d bins: want 1 to %d on each side", s.Bins, maxBins)
	}
	return nil
}

// bin is the number of the bin of a spike-time difference, in the order of
// [Result.Bins], and whether there is one.
func (s Settings) bin(dT float64) (int, bool) {
	sign := 1.0
	if dT < 0 {
		sign = -1
	}
	i := int(sign * dT / s.Window * float64(s.Bins))
	if i >= s.Bins {
		return 0, false
	}
	if sign < 0 {
		return s.Bins - 1 - i, true
	}
	return s.Bins + i, true
}

// edges are the ends of bin i.
func (s Settings) edges(i int) (low, high float64) {
	at := func(i int) float64 { return float64(i-s.Bins) * s.Window / float64(s.Bins) }
	return at(i), at(i + 1)
}
