package level3

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// cores are all instruction sets on one thread, and the best on several. Where nothing is
// assembled the plans of all can be followed.
func cores(tb testing.TB) map[string]engine.Core {
	all := map[string]engine.Core{}
	for name, i := range contract.ISAs() {
		all[name] = engine.Core{ISA: i}
	}
	if len(isa.Compiled()) == 1 {
		for _, i := range isa.All {
			all[i.String()] = engine.Core{ISA: i}
		}
	}
	best := isa.Available()[0]
	for _, n := range []int{2, 7} {
		pool := threads.New(n)
		tb.Cleanup(pool.Close)
		all[fmt.Sprintf("%v/threads=%d", best, n)] = engine.Core{ISA: best, Pool: pool}
	}
	return all
}

// best is the best instruction set on one thread.
func best() engine.Core { return engine.Core{ISA: isa.Available()[0]} }

// random is a matrix of random numbers, NaN between its rows.
func random[T view.Float](rng *rand.Rand, rows, cols int) view.Matrix[T] {
	stride := cols + rng.IntN(4)
	m := view.Matrix[T]{Rows: rows, Cols: cols, Data: make([]T, (rows-1)*stride+cols), Stride: stride}
	for i := range m.Data {
		m.Data[i] = T(math.NaN())
		if i%stride < cols {
			m.Data[i] = T(rng.NormFloat64())
		}
	}
	return m
}

// clone is a copy of what a matrix is and of what is between its rows.
func clone[T view.Float](m view.Matrix[T]) view.Matrix[T] {
	m.Data = append([]T(nil), m.Data...)
	return m
}

// transposed is a copy of the transpose.
func transposed[T view.Float](m view.Matrix[T]) view.Matrix[T] {
	t := view.NewMatrix[T](m.Cols, m.Rows)
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			t.Row(j)[i] = x
		}
	}
	return t
}

// op is a copy of the matrix or of its transpose.
func op[T view.Float](trans bool, m view.Matrix[T]) view.Matrix[T] {
	if trans {
		return transposed(m)
	}
	return clone(m)
}

// spoil writes NaN to what is not the triangle, and to the diagonal if it is not read.
func spoil[T view.Float](m view.Matrix[T], upper, unit bool) {
	for i := range m.Rows {
		for j := range m.Row(i) {
			if i != j && (i < j) != upper || i == j && unit {
				m.Row(i)[j] = T(math.NaN())
			}
		}
	}
}

// same compares bits, between the rows too.
func same[T view.Float](t *testing.T, what string, got, want view.Matrix[T]) {
	t.Helper()
	for i := range want.Data {
		if !contract.SameBits(got.Data[i], want.Data[i]) {
			t.Fatalf("%s: row %d, column %d is %v, want %v", what, i/want.Stride, i%want.Stride, got.Data[i], want.Data[i])
		}
	}
}

// sizes of matrices: 0 has been dealt with above; both sides of every block's.
var sizes = []int{1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 66, 127, 128, 129, 140}

func bools(do func(a, b bool)) {
	for _, a := range []bool{false, true} {
		for _, b := range []bool{false, true} {
			do(a, b)
		}
	}
}

// both runs a test for both types.
func both(t *testing.T, f32, f64 func(t *testing.T)) {
	t.Run("float32", f32)
	t.Run("float64", f64)
}
