package vector

import "github.com/targetprop/targetprop/gen/vec"

// Softmax writes the steps of softmax and of its cross-entropy along a row. Rows of their
// operands are the panels of that row, and all of them share the lanes, whose stride is 0.
func Softmax(m vec.Machine) {
	m.Map(vec.Func{
		Name:     "Largest",
		Doc:      []string{"writes lanes[j] = max(x[i][j], lanes[j]), where a NaN in x does not count."},
		Operands: []string{"x", "lanes"},
		Chain:    true,
	}, func() { m.Store("lanes", m.Max(m.Load("x"), m.Load("lanes"))) })
	m.Map(vec.Func{
		Name:     "Exponentials",
		Doc:      []string{"writes e[i][j] = e^(x[i][j] - most) and adds them up, lanes[j] += e[i][j]; e may be x."},
		Operands: []string{"x", "e", "lanes"},
		Scalars:  []string{"most"},
		Chain:    true,
	}, func() {
		e := exp(m, m.Sub(m.Load("x"), m.Scalar("most")))
		m.Store("e", e)
		m.Store("lanes", m.Add(m.Load("lanes"), e))
	})
	m.Map(vec.Func{
		Name:     "Quotients",
		Doc:      []string{"writes out[i] = in[i]/divisor for n elements; out may be in."},
		Operands: []string{"in", "out"},
		Scalars:  []string{"divisor"},
		Flat:     true,
	}, func() { m.Store("out", m.Div(m.Load("in"), m.Scalar("divisor"))) })
	m.Map(vec.Func{
		Name: "Targets",
		Doc: []string{"writes the delta of the cross-entropy over its exponentials e, and adds up its loss where t is not 0:",
			"",
			"\tlanes[j] += t[i][j]*(log - (z[i][j] - most))",
			"\te[i][j] = scale*(e[i][j]/sum - t[i][j])"},
		Operands: []string{"z", "t", "e", "lanes"},
		Scalars:  []string{"most", "sum", "log", "scale"},
		Chain:    true,
	}, func() {
		t, loss := m.Load("t"), m.Load("lanes")
		more := m.FMA(t, m.Sub(m.Scalar("log"), m.Sub(m.Load("z"), m.Scalar("most"))), loss)
		none := m.GreaterEqual(m.Copy(m.Float(0)), m.AndNot(t, m.Bits(constantsOf(m).signBit)))
		m.Store("lanes", m.Select(none, loss, more))
		p := m.Div(m.Load("e"), m.Scalar("sum"))
		m.Store("e", m.Mul(m.Sub(p, t), m.Scalar("scale")))
	})
}
