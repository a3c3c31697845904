// Package descent generates the optimisers' steps. Each function repeats, operation
// for operation, its plain-Go definition in package internal/simd/descent.
package descent

import "github.com/targetprop/targetprop/gen/vec"

// Kernels writes the optimisers' steps.
func Kernels(m vec.Machine) {
	m.Map(vec.Func{
		Name:     "RMSProp",
		Doc:      []string{"takes a step of centred RMSProp with momentum on n parameters."},
		Operands: []string{"w", "grad", "mean", "square", "velocity"},
		Scalars:  []string{"decay", "rate", "momentum", "lr", "eps"},
		Flat:     true,
	}, func() {
		g := m.Load("grad")
		rate := m.Scalar("rate")
		mean := m.FMA(m.Scalar("decay"), m.Load("mean"), m.Mul(rate, g))
		m.Store("mean", mean)
		square := m.FMA(m.Scalar("decay"), m.Load("square"), m.Mul(rate, m.Mul(g, g)))
		m.Store("square", square)
		variance := m.Max(m.NegFMA(mean, mean, square), m.Float(0))
		step := m.Div(m.Mul(m.Scalar("lr"), g), m.Sqrt(m.Add(variance, m.Scalar("eps"))))
		velocity := m.Sub(m.Mul(m.Scalar("momentum"), m.Load("velocity")), step)
		m.Store("velocity", velocity)
		m.Store("w", m.Add(m.Load("w"), velocity))
	})
	m.Map(vec.Func{
		Name:     "Momentum",
		Doc:      []string{"takes a step of stochastic gradient descent with momentum on n parameters."},
		Operands: []string{"w", "grad", "velocity"},
		Scalars:  []string{"momentum", "lr"},
		Flat:     true,
	}, func() {
		step := m.Mul(m.Scalar("lr"), m.Load("grad"))
		velocity := m.Sub(m.Mul(m.Scalar("momentum"), m.Load("velocity")), step)
		m.Store("velocity", velocity)
		m.Store("w", m.Add(m.Load("w"), velocity))
	})
	m.Map(vec.Func{
		Name:     "Adam",
		Doc:      []string{"takes a step of Adam on n parameters; lr and unbias carry the bias correction."},
		Operands: []string{"w", "grad", "mean", "square"},
		Scalars:  []string{"decay1", "rate1", "decay2", "rate2", "unbias", "lr", "eps"},
		Flat:     true,
	}, func() {
		g := m.Load("grad")
		mean := m.FMA(m.Scalar("decay1"), m.Load("mean"), m.Mul(m.Scalar("rate1"), g))
		m.Store("mean", mean)
		square := m.FMA(m.Scalar("decay2"), m.Load("square"), m.Mul(m.Scalar("rate2"), m.Mul(g, g)))
		m.Store("square", square)
		root := m.Add(m.Sqrt(m.Mul(square, m.Scalar("unbias"))), m.Scalar("eps"))
		m.Store("w", m.Sub(m.Load("w"), m.Div(m.Mul(m.Scalar("lr"), mean), root)))
	})
}
