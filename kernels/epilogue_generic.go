//go:build (!amd64 && !arm64) || purego

package kernels

func activate(_ ISA, act Activation, rows, n int, in, out block) {
	activateGeneric(act, rows, n, in, out)
}

func relax(_ ISA, act Activation, rows, n int, z, a, g, h block, delta, alpha float32) {
	relaxGeneric(act, rows, n, z, a, g, h, delta, alpha)
}

func delta(_ ISA, act Activation, rows, n int, z, t, d, loss block, scale float32) {
	deltaGeneric(act, rows, n, z, t, d, loss, scale)
}
