package product

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// TestTriangle: the bits of the whole product in the triangle, and nothing outside, for
// tiles, rows and blocks of B that the diagonal crosses at any place.
func TestTriangle(t *testing.T) {
	t.Run("float32", testTriangle[float32])
	t.Run("float64", testTriangle[float64])
}

func testTriangle[T view.Float](t *testing.T) {
	pool := threads.New(3)
	defer pool.Close()
	sizes := [][2]int{{1, 5}, {4, 300}, {7, 9}, {33, 20}, {130, 70}, {350, 25}}
	if !testing.Short() {
		sizes = append(sizes, [2]int{2100, 7}, [2]int{70, 1100})
	}
	for _, size := range sizes {
		n, k := size[0], size[1]
		for kind := range 16 {
			if race.Enabled && kind%5 != 0 {
				continue
			}
			up, trans, zero, alpha := kind&1 != 0, kind&2 != 0, kind&4 != 0, 1.0
			if kind&8 != 0 {
				alpha = -0.5
			}
			p := problem{transA: trans, transB: !trans, alpha: alpha, beta: 1, m: n, n: n, k: k, pad: ragged}
			if zero {
				p.beta = 0
			}
			m := operands[T](p)
			for i := range n { // the other triangle
				row := m[2].Row(i)
				other := row[i+1:]
				if up {
					other = row[:i]
				}
				for j := range other {
					other[j] = T(math.NaN())
				}
			}
			for _, set := range sets() {
				want, got := m[2], m[2]
				want.Data, got.Data = append([]T(nil), want.Data...), append([]T(nil), got.Data...)
				Gemm(nil, set, trans, !trans, T(alpha), m[0], m[1], T(p.beta), want)
				for i := range n {
					if up {
						copy(want.Row(i)[:i], m[2].Row(i))
					} else {
						copy(want.Row(i)[i+1:], m[2].Row(i)[i+1:])
					}
				}
				on := pool
				if kind%3 == 0 {
					on = nil
				}
				Triangle(on, set, up, trans, T(alpha), m[0], m[1], zero, got)
				if err := sameRows(got, want); err != nil {
					t.Fatalf("%v, %d threads, upper %v, %+v: %v", set, on.Threads(), up, p, err)
				}
			}
		}
	}
}
