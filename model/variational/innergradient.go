package variational

import "github.com/targetprop/targetprop/internal/enum"

// InnerGradient is how the E-step finds the gradient of those terms of J in which
// a layer stands right of the bar. There the layer is the input of a map, and the
// gradient leads across it.
type InnerGradient uint8

const (
	// Targetprop sends activations there and back (Equation 12):
	//
	//	d log p(h[l-1]|h[l]) / dh[l]   ~ f_l(h[l-1]) - f_l(g_l(h[l]))
	//	d log q(h[l]|h[l-1]) / dh[l-1] ~ g_l(h[l]) - g_l(f_l(h[l-1]))
	//
	// The first is the difference of two gradients, each from a denoising
	// auto-encoder: f_l(h[l-1]) - h[l] for log p(h[l-1], h[l]), and
	// f_l(g_l(h[l])) - h[l] for log p(h[l]). The second is its mirror image.
	Targetprop InnerGradient = iota
	// Exact takes the derivative of the one map.
	Exact
)

var innerGradients = enum.Names[InnerGradient]{
	Package: "model", Type: "InnerGradient", Kind: "inner gradient",
	Names: []string{Targetprop: "targetprop", Exact: "exact"},
}

// String is the name that [ParseInnerGradient] reads.
func (g InnerGradient) String() string { return innerGradients.String(g) }

// ParseInnerGradient reads the name of an inner gradient.
func ParseInnerGradient(name string) (InnerGradient, error) { return innerGradients.Parse(name) }

// MarshalText writes the name.
func (g InnerGradient) MarshalText() ([]byte, error) { return innerGradients.MarshalText(g) }

// UnmarshalText reads the name.
func (g *InnerGradient) UnmarshalText(text []byte) error {
	return innerGradients.UnmarshalText(g, text)
}
