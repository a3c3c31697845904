//go:build (amd64 || arm64) && !purego

package tile

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Assembled tells whether there are micro-kernels for this instruction set and type.
func Assembled[T view.Float](i isa.ISA) bool { return i != isa.Generic }

// lastSteps is the most of a tile's last steps that fetch nothing.
const lastSteps = 2

// A call of assembly ends after about as many multiply-adds, which take 50 microseconds with
// AVX2, and twice that where factors come from memory, if it takes more than some steps: the drivers of products divide what is longer, those of
// maps and gradients do not.
const callProducts, longSteps = 1 << 21, 2048

// runInSteps is Run for long chains. Each call goes on from what the one before has stored.
func runInSteps[T view.Float](i isa.ISA, t *Args[T]) {
	part := *t
	part.Prefetch = nil
	some := max(1, callProducts/(t.Rows*t.Columns))
	for done := 0; done < t.K; done += some {
		part.K = min(some, t.K-done)
		part.A.Data, part.B.Data = t.A.Data[done*t.A.K:], t.B.Data[done*t.B.Row:]
		if done+some >= t.K {
			part.Prefetch = t.Prefetch
		}
		Run(i, &part)
		part.Init = t.C
	}
}

// Run computes a column of tiles. Strides of assembly are in bytes.
//
// The argument is filled here, field by field. A function that returned it would have it
// copied, 16 bytes at a time. Such a copy waits for the stores of 8 bytes before it, and
// those for all earlier stores. A function that filled it through a pointer would have the
// buffers of all callers moved to the heap.
func Run[T view.Float](i isa.ISA, t *Args[T]) {
	if !Assembled[T](i) {
		define(t)
		return
	}
	if t.Rows == 0 {
		return
	}
	if t.K > longSteps && t.Rows*t.Columns*t.K > callProducts {
		runInSteps(i, t)
		return
	}
	size := unsafe.Sizeof(*new(T))
	var x asm.Tile
	x.N, x.K = t.Columns, t.K
	x.A, x.RS, x.KS = unsafe.Pointer(&t.A.Data[0]), uintptr(t.A.Row)*size, uintptr(t.A.K)*size
	x.B, x.B1, x.BS = unsafe.Pointer(&t.B.Data[0]), uintptr(t.B.Next)*size, uintptr(t.B.Row)*size
	x.Init, x.I1, x.IS = unsafe.Pointer(&t.Init.Data[0]), uintptr(t.Init.Next)*size, uintptr(t.Init.Row)*size
	x.C, x.C1, x.CS = unsafe.Pointer(&t.C.Data[0]), uintptr(t.C.Next)*size, uintptr(t.C.Row)*size
	x.BAhead = uintptr(t.StepsOn) * x.BS
	height := t.Height(i)
	column(&x, height, t.Rows)
	if widest := isa.WidestPanels * view.Panel[T](); t.Rows == 1 && t.Columns >= widest {
		x.Tiles, x.BAhead = t.Columns/widest, uintptr(t.ColumnsOn)*size
	}
	fetched := height // places in C
	var list [MostPrefetches]asm.Prefetch
	if len(t.Prefetch) > 0 {
		for j := range t.Prefetch {
			f := &t.Prefetch[j]
			list[j].D, list[j].D1, list[j].S = unsafe.Pointer(&f.Data[0]), uintptr(f.Next)*size, uintptr(f.Row)*size
			list[j].Rows, list[j].Next = f.Rows, uintptr(f.Step)*size
			fetched += f.Rows
			if j > 0 {
				list[j-1].Then = &list[j]
			}
		}
		x.Prefetch = &list[0]
	}
	if t.Prefetches(i) {
		x.Each = max(1, (t.K-lastSteps)/fetched)
	}
	if t.A.IsInColumns() {
		x.ANext = uintptr(t.A.Next) * size
	}
	if size == 8 {
		run64(i, &x)
	} else {
		run32(i, &x)
	}
}

// column divides so many rows into tiles of a height and a last one of the rest.
func column(x *asm.Tile, height, rows int) {
	x.M, x.Tiles, x.Last, x.Each = height, 1, 0, 1
	if height < rows {
		x.Tiles, x.Last = rows/height, rows%height
		x.ANext, x.INext, x.CNext = x.RS*uintptr(height), x.IS*uintptr(height), x.CS*uintptr(height)
	}
}

// Small computes c = op(a) b if zero says so, else c += op(a) b, from the factors where
// they are. The matrices match, hold their elements and are not empty. [Assembled] holds.
func Small[T view.Float](i isa.ISA, transA bool, a, b, c *view.Matrix[T], zero bool) {
	size := unsafe.Sizeof(*new(T))
	panel := view.Panel[T]()
	m, k, n := c.Rows, b.Rows, c.Cols
	var x asm.Tile
	x.K = k
	x.RS, x.KS = uintptr(a.Stride)*size, size
	if transA {
		x.RS, x.KS = x.KS, x.RS
	}
	x.B1, x.BS = view.Line, uintptr(b.Stride)*size
	x.C1, x.CS = view.Line, uintptr(c.Stride)*size
	x.Init = unsafe.Pointer(&zeros)
	if !zero {
		x.I1, x.IS = x.C1, x.CS
	}
	for col := 0; col < n; col += x.N {
		x.N = i.TileColumns(panel, m, n-col) // 4 panels are as fast as 2 for a transposed A too
		x.A, x.B, x.C = unsafe.Pointer(&a.Data[0]), unsafe.Pointer(&b.Data[col]), unsafe.Pointer(&c.Data[col])
		if !zero {
			x.Init = x.C
		}
		column(&x, view.Evenly(m, i.TileRows(panel, x.N)), m)
		if size == 8 {
			run64(i, &x)
		} else {
			run32(i, &x)
		}
	}
}
