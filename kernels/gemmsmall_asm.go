//go:build (amd64 || arm64) && !purego

package kernels

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm"
)

// smallProduct is the size up to which preparations cost more than they save.
const smallProduct = 64 // a power of two

// smallGemm computes a product from its factors where they are, if it is small and
// its matrices match and hold their elements. All else, wrong arguments included, it
// leaves alone: so few questions are what the smallest products can bear.
func smallGemm(isa ISA, transA bool, a, b, c *Matrix, zero bool) bool {
	m, k, n := c.Rows, b.Rows, c.Cols
	rows, cols := m, k
	if transA {
		rows, cols = k, m
	}
	if uint(m-1)|uint(k-1)|uint(n-1) >= smallProduct || a.Rows != rows || a.Cols != cols || b.Cols != n ||
		!a.smallHolds() || !b.smallHolds() || !c.smallHolds() || isa == Generic || n%Panel != 0 && !isa.tilesAnyWidth() {
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
	x.Init = unsafe.Pointer(&zeroPanel[0])
	if !zero {
		x.I1, x.IS = x.C1, x.CS
	}
	for col := 0; col < n; col += x.N {
		x.N = isa.tileColumns(m, n-col) // 64 are as fast as 32 for a transposed A too
		x.A, x.B, x.C = unsafe.Pointer(&a.Data[0]), unsafe.Pointer(&b.Data[col]), unsafe.Pointer(&c.Data[col])
		if !zero {
			x.Init = x.C
		}
		column(&x, evenly(m, isa.tileRows(x.N)), m)
		tiles(isa, &x)
	}
	return true
}

// smallHolds is holds for a matrix of at most smallProduct rows; a single row may be
// too long for it.
func (m *Matrix) smallHolds() bool {
	return m.Cols <= m.Stride && m.Stride <= len(m.Data) && (m.Rows-1)*m.Stride+m.Cols <= len(m.Data)
}
