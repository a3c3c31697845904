package rstdp

import "fmt"

// outputs is the number of output neurons.
const outputs = 2

// Settings are the parameters of a simulation. Potentials are in mV, times in
// ms, rates in spikes a second.
type Settings struct {
	Seed   uint64 // of the first network; each further one takes the next
	Runs   int    // networks, each with patterns, weights and noise of its own
	Trials int    // of each network, a multiple of Block
	Block  int    // trials over which rewards are averaged, and shuffled for the control

	Inputs    int     // neurons that code the pattern
	Patterns  int     // pattern p belongs to output p mod 2
	High, Low float64 // rates of the inputs, in a pattern and outside it

	Duration float64 // of a trial
	Step     float64 // of the simulation, and half the length of a presynaptic spike
	Rest     float64 // potential at the beginning of a trial
	// Threshold is the potential at which an output fires.
	Threshold float64
	Leak      float64 // time constant of the potential
	Pause     float64 // between two spikes of an output
	Slope     float64 // the steepest exploring ramp, up or down, mV/ms
	Noise     float64 // standard deviation of the potential after 1 ms, mV/sqrt(ms)

	MaxWeight float64 // mV; weights begin uniform from 0 to it, and stay there
	Rate      float64 // of learning, ms
	Trace     float64 // time constant of the eligibility
	Delay     float64 // from the end of a trial to its reward
	// Baseline is the part by which the expected reward of a pattern moves towards
	// each new one. With 0 it stays 0: the raw reward is the third factor.
	Baseline float64
}

// Default are parameters with which all of many networks learn.
func Default() Settings {
	return Settings{
		Seed:      1,
		Runs:      10,
		Trials:    4000,
		Block:     100,
		Inputs:    100,
		Patterns:  4,
		High:      40,
		Low:       2,
		Duration:  100,
		Step:      1,
		Rest:      -60,
		Threshold: -50,
		Leak:      100,
		Pause:     2,
		Slope:     0.05,
		Noise:     0.1,
		MaxWeight: 0.2,
		Rate:      0.01,
		Trace:     500,
		Delay:     200,
		Baseline:  0.05,
	}
}

// Bounds that keep a mistyped number from asking for all of memory or time.
const (
	maxRuns   = 1 << 12
	maxTrials = 1 << 24
	maxBlock  = 1 << 14
	maxInputs = 1 << 16
	maxSteps  = 1 << 16
	maxCodes  = 1 << 30 // inputs of all patterns of all networks
	maxChecks = 1 << 27 // inputs asked in all steps of a trial, which is not interrupted
	huge      = 1e6
)

// Validate says what is wrong with the settings, if anything is.
func (s Settings) Validate() error {
	switch {
	case s.Runs < 1 || s.Runs > maxRuns:
		return fmt.Errorf("rstdp: %d networks: want 1 to %d", s.Runs, maxRuns)
	case s.Block < 1 || s.Block > maxBlock:
		return fmt.Errorf("rstdp: blocks of %d trials: want 1 to %d", s.Block, maxBlock)
	case s.Trials < 1 || s.Trials > maxTrials || s.Trials%s.Block != 0:
		return fmt.Errorf("rstdp: %d trials: want a multiple of the block's %d, at most %d", s.Trials, s.Block, maxTrials)
	case s.Inputs < 2 || s.Inputs > maxInputs:
		return fmt.Errorf("rstdp: %d inputs: want 2 to %d", s.Inputs, maxInputs)
	case s.Patterns < 2 || s.Patterns > maxInputs:
		return fmt.Errorf("rstdp: %d patterns: want 2 to %d", s.Patterns, maxInputs)
	}
	if codes := int64(s.Runs) * int64(s.Patterns) * int64(s.Inputs); codes > maxCodes {
		return fmt.Errorf("rstdp: %d networks of %d patterns of %d inputs: want their product at most %d", s.Runs, s.Patterns, s.Inputs, maxCodes)
	}
	if err := s.validateNeuron(); err != nil {
		return err
	}
	switch {
	case int64(s.steps())*int64(s.Inputs) > maxChecks:
		return fmt.Errorf("rstdp: trials of %d steps of %d inputs: want their product at most %d", s.steps(), s.Inputs, maxChecks)
	case !within(s.MaxWeight, 0, huge):
		return fmt.Errorf("rstdp: weights of at most %v mV: want 0 to %v", s.MaxWeight, huge)
	case !within(s.Rate, 0, huge):
		return fmt.Errorf("rstdp: a learning rate of %v ms: want 0 to %v", s.Rate, huge)
	case !within(s.Trace, s.Step, huge):
		return fmt.Errorf("rstdp: an eligibility of %v ms: want at least the step's %v ms, at most %v", s.Trace, s.Step, huge)
	case !within(s.Delay, 0, huge) || s.Delay/s.Step > maxSteps:
		return fmt.Errorf("rstdp: a reward after %v ms: want 0 to %d steps of %v ms", s.Delay, maxSteps, s.Step)
	case !within(s.Baseline, 0, 1):
		return fmt.Errorf("rstdp: an expected reward that moves by %v of each new one: want 0 to 1", s.Baseline)
	}
	return nil
}

