package cases

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/table"
)

// Shape is a product of m x k by k x n.
type Shape struct{ M, K, N int }

// Cube is a product of square matrices.
func Cube(n int) Shape { return Shape{n, n, n} }

func (p Shape) Flops() float64 { return 2 * float64(p.M) * float64(p.K) * float64(p.N) }
func (p Shape) String() string { return fmt.Sprintf("%d×%d×%d", p.M, p.K, p.N) }
func (p Shape) Keys() string   { return fmt.Sprintf("m=%d/k=%d/n=%d", p.M, p.K, p.N) }
func (p Shape) Job() Job       { return Job{Unit: table.GFLOPs, Work: p.Flops(), FMA: p.Flops()} }
