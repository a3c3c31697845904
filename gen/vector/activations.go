package vector

import "github.com/targetprop/targetprop/gen/vec"

// slope is the activation's value at z and its slope there.
type slope func(m vec.Machine, z vec.V) (value, slope vec.V)

// activations are the maps' nonlinearities, in the order of vector.Activation. back is the
// slope from the value h.
var activations = []struct {
	name  string
	value func(m vec.Machine, z vec.V) vec.V
	slope slope
	back  func(m vec.Machine, h vec.V) vec.V
}{
	{"Identity",
		func(_ vec.Machine, z vec.V) vec.V { return z },
		func(m vec.Machine, z vec.V) (vec.V, vec.V) { return z, m.Copy(m.Float(1)) },
		func(m vec.Machine, _ vec.V) vec.V { return m.Float(1) }},
	{"Softplus",
		softplus,
		func(m vec.Machine, z vec.V) (vec.V, vec.V) {
			e := expNegAbs(m, z)
			return softplusFromExp(m, z, e), sigmoidFromExp(m, z, e)
		},
		softplusSlope},
	{"Sigmoid",
		sigmoid,
		func(m vec.Machine, z vec.V) (vec.V, vec.V) {
			y := sigmoidFromExp(m, z, expNegAbs(m, z))
			return y, m.Mul(y, m.Sub(m.Float(1), y))
		},
		func(m vec.Machine, h vec.V) vec.V { return m.Mul(h, m.Sub(m.Float(1), h)) }},
	{"ReLU",
		func(m vec.Machine, z vec.V) vec.V { return m.Max(m.Float(0), z) },
		func(m vec.Machine, z vec.V) (vec.V, vec.V) {
			return m.Max(m.Float(0), z), m.Keep(m.Greater(z, m.Float(0)), m.Float(1))
		},
		func(m vec.Machine, h vec.V) vec.V { return m.Keep(m.Greater(h, m.Float(0)), m.Float(1)) }},
	{"Tanh",
		tanh,
		func(m vec.Machine, z vec.V) (vec.V, vec.V) {
			y := tanh(m, z)
			return y, m.NegFMA(y, y, m.Float(1))
		},
		func(m vec.Machine, h vec.V) vec.V { return m.NegFMA(h, h, m.Float(1)) }},
}
