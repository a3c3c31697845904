package kernels

import (
	"fmt"
	"slices"
	"strings"
)

// Activation is the nonlinearity of an affine map.
type Activation uint8

// The activations.
const (
	Identity Activation = iota // z
	Softplus                   // log(1 + e^z)
	Sigmoid                    // 1 / (1 + e^-z)
	ReLU                       // max(z, 0)
	Tanh                       // tanh z
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

// value32 defines the activation.
func (a Activation) value32(z float32) float32 {
	switch a {
	case Softplus:
		return softplus32(z)
	case Sigmoid:
		return sigmoid32(z)
	case ReLU:
		return max32(0, z)
	case Tanh:
		return tanh32(z)
	default:
		return z
	}
}

// slope32 defines the activation together with its slope.
func (a Activation) slope32(z float32) (value, slope float32) {
	switch a {
	case Softplus:
		e := expNegAbs32(z)
		return softplusFromExp32(z, e), sigmoidFromExp32(z, e)
	case Sigmoid:
		y := sigmoid32(z)
		return y, float32(y * (1 - y))
	case ReLU:
		if z > 0 {
			return z, 1
		}
		return max32(0, z), 0
	case Tanh:
		y := tanh32(z)
		return y, fma32(-y, y, 1)
	default:
		return z, 1
	}
}
