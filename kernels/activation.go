package kernels

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/enum"
	"github.com/targetprop/targetprop/internal/simd/vector"
)

// Activation is the nonlinearity of an affine map.
type Activation uint8

// The activations.
const (
	Identity Activation = Activation(vector.Identity) // z
	Softplus Activation = Activation(vector.Softplus) // log(1 + e^z)
	Sigmoid  Activation = Activation(vector.Sigmoid)  // 1 / (1 + e^-z)
	ReLU     Activation = Activation(vector.ReLU)     // max(z, 0)
	Tanh     Activation = Activation(vector.Tanh)     // tanh z
)

var activations = enum.Names[Activation]{Package: "kernels", Type: "Activation", Kind: "activation", Names: []string{
	Identity: "identity", Softplus: "softplus", Sigmoid: "sigmoid", ReLU: "relu", Tanh: "tanh",
}}

// String is the name that [ParseActivation] reads.
func (a Activation) String() string { return activations.String(a) }

// ParseActivation reads the name of an activation.
func ParseActivation(name string) (Activation, error) { return activations.Parse(name) }

// MarshalText writes the name.
func (a Activation) MarshalText() ([]byte, error) { return activations.MarshalText(a) }

// UnmarshalText reads the name.
func (a *Activation) UnmarshalText(text []byte) error { return activations.UnmarshalText(a, text) }

// check panics unless the activation is known.
func (a Activation) check() {
	if !activations.Valid(a) {
		panic(fmt.Sprintf("kernels: unknown activation %v", a))
	}
}
