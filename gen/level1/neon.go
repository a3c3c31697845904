package level1

import (
	"github.com/targetprop/targetprop/gen/arm64"
	"github.com/targetprop/targetprop/gen/lane"
)

// blockBytes is what NEON's kernels change at a time.
const blockBytes = unroll * lane.NEONBytes

// NEON writes the kernels for NEON, on whole blocks of 64 bytes.
func NEON(file *arm64.File, size int) {
	neonScale(file, size)
	neonRotate(file, size)
	neonAxpy(file, size)
	neonPairwise(file, size)
}

// vectors are the offsets of the vectors of a block.
var vectors = []int{0, lane.NEONBytes, 2 * lane.NEONBytes, 3 * lane.NEONBytes}

func neonScale(file *arm64.File, size int) {
	f := lane.BeginNEON(file, size, "Scale", "func(blocks int, alpha, x *T)", "multiplies blocks, at least one, by the number at alpha.")
	blocks, x, alpha := f.NewParam("blocks"), f.NewParam("x"), f.Everywhere(f.NewParam("alpha"))
	f.Blocks(blocks, blockBytes, []arm64.GP{x}, func() {
		for _, at := range vectors {
			f.Store(f.Op(f.FMUL, f.Load(x, at), alpha), x, at)
		}
	})
	f.Return()
}

func neonAxpy(file *arm64.File, size int) {
	f := lane.BeginNEON(file, size, "Axpy", "func(blocks int, alpha, x, y *T)",
		"adds multiples of blocks, at least one, by the number at alpha and fused multiply-adds.")
	blocks, x, y, alpha := f.NewParam("blocks"), f.NewParam("x"), f.NewParam("y"), f.Everywhere(f.NewParam("alpha"))
	f.Blocks(blocks, blockBytes, []arm64.GP{x, y}, func() {
		for _, at := range vectors {
			sum := f.Load(y, at)
			f.OpTo(sum, f.FMLA, f.Load(x, at), alpha)
			f.Store(sum, y, at)
		}
	})
	f.Return()
}

func neonRotate(file *arm64.File, size int) {
	f := lane.BeginNEON(file, size, "Rotate", "func(blocks int, x, y, xx, xy, yx, yy *T)",
		"multiplies the pairs of blocks, at least one, by a matrix of the numbers there: x' = xx*x + xy*y and", "y' = yx*x + yy*y, where the product with the other vector is rounded and the one with the vector itself is not.")
	blocks, x, y := f.NewParam("blocks"), f.NewParam("x"), f.NewParam("y")
	var h [4]*arm64.V
	for i, name := range []string{"xx", "xy", "yx", "yy"} {
		h[i] = f.Everywhere(f.NewParam(name))
	}
	f.Blocks(blocks, blockBytes, []arm64.GP{x, y}, func() {
		for _, at := range vectors {
			v, w := f.Load(x, at), f.Load(y, at)
			r, s := f.Op(f.FMUL, w, h[1]), f.Op(f.FMUL, v, h[2])
			f.OpTo(r, f.FMLA, v, h[0])
			f.OpTo(s, f.FMLA, w, h[3])
			f.Store(r, x, at)
			f.Store(s, y, at)
		}
	})
	f.Return()
}

// neonPairwise makes one vector of two, as pairwise does.
func neonPairwise(file *arm64.File, size int) {
	for _, k := range []struct {
		name, sign string
		op         func(f *lane.NEON) *arm64.Op
	}{
		{"Add", "+", func(f *lane.NEON) *arm64.Op { return f.FADD }},
		{"Sub", "-", func(f *lane.NEON) *arm64.Op { return f.FSUB }},
		{"Mul", "*", func(f *lane.NEON) *arm64.Op { return f.FMUL }},
	} {
		f := lane.BeginNEON(file, size, k.name, "func(blocks int, x, y, dst *T)", "writes dst[i] = x[i] "+k.sign+" y[i] for blocks, at least one; dst may be x or y.")
		blocks, x, y, dst := f.NewParam("blocks"), f.NewParam("x"), f.NewParam("y"), f.NewParam("dst")
		f.Blocks(blocks, blockBytes, []arm64.GP{x, y, dst}, func() {
			for _, at := range vectors {
				f.Store(f.Op(k.op(f), f.Load(x, at), f.Load(y, at)), dst, at)
			}
		})
		f.Return()
	}
}
