//go:build (amd64 || arm64) && !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// fill writes the argument as assembly takes it, which counts in bytes: the tiles
// of one height. A function that returned it would have it copied, 16 bytes at a
// time, before the stores of 8 have reached the cache; that waits for all earlier
// stores.
func (t *tileArgs) fill(x *asm.Tile, height int) {
	x.M, x.N, x.K = height, t.columns, t.k
	x.A, x.RS, x.KS = &t.a.data[0], uintptr(t.a.row)*4, uintptr(t.a.k)*4
	x.B, x.B1, x.BS = &t.b.data[0], uintptr(t.b.next)*4, uintptr(t.b.row)*4
	x.Init, x.I1, x.IS = &t.init.data[0], uintptr(t.init.next)*4, uintptr(t.init.row)*4
	x.C, x.C1, x.CS = &t.c.data[0], uintptr(t.c.next)*4, uintptr(t.c.row)*4
	x.Tiles = 1
	if height < t.rows {
		x.Tiles = t.rows / height
		x.ANext, x.INext, x.CNext = x.RS*uintptr(height), x.IS*uintptr(height), x.CS*uintptr(height)
	}
}
