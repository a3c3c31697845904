//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

func activate(isa ISA, act Activation, rows, n int, in, out block) {
	if isa != NEON {
		activateGeneric(act, rows, n, in, out)
		return
	}
	x, y := &in.data[0], &out.data[0]
	xs, ys := in.stride, out.stride
	switch act {
	case Identity:
		asm.IdentityNEON(rows, n, x, xs, y, ys)
	case Softplus:
		asm.SoftplusNEON(rows, n, x, xs, y, ys)
	case Sigmoid:
		asm.SigmoidNEON(rows, n, x, xs, y, ys)
	case ReLU:
		asm.ReLUNEON(rows, n, x, xs, y, ys)
	case Tanh:
		asm.TanhNEON(rows, n, x, xs, y, ys)
	}
}

func relax(isa ISA, act Activation, rows, n int, z, a, g, h block, delta, alpha float32) {
	if isa != NEON {
		relaxGeneric(act, rows, n, z, a, g, h, delta, alpha)
		return
	}
	z0, a0, g0, h0 := &z.data[0], &a.data[0], &g.data[0], &h.data[0]
	zs, as, gs, hs := z.stride, a.stride, g.stride, h.stride
	switch act {
	case Identity:
		asm.RelaxIdentityNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
	case Softplus:
		asm.RelaxSoftplusNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
	case Sigmoid:
		asm.RelaxSigmoidNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
	case ReLU:
		asm.RelaxReLUNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
	case Tanh:
		asm.RelaxTanhNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
	}
}

func delta(isa ISA, act Activation, rows, n int, z, t, d, loss block, scale float32) {
	if isa != NEON {
		deltaGeneric(act, rows, n, z, t, d, loss, scale)
		return
	}
	z0, t0, d0, l0 := &z.data[0], &t.data[0], &d.data[0], &loss.data[0]
	zs, ts, ds, ls := z.stride, t.stride, d.stride, loss.stride
	switch act {
	case Identity:
		asm.DeltaIdentityNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	case Softplus:
		asm.DeltaSoftplusNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	case Sigmoid:
		asm.DeltaSigmoidNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	case ReLU:
		asm.DeltaReLUNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	case Tanh:
		asm.DeltaTanhNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	}
}
