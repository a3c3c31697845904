package elementwise

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// The rows of a minibatch, and the classes.
const softmaxRows = 100

var classes = []int{10, 1000}

// Softmax is the top of a classifier.
func Softmax(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "Softmax and cross-entropy",
		About: "Rows × classes; one thread. The peer is a loop over Go's math.Exp, along each row. " + limits.AboutNearest,
		Unit:  table.Elements,
		Compare: []table.Comparison{
			{Title: "÷ plain Go", Against: table.Baseline},
			{Title: "÷ Go math", Against: table.Peer},
		},
	}}
	for _, n := range classes {
		section.Cases = append(section.Cases, softmaxCase(s, n), crossEntropyCase(s, n))
	}
	return section
}

// softmaxCase has the operations of exp, and the largest, a difference, a sum and a division.
func softmaxCase(s *cases.Setting, n int) cases.Case {
	z, p := operands.Matrix(softmaxRows, n, operands.Wide), kernels.NewMatrix(softmaxRows, n)
	loop := func() {
		for i := range softmaxRows {
			softmaxLoop(p.Row(i), z.Row(i))
		}
	}
	return rowsCase(s, "Softmax", n, functions[0].multiply, functions[0].operations+4, loop,
		func(e cases.Engine) func() { return func() { e.Softmax(p, z) } })
}

// crossEntropyCase has eight operations more: those of the delta and of the loss.
func crossEntropyCase(s *cases.Setting, n int) cases.Case {
	z, t, d, loss := operands.Matrix(softmaxRows, n, operands.Wide), kernels.NewMatrix(softmaxRows, n), kernels.NewPacked(softmaxRows, n), make([]float32, softmaxRows)
	for i := range softmaxRows {
		t.Row(i)[i%n] = 1
	}
	const scale = 1. / softmaxRows
	p := make([]float32, n)
	loop := func() {
		for i := range softmaxRows {
			softmaxLoop(p, z.Row(i))
			loss[i] = 0
			for j, target := range t.Row(i) {
				if target != 0 {
					loss[i] -= target * float32(math.Log(float64(p[j])))
				}
				d.Data[d.Index(i, j)] = scale * (p[j] - target)
			}
		}
	}
	return rowsCase(s, "CrossEntropy", n, functions[0].multiply+2, functions[0].operations+12, loop,
		func(e cases.Engine) func() { return func() { e.CrossEntropy(d, loss, z, t, scale) } })
}

// softmaxLoop is a softmax as one writes it.
func softmaxLoop(p, z []float32) {
	m, sum := z[0], float32(0)
	for _, x := range z {
		if x > m {
			m = x
		}
	}
	for j, x := range z {
		p[j] = float32(math.Exp(float64(x - m)))
		sum += p[j]
	}
	for j := range p {
		p[j] /= sum
	}
}

// rowsCase is a row with the operations of each element, of which one is a division.
func rowsCase(s *cases.Setting, name string, n int, multiply, operations float64, loop func(), call func(cases.Engine) func()) cases.Case {
	elements := float64(softmaxRows * n)
	j := cases.Job{
		OfDefinition: true,
		Unit:         table.Elements, Work: elements,
		FMA: 2 * multiply * elements, Operations: operations * elements, Divide: elements,
	}
	row := table.Row{
		Name:  fmt.Sprintf("%s/rows=%d/cols=%d", name, softmaxRows, n),
		Label: fmt.Sprintf("%s %d × %d", name, softmaxRows, n),
	}
	return cases.Case{Rows: []table.Row{row}, Entries: func() []cases.Entry {
		var entries []cases.Entry
		for _, e := range s.Engines {
			entries = append(entries, s.OurEntry(j, e, call(e)))
		}
		plain := cases.Entry{Cells: cases.One(s.Theirs(j, "Go math", "math"))}
		plain.Run = cases.Each(loop)
		entries = append(append(entries, plain), limits.Peaks(s, 1)...)
		return append(append(entries, limits.Operations(s)...), limits.Divides(s, false)...)
	}}
}
