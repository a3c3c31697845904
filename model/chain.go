package model

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/enum"
)

// Chain is a kind of Markov chain that samples a model (Section 5).
type Chain uint8

// The chains. Either can start anywhere: at data, at noise ([Uniform]) or at a
// draw from the prior (the samples of [DirectedSampling]).
const (
	// JointChain takes the model as one denoising auto-encoder of (x, h). A
	// step corrupts every layer as in training, all from the same old state,
	// and then rebuilds every layer: x from h[1], the top from the layer below
	// it, and a middle layer from above with probability 1/2, else from below.
	//
	// Since a layer is rebuilt from its neighbours of the step before, x at even
	// and at odd steps belongs to two walks that never meet: a strip that shows
	// one walk takes every second step.
	JointChain Chain = iota
	// LatentChain takes the latent variables as the corruption of x. A step is
	// INFERENCE given x and a draw of x from p(x|h), a Gaussian round g_1(h[1]).
	// Without noise in the draw, from samples of [DirectedSampling], it is
	// GENERATE of Algorithm 2.
	LatentChain
)

var chains = enum.Names[Chain]{
	Package: "model", Type: "Chain", Kind: "chain",
	Names: []string{JointChain: "joint", LatentChain: "latent"},
}

// String is the name that [ParseChain] reads.
func (c Chain) String() string { return chains.String(c) }

// ParseChain reads the name of a chain.
func ParseChain(name string) (Chain, error) { return chains.Parse(name) }

// Walking are the settings of [Network.Walk].
type Walking struct {
	Chain Chain
	Seed  uint64
	Steps int
	// Paths is the number of chains, from the first on, of which every step is
	// kept.
	Paths int
	// Corruption is the noise of JointChain.
	Corruption Corruption
	// Inference are the settings of INFERENCE in LatentChain.
	Inference Inference
	// VisibleStd is the standard deviation of each pixel in LatentChain's draws
	// from p(x|h).
	VisibleStd float32
}

// DefaultWalking walks 20 steps of a chain. The paper's Gaussians have unit
// variance, which leaves the scale open. LatentChain's draws have the standard
// deviation instead that the corruption of x has in training, the noise that
// f_1 has learned to see through: chains still move from digit to digit, and
// pictures are crisper than with 1.
func DefaultWalking(c Chain) Walking {
	training := DefaultTraining()
	return Walking{
		Chain:      c,
		Seed:       1,
		Steps:      20,
		Corruption: training.Corruption(),
		Inference:  GenerateInference(),
		VisibleStd: training.UpNoise,
	}
}

// Validate says what is wrong with the settings, if anything is.
func (w Walking) Validate() error {
	switch {
	case !chains.Valid(w.Chain):
		return fmt.Errorf("model: unknown chain %v", w.Chain)
	case w.Steps < 0 || w.Steps > maxSteps:
		return fmt.Errorf("model: a chain of %d steps: want 0 to %d", w.Steps, maxSteps)
	case w.Paths < 0:
		return fmt.Errorf("model: %d paths: want 0 or more", w.Paths)
	}
	if w.Chain == JointChain {
		return w.Corruption.Validate()
	}
	if !(w.VisibleStd >= 0 && w.VisibleStd <= 1e3) {
		return fmt.Errorf("model: draws of standard deviation %v: want 0 to 1000", w.VisibleStd)
	}
	return w.Inference.Validate()
}

// maxSteps keeps a mistyped number from asking for all of memory.
const maxSteps = 1 << 20
