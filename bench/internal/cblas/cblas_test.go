//go:build peers

package cblas_test

import (
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/bench/internal/openblas"
)

// all is both types of elements.
type all interface {
	blas.Float64
	blas.Float32
}

// TestNames: a misspelt method would leave its routine to gonum, unseen.
func TestNames(t *testing.T) {
	for file, letter := range map[string]string{"float64.go": "D", "float32.go": "S"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range strings.Fields("dot nrm2 asum axpy scal gemv symv ger syr2 trmv trsv gemm symm syrk syr2k trmm trsm") {
			if !strings.Contains(string(text), "func (r Routines) "+letter+name+"(") {
				t.Errorf("%s has no %s%s", file, letter, name)
			}
		}
	}
}

// TestAgainstGonum runs each routine on random operands with gaps, several times.
func TestAgainstGonum(t *testing.T) {
	libs, err := openblas.All()
	if err != nil {
		t.Skip(err)
	}
	const m, n, k, ld = 7, 9, 5, 11
	for name, call := range map[string]func(b all, a, x, y []float64, s, u, v []float32){
		"dot": func(b all, a, x, y []float64, s, u, v []float32) {
			y[0], v[0] = b.Ddot(n, x, 1, y, 1), b.Sdot(n, u, 1, v, 1)
		},
		"nrm2": func(b all, a, x, y []float64, s, u, v []float32) { y[0], v[0] = b.Dnrm2(n, x, 2), b.Snrm2(n, u, 2) },
		"asum": func(b all, a, x, y []float64, s, u, v []float32) { y[0], v[0] = b.Dasum(n, x, 2), b.Sasum(n, u, 2) },
		"axpy": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Daxpy(n, 2, x, 1, y, 2)
			b.Saxpy(n, 2, u, 1, v, 2)
		},
		"scal": func(b all, a, x, y []float64, s, u, v []float32) { b.Dscal(n, 3, y, 2); b.Sscal(n, 3, v, 2) },
		"gemv": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dgemv(blas.Trans, m, n, 2, a, ld, x, 1, 0.5, y, 1)
			b.Sgemv(blas.NoTrans, m, n, 2, s, ld, u, 1, 0.5, v, 1)
		},
		"symv": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dsymv(blas.Upper, n, 2, a, ld, x, 1, 0.5, y, 1)
			b.Ssymv(blas.Lower, n, 2, s, ld, u, 1, 0.5, v, 1)
		},
		"ger": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dger(m, n, 2, x, 1, y, 1, a, ld)
			b.Sger(m, n, 2, u, 1, v, 1, s, ld)
		},
		"syr2": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dsyr2(blas.Upper, n, 2, x, 1, y, 1, a, ld)
			b.Ssyr2(blas.Lower, n, 2, u, 1, v, 1, s, ld)
		},
		"trmv": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dtrmv(blas.Upper, blas.Trans, blas.Unit, n, a, ld, y, 1)
			b.Strmv(blas.Lower, blas.NoTrans, blas.NonUnit, n, s, ld, v, 1)
		},
		"trsv": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dtrsv(blas.Upper, blas.Trans, blas.NonUnit, n, a, ld, y, 1)
			b.Strsv(blas.Lower, blas.NoTrans, blas.Unit, n, s, ld, v, 1)
		},
		"gemm": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dgemm(blas.NoTrans, blas.Trans, m, n, k, 2, a, ld, x, ld, 0.5, y, ld)
			b.Sgemm(blas.Trans, blas.NoTrans, m, n, k, 2, s, ld, u, ld, 0.5, v, ld)
		},
		"symm": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dsymm(blas.Right, blas.Upper, m, n, 2, a, ld, x, ld, 0.5, y, ld)
			b.Ssymm(blas.Left, blas.Lower, m, n, 2, s, ld, u, ld, 0.5, v, ld)
		},
		"syrk": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dsyrk(blas.Upper, blas.Trans, n, k, 2, a, ld, 0.5, y, ld)
			b.Ssyrk(blas.Lower, blas.NoTrans, n, k, 2, s, ld, 0.5, v, ld)
		},
		"syr2k": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dsyr2k(blas.Upper, blas.Trans, n, k, 2, a, ld, x, ld, 0.5, y, ld)
			b.Ssyr2k(blas.Lower, blas.NoTrans, n, k, 2, s, ld, u, ld, 0.5, v, ld)
		},
		"trmm": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dtrmm(blas.Right, blas.Upper, blas.Trans, blas.Unit, m, n, 2, a, ld, y, ld)
			b.Strmm(blas.Left, blas.Lower, blas.NoTrans, blas.NonUnit, m, n, 2, s, ld, v, ld)
		},
		"trsm": func(b all, a, x, y []float64, s, u, v []float32) {
			b.Dtrsm(blas.Right, blas.Upper, blas.Trans, blas.NonUnit, m, n, 2, a, ld, y, ld)
			b.Strsm(blas.Left, blas.Lower, blas.NoTrans, blas.Unit, m, n, 2, s, ld, v, ld)
		},
	} {
		const times = 2
		run := func(b all, calls int) (results []float64) {
			rng := rand.New(rand.NewPCG(1, 2))
			var double [3][]float64
			var single [3][]float32
			for i := range double {
				double[i], single[i] = make([]float64, ld*ld), make([]float32, ld*ld)
				for j := range double[i] {
					double[i][j], single[i][j] = 1+rng.Float64(), 1+rng.Float32()
				}
			}
			for range calls {
				call(b, double[0], double[1], double[2], single[0], single[1], single[2])
			}
			for i := range double {
				results = append(results, double[i]...)
				for _, x := range single[i] {
					results = append(results, float64(x))
				}
			}
			return results
		}
		calls := times
		if name == "dot" { // puts its result where it reads
			calls = 1
		}
		got, want := run(libs[0].BLAS.Times(calls), 1), run(gonum.Implementation{}, calls)
		for i := range want {
			if !(math.Abs(got[i]-want[i]) <= 1e-3*(1+math.Abs(want[i]))) {
				t.Errorf("%s: result %d is %v, want %v", name, i, got[i], want[i])
				break
			}
		}
	}
}
