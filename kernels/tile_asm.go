//go:build (amd64 || arm64) && !purego

package kernels

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm"
)

// unfetching is how many of a tile's last steps fetch nothing, at most.
const unfetching = 2

// tile computes a column of tiles. Assembly counts in bytes.
//
// The argument is filled field by field. A function that returned it would have
// it copied, 16 bytes at a time, before the stores of 8 have reached the cache,
// which waits for all earlier stores; one that filled it through a pointer would
// have the buffers of all callers moved to the heap.
func tile(isa ISA, t *tileArgs) {
	if isa == Generic {
		tileGeneric(t)
		return
	}
	if t.rows == 0 {
		return
	}
	var x asm.Tile
	x.N, x.K = t.columns, t.k
	x.A, x.RS, x.KS = unsafe.Pointer(&t.a.data[0]), uintptr(t.a.row)*4, uintptr(t.a.k)*4
	x.B, x.B1, x.BS = unsafe.Pointer(&t.b.data[0]), uintptr(t.b.next)*4, uintptr(t.b.row)*4
	x.Init, x.I1, x.IS = unsafe.Pointer(&t.init.data[0]), uintptr(t.init.next)*4, uintptr(t.init.row)*4
	x.C, x.C1, x.CS = unsafe.Pointer(&t.c.data[0]), uintptr(t.c.next)*4, uintptr(t.c.row)*4
	x.BAhead = uintptr(t.soon) * x.BS
	height := t.height(isa)
	column(&x, height, t.rows)
	if t.rows == 1 && t.columns >= mostColumns {
		x.Tiles, x.BAhead = t.columns/mostColumns, uintptr(t.onward)*4
	}
	fetched := height // places in C
	if len(t.ahead) > 0 {
		var later [mostAhead]asm.Prefetch
		for i := range t.ahead {
			a := &t.ahead[i]
			later[i].D, later[i].D1, later[i].S = unsafe.Pointer(&a.data[0]), uintptr(a.next)*4, uintptr(a.row)*4
			later[i].Rows, later[i].Next = a.rows, uintptr(a.step)*4
			fetched += a.rows
			if i > 0 {
				later[i-1].Then = &later[i]
			}
		}
		x.Prefetch = &later[0]
	}
	if t.fetches(isa) {
		x.Each = max(1, (t.k-unfetching)/fetched)
	}
	if t.a.isInColumns() {
		x.ANext = uintptr(t.a.next) * 4
	}
	tiles(isa, &x)
}

// column sets the tiles of a column of rows, all but the last one of that height.
func column(x *asm.Tile, height, rows int) {
	x.M, x.Tiles, x.Last, x.Each = height, 1, 0, 1
	if height < rows {
		x.Tiles, x.Last = rows/height, rows%height
		x.ANext, x.INext, x.CNext = x.RS*uintptr(height), x.IS*uintptr(height), x.CS*uintptr(height)
	}
}
