package sum

import (
	"github.com/targetprop/targetprop/gen/arm64"
	"github.com/targetprop/targetprop/gen/lane"
)

// NEON writes the kernels for NEON: they add whole blocks of lanes to lanes in memory.
func NEON(file *arm64.File, size int) {
	neonDot(file, size, "Dot", bytes)
	neonDot(file, size, "Row", rowBytes)

	f := lane.BeginNEON(file, size, "Asum", "func(blocks int, x, lanes *T)",
		"adds blocks, at least one, of absolute values to 256 bytes of lanes.")
	blocks, x := f.NewParam("blocks"), f.NewParam("x")
	withLanes(f, bytes, func(acc []*arm64.V) {
		f.Blocks(blocks, bytes, []arm64.GP{x}, func() {
			for v := range acc {
				f.OpTo(acc[v], f.FADD, f.Op(f.FABS, f.Load(x, v*lane.NEONBytes)))
			}
		})
	})
}

// neonDot writes a function that adds products.
func neonDot(file *arm64.File, size int, name string, bytes int) {
	f := lane.BeginNEON(file, size, name, "func(blocks int, x, y, lanes *T)",
		"adds blocks, at least one, of products to lanes, by fused multiply-adds: 256 bytes of", "them for Dot, 128 for Row.")
	blocks, x, y := f.NewParam("blocks"), f.NewParam("x"), f.NewParam("y")
	withLanes(f, bytes, func(acc []*arm64.V) {
		f.Blocks(blocks, bytes, []arm64.GP{x, y}, func() {
			for v := range acc {
				f.OpTo(acc[v], f.FMLA, f.Load(x, v*lane.NEONBytes), f.Load(y, v*lane.NEONBytes))
			}
		})
	})
}

// withLanes loads the lanes, and stores them after do.
func withLanes(f *lane.NEON, bytes int, do func(acc []*arm64.V)) {
	lanes := f.NewParam("lanes")
	acc := make([]*arm64.V, bytes/lane.NEONBytes)
	for v := range acc {
		acc[v] = f.Load(lanes, v*lane.NEONBytes)
	}
	do(acc)
	for v := range acc {
		f.Store(acc[v], lanes, v*lane.NEONBytes)
	}
	f.Return()
}