// validateNeuron is what Validate asks of times, rates and potentials.
func (s Settings) validateNeuron() error {
	switch {
	case !within(s.Duration, 0, huge) || s.Duration == 0:
		return fmt.Errorf("rstdp: trials of %v ms: want more than 0, at most %v", s.Duration, huge)
	case !(s.Step > 0 && s.Step <= s.Duration && s.Duration/s.Step <= maxSteps):
		return fmt.Errorf("rstdp: steps of %v ms: want at most the trial's %v ms and at least a %dth of them", s.Step, s.Duration, maxSteps)
	case !(0 <= s.Low && s.Low <= s.High && s.High*s.Step <= 1000):
		return fmt.Errorf("rstdp: inputs at %v to %v spikes a second: want them in this order, from 0 to one spike a step", s.Low, s.High)
	case !(-huge <= s.Rest && s.Rest < s.Threshold && s.Threshold <= huge):
		return fmt.Errorf("rstdp: rest at %v mV with a threshold of %v: want rest below the threshold", s.Rest, s.Threshold)
	case !within(s.Leak, s.Step, huge):
		return fmt.Errorf("rstdp: a leak of %v ms: want at least the step's %v ms, at most %v", s.Leak, s.Step, huge)
	case !within(s.Pause, 0, huge):
		return fmt.Errorf("rstdp: a pause of %v ms: want 0 to %v", s.Pause, huge)
	case !within(s.Slope, 0, huge):
		return fmt.Errorf("rstdp: exploring ramps of up to %v mV/ms: want 0 to %v", s.Slope, huge)
	case !within(s.Noise, 0, huge):
		return fmt.Errorf("rstdp: noise of %v mV/sqrt(ms): want 0 to %v", s.Noise, huge)
	}
	return nil
}

// within tells whether x is a number from low to high.
func within(x, low, high float64) bool { return low <= x && x <= high }

// bytes is how much memory a simulation takes: of each network the patterns, weights and traces, also of its control; the
// inputs that fire in the steps of a trial, in slices that grow; and numbers of steps, blocks and their trials.
func (s Settings) bytes() float64 {
	patterns := float64(s.Patterns) * float64(s.Inputs+2*8)
	synapses := float64(s.Inputs) * (2*2*outputs*8 + 8)
	fired := 2 * 8 * float64(s.Inputs) * (s.Low + s.High) / 2 * s.Step / 1000
	steps := float64(s.steps()) * (fired + 24 + 2*8 + 4*outputs)
	rewards := 2*8*float64(s.Block) + 2*2*8*float64(s.Trials/s.Block)
	return float64(s.Runs) * (patterns + synapses + steps + rewards)
}

// steps is the number of steps of a trial, and delay that until its reward.
func (s Settings) steps() int { return int(s.Duration / s.Step) }
func (s Settings) delay() int { return int(s.Delay / s.Step) }
