package elementwise

import "github.com/targetprop/targetprop/gen/vec"

// Activate writes the functions of one argument: out = f(in).
func Activate(m vec.Machine) {
	unary := func(name, doc string, flat bool, f func(vec.Machine, vec.V) vec.V) {
		m.Map(vec.Func{
			Name:     name,
			Doc:      []string{doc},
			Operands: []string{"in", "out"},
			Flat:     flat,
		}, func() { m.Store("out", f(m, m.Load("in"))) })
	}
	for _, a := range activations {
		unary(a.name, "writes out[i][j] = "+a.name+"(in[i][j]); out may be in. Strides are in floats.", false, a.value)
	}
	flat := func(name string, f func(vec.Machine, vec.V) vec.V) {
		unary(name, "writes out[i] = "+name+"(in[i]) for n elements; out may be in.", true, f)
	}
	flat("Exp", exp)
	flat("Log", log)
}

// Relax writes one inference step of each activation.
func Relax(m vec.Machine) {
	for _, a := range activations {
		m.Map(vec.Func{
			Name: "Relax" + a.name,
			Doc: []string{"adds the step of inference to h, with f = " + a.name + "(z):",
				"", "\th[i][j] += delta*(target[i][j] - f) + alpha*(above[i][j] - h[i][j])"},
			Operands: []string{"z", "target", "above", "h"},
			Scalars:  []string{"delta", "alpha"},
			Tile:     true,
		}, func() {
			f := a.value(m, m.Load("z"))
			up := m.Sub(m.Load("target"), f)
			h := m.Load("h")
			next := m.FMA(m.Scalar("delta"), up, h)
			m.Store("h", m.FMA(m.Scalar("alpha"), m.Sub(m.Load("above"), h), next))
		})
	}
}

// Delta writes the local error of each activation.
func Delta(m vec.Machine) {
	for _, a := range activations {
		m.Map(vec.Func{
			Name: "Delta" + a.name,
			Doc: []string{"writes the error signal of a squared error and adds up its loss, with f = " + a.name + "(z):",
				"",
				"\te = f - t[i][j]",
				"\td[i][j] = scale*e*f'(z)",
				"\tloss[i][j] += e*e"},
			Operands: []string{"z", "t", "d", "loss"},
			Scalars:  []string{"scale"},
			Tile:     true,
		}, func() {
			value, slope := a.slope(m, m.Load("z"))
			e := m.Sub(value, m.Load("t"))
			m.Store("d", m.Mul(m.Mul(e, m.Scalar("scale")), slope))
			m.Store("loss", m.FMA(e, e, m.Load("loss")))
		})
	}
}

// Update writes the optimisers' steps.
func Update(m vec.Machine) {
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
