package matrices

import (
	"sync"
	"time"

	"github.com/targetprop/targetprop/bench/internal/numpy"
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
)

const numpyColumn = "NumPy"

// interpreter is NumPy, if it is installed.
var interpreter = sync.OnceValues(numpy.Find)

// fastestCore is the family of kernels that NumPy has here.
var fastestCore = sync.OnceValues(func() (string, error) {
	p, err := interpreter()
	if err != nil {
		return "", err
	}
	return p.Fastest()
})

// aboutNumPy says what was found.
func aboutNumPy() string {
	p, err := interpreter()
	if err != nil {
		return "NumPy is missing: " + err.Error() + "."
	}
	return "NumPy is " + p.Version + " in a process of its own, on the same matrices; Python's clock times its calls."
}

// numpyEntry is NumPy's operation, if it is installed.
func numpyEntry(s *cases.Setting, j cases.Job, op operation, n int, in input) (cases.Entry, bool) {
	p, err := interpreter()
	if err != nil {
		return cases.Entry{}, false
	}
	core, err := fastestCore()
	if err != nil {
		return cases.Entry{}, false
	}
	q, err := p.Start(op.name, core, 1, n, in.a.RawMatrix().Data, in.b.RawMatrix().Data)
	if err != nil {
		return cases.Entry{}, false
	}
	e := cases.Entry{Cells: cases.One(s.Theirs(j, numpyColumn, "numpy")), Close: q.Close}
	e.Run = func(times int) { q.Run(times) }
	e.Timed = func(times int) time.Duration { return q.Run(times) }
	e.Kernel = func() string {
		if core == "" {
			return "OpenBLAS's choice"
		}
		return core
	}
	return e, true
}
