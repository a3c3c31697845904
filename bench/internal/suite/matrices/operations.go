package matrices

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// operation is one of package mat.
type operation struct {
	name  string
	flops float64           // times n cubed; 0 for what depends on the numbers
	make  func(n int) input // its matrices
	call  func(in input) func()
}

// input is the matrices of an operation, n x n and n x columns.
type input struct {
	a, b    *mat.Dense
	columns int
}

// operations are the measured ones. Each receives what it fills once and fills it again in
// each call, as a loop of a program would.
var operations = []operation{
	{"Mul", 2, pair, func(in input) func() {
		c := mat.NewDense(in.columns, in.columns, nil)
		return func() { c.Mul(in.a, in.b) }
	}},
	{"Solve", 2. / 3, system, func(in input) func() {
		var x mat.Dense
		return func() { must(x.Solve(in.a, in.b)) }
	}},
	{"Cholesky", 1. / 3, definite, func(in input) func() {
		var c mat.Cholesky
		a := symmetric(in.a)
		return func() { c.Factorize(a) }
	}},
	{"LU", 2. / 3, system, func(in input) func() {
		var f mat.LU
		return func() { f.Factorize(in.a) }
	}},
	{"QR", 4. / 3, system, func(in input) func() {
		var f mat.QR
		return func() { f.Factorize(in.a) }
	}},
	{"Inverse", 2, system, func(in input) func() {
		var x mat.Dense
		return func() { must(x.Inverse(in.a)) }
	}},
	{"SVD", 0, system, func(in input) func() {
		var f mat.SVD
		return func() { f.Factorize(in.a, mat.SVDThin) }
	}},
	{"EigenSym", 0, definite, func(in input) func() {
		var f mat.EigenSym
		a := symmetric(in.a)
		return func() { f.Factorize(a, true) }
	}},
	{"Eigen", 0, system, func(in input) func() {
		var f mat.Eigen
		return func() { f.Factorize(in.a, mat.EigenRight) }
	}},
}

// must panics: the matrices are far from singular.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// random is a matrix of normal numbers: the same in every run.
func random(rows, columns int, seed uint64) *mat.Dense {
	rng, m := rand.New(rand.NewPCG(1, seed)), mat.NewDense(rows, columns, nil)
	for i := range rows {
		row := m.RawRowView(i)
		for j := range row {
			row[j] = rng.NormFloat64()
		}
	}
	return m
}

// pair is two factors.
func pair(n int) input { return input{random(n, n, 1), random(n, n, 2), n} }

// system is linear equations with one right side.
func system(n int) input { return input{random(n, n, 1), random(n, 1, 2), 1} }

// definite is a symmetric matrix whose eigenvalues are between 1 and about 5.
func definite(n int) input {
	r, a := random(n, n, 1), mat.NewDense(n, n, nil)
	a.Mul(r, r.T())
	a.Scale(1/float64(n), a)
	for i := range n {
		a.Set(i, i, a.At(i, i)+1)
	}
	// The two triangles may differ in their last bits.
	for i := range n {
		for j := range i {
			a.Set(i, j, a.At(j, i))
		}
	}
	return input{a, random(n, 1, 2), 1}
}

// symmetric is the upper triangle of a.
func symmetric(a *mat.Dense) *mat.SymDense {
	n, _ := a.Dims()
	return mat.NewSymDense(n, append([]float64(nil), a.RawMatrix().Data...))
}
