package chain

import "github.com/targetprop/targetprop/internal/enum"

// Kind is a kind of Markov chain that samples a model.
type Kind uint8

// The kinds.
const (
	// Joint takes the model as one denoising auto-encoder of (x, h). A step
	// corrupts every layer as in training, all from the same old state. Then it
	// rebuilds every layer: x from h[1], the top from the layer below it, and a
	// middle layer from above with probability 1/2, else from below.
	//
	// A layer is rebuilt from its neighbours of the step before. So x at even
	// steps and x at odd steps belong to two walks that never meet, and a strip
	// that shows one walk takes every second step.
	Joint Kind = iota
	// Latent takes the latent variables as the corruption of x. A step is
	// INFERENCE given x and a draw of x from p(x|h), a Gaussian round g_1(h[1]).
	// Without noise in the draw, from samples of model.DirectedSampling, it is
	// GENERATE of Algorithm 2.
	Latent
)

var kinds = enum.Names[Kind]{
	Package: "model", Type: "Chain", Kind: "chain",
	Names: []string{Joint: "joint", Latent: "latent"},
}

// String is the name that [ParseKind] reads.
func (k Kind) String() string { return kinds.String(k) }

// ParseKind reads the name of a kind.
func ParseKind(name string) (Kind, error) { return kinds.Parse(name) }
