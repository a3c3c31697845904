package vector

import "github.com/targetprop/targetprop/internal/simd/f32"

// Activation is the nonlinearity of an affine map.
type Activation uint8

// The activations.
const (
	Identity Activation = iota // z
	Softplus                   // log(1 + e^z)
	Sigmoid                    // 1 / (1 + e^-z)
	ReLU                       // max(z, 0)
	Tanh                       // tanh z

	Activations = iota // how many there are
)

// Value defines the activation. One that is unknown is the identity.
func (a Activation) Value(z float32) float32 {
	switch a {
	case Softplus:
		return f32.Softplus(z)
	case Sigmoid:
		return f32.Sigmoid(z)
	case ReLU:
		return f32.Max(0, z)
	case Tanh:
		return f32.Tanh(z)
	default:
		return z
	}
}

// Slope defines the activation together with its slope.
func (a Activation) Slope(z float32) (value, slope float32) {
	switch a {
	case Softplus:
		e := f32.ExpNegAbs(z)
		return f32.SoftplusFromExp(z, e), f32.SigmoidFromExp(z, e)
	case Sigmoid:
		y := f32.Sigmoid(z)
		return y, float32(y * (1 - y))
	case ReLU:
		if z > 0 {
			return z, 1
		}
		return f32.Max(0, z), 0
	case Tanh:
		y := f32.Tanh(z)
		return y, f32.FMA(-y, y, 1)
	default:
		return z, 1
	}
}

// SlopeAt defines the slope of the activation where its value is h.
func (a Activation) SlopeAt(h float32) float32 {
	switch a {
	case Softplus:
		return f32.SoftplusSlope(h)
	case Sigmoid:
		return float32(h * (1 - h))
	case ReLU:
		if h > 0 {
			return 1
		}
		return 0
	case Tanh:
		return f32.FMA(-h, h, 1)
	default:
		return 1
	}
}
