package kernels

import (
	"fmt"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/internal/simd/vector"
)

// Activation is the nonlinearity of an affine map.
type Activation uint8

// The activations.
const (
	Identity = Activation(vector.Identity) // z
	Softplus = Activation(vector.Softplus) // log(1 + e^z)
	Sigmoid  = Activation(vector.Sigmoid)  // 1 / (1 + e^-z)
	ReLU     = Activation(vector.ReLU)     // max(z, 0)
	Tanh     = Activation(vector.Tanh)     // tanh z
)

var activationNames = [...]string{Identity: "identity", Softplus: "softplus", Sigmoid: "sigmoid", ReLU: "relu", Tanh: "tanh"}

// String is the name that [ParseActivation] reads.
func (a Activation) String() string {
	if int(a) < len(activationNames) {
		return activationNames[a]
	}
	return fmt.Sprintf("Activation(%d)", uint8(a))
}

// ParseActivation reads the name of an activation.
func ParseActivation(name string) (Activation, error) {
	if i := slices.Index(activationNames[:], strings.ToLower(name)); i >= 0 {
		return Activation(i), nil
	}
	return 0, fmt.Errorf("kernels: unknown activation %q: want one of %s", name, strings.Join(activationNames[:], ", "))
}

// MarshalText writes the name.
func (a Activation) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the name.
func (a *Activation) UnmarshalText(text []byte) (err error) {
	*a, err = ParseActivation(string(text))
	return err
}
