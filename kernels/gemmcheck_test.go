package kernels

import (
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestGemmBeside: a result beside its factors, in the rows of one matrix, is computed as one that
// is elsewhere.
func TestGemmBeside(t *testing.T) {
	for _, n := range []int{3, 8, 20, 70} {
		for name, e := range engines(t) {
			whole, want := NewMatrix(n, 3*n), NewMatrix(n, n)
			whole64, want64 := NewMatrix64(n, 3*n), NewMatrix64(n, n)
			for i := range n {
				for j := range 3 * n {
					whole.Row(i)[j], whole64.Row(i)[j] = float32(i-j%7), float64(i-j%7)
				}
			}
			a, b, c := whole.Columns(0, n), whole.Columns(n, 2*n), whole.Columns(2*n, 3*n)
			a64, b64, c64 := whole64.Columns(0, n), whole64.Columns(n, 2*n), whole64.Columns(2*n, 3*n)
			e.Gemm(false, false, 1, a, b, 0, want)
			e.Gemm64(false, true, 2, a64, b64, 0, want64)
			e.Gemm(false, false, 1, a, b, 0, c)
			e.Gemm64(false, true, 2, a64, b64, 0, c64)
			for i := range n {
				for j := range n {
					if c.Row(i)[j] != want.Row(i)[j] || c64.Row(i)[j] != want64.Row(i)[j] {
						t.Fatalf("%s, %d: (%d, %d) is %v and %v, want %v and %v", name, n, i, j, c.Row(i)[j], c64.Row(i)[j], want.Row(i)[j], want64.Row(i)[j])
					}
				}
			}
		}
	}
}

// TestGemmChecks gives small products and larger ones matrices that do not match, or
// that do not hold their elements: all are refused before anything is written. What only
// looks odd is computed.
func TestGemmChecks(t *testing.T) {
	type matrices struct{ a, b, c Matrix }
	for _, n := range []int{3, 8, 64, 70} {
		for _, test := range []struct {
			name   string
			change func(m *matrices)
			refuse string // or empty
		}{
			{"as it should be", func(*matrices) {}, ""},
			{"a of one column more", func(m *matrices) { m.a.Cols++; m.a.Stride++; m.a.Data = make([]float32, n*(n+1)) }, "Gemm of"},
			{"b of one row less", func(m *matrices) { m.b.Rows-- }, "Gemm of"},
			{"a of one row less", func(m *matrices) { m.a.Rows-- }, "the result of Gemm is"},
			{"b of one column less", func(m *matrices) { m.b.Cols-- }, "the result of Gemm is"},
			{"c of one column less", func(m *matrices) { m.c.Cols-- }, "the result of Gemm is"},
			{"a without its last element", func(m *matrices) { m.a.Data = m.a.Data[:n*n-1] }, "the left factor of Gemm has"},
			{"b without its last element", func(m *matrices) { m.b.Data = m.b.Data[:n*n-1] }, "the right factor of Gemm has"},
			{"c without its last element", func(m *matrices) { m.c.Data = m.c.Data[:n*n-1] }, "the result of Gemm has"},
			{"rows of a that overlap", func(m *matrices) { m.a.Stride-- }, "the left factor of Gemm has"},
			{"rows of b that overlap", func(m *matrices) { m.b.Stride-- }, "the right factor of Gemm has"},
			{"rows of c that overlap", func(m *matrices) { m.c.Stride = 0 }, "the result of Gemm has"},
			{"rows of b beyond all memory", func(m *matrices) { m.b.Stride = math.MaxInt/2 + 1 }, "the right factor of Gemm has"},
			{"rows of c before it", func(m *matrices) { m.c.Rows, m.a.Rows = -n, -n }, "the left factor of Gemm has"},
			{"one row of any stride", func(m *matrices) { m.a.Rows, m.c.Rows, m.a.Stride, m.c.Stride = 1, 1, math.MaxInt, math.MaxInt }, ""},
			{"no rows", func(m *matrices) { m.a, m.c = Matrix{Cols: n, Stride: n}, Matrix{Cols: n, Stride: n} }, ""},
			{"nothing to add up", func(m *matrices) { m.a, m.b.Rows = Matrix{Rows: n}, 0 }, ""},
		} {
			for name, e := range engines(t) {
				for _, beta := range []float32{1, 0.5} {
					ones := func() Matrix {
						x := Matrix{Rows: n, Cols: n, Stride: n, Data: make([]float32, n*n)}
						for i := range x.Data {
							x.Data[i] = 1
						}
						return x
					}
					m := matrices{ones(), ones(), ones()}
					all := m.c.Data
					test.change(&m)
					refused := caught.Panic(func() { e.Gemm(false, false, 1, m.a, m.b, beta, m.c) })
					if (test.refuse == "") != (refused == "") || !strings.Contains(refused, test.refuse) {
						t.Errorf("%s, %d, %s: %q, want %q", name, n, test.name, refused, test.refuse)
					}
					for i, got := range all {
						want := float32(1)
						if refused == "" && i < m.c.Rows*n {
							want = beta + float32(m.b.Rows)
						}
						if got != want {
							t.Fatalf("%s, %d, %s: element %d of c is %v, want %v", name, n, test.name, i, got, want)
						}
					}
				}
			}
		}
	}
}
