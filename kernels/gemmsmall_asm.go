//go:build (amd64 || arm64) && !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// smallProduct is the size up to which preparations cost more than they save.
const smallProduct = 64

// smallGemm computes a product, if it is small, from its factors where they are.
func smallGemm(isa ISA, transA bool, a, b, c *Matrix, m, k int, zero bool) bool {
	n := c.Cols
	if isa == Generic || max(m, n, k) > smallProduct || n%Panel != 0 && !isa.tilesAnyWidth() {
		return false
	}
	var x asm.Tile
	x.K = k
	x.RS, x.KS = uintptr(a.Stride)*4, 4
	if transA {
		x.RS, x.KS = x.KS, x.RS
	}
	x.B1, x.BS = Panel*4, uintptr(b.Stride)*4
	x.C1, x.CS = Panel*4, uintptr(c.Stride)*4
	x.Init = &zeroPanel[0]
	if !zero {
		x.I1, x.IS = x.C1, x.CS
	}
	for col := 0; col < n; col += x.N {
		x.N = isa.tileColumns(m, n-col) // 64 are as fast as 32 for a transposed A too
		x.A, x.B, x.C = &a.Data[0], &b.Data[col], &c.Data[col]
		if !zero {
			x.Init = x.C
		}
		column(&x, evenly(m, isa.tileRows(x.N)), m)
		tiles(isa, &x)
	}
	return true
}
