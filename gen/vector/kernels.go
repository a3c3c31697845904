package vector

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

// Slope writes the way of a delta back through each activation.
func Slope(m vec.Machine) {
	for _, a := range activations {
		m.Map(vec.Func{
			Name:     "Slope" + a.name,
			Doc:      []string{"writes d[i][j] = z[i][j]*f', the slope of f = " + a.name + " where its value is h[i][j]."},
			Operands: []string{"z", "h", "d"},
			Tile:     true,
		}, func() { m.Store("d", m.Mul(m.Load("z"), a.back(m, m.Load("h")))) })
	}
}
