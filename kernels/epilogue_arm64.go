//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func activate(isa ISA, act Activation, rows, n int, in, out block) {
	if isa != NEON {
		activateGeneric(act, rows, n, in, out)
		return
	}
	x, y := &in.data[0], &out.data[0]
	xs, ys := in.stride, out.stride
	switch act {
	case Identity:
		f32.IdentityNEON(rows, n, x, xs, y, ys)
	case Softplus:
		f32.SoftplusNEON(rows, n, x, xs, y, ys)
	case Sigmoid:
		f32.SigmoidNEON(rows, n, x, xs, y, ys)
	case ReLU:
		f32.ReLUNEON(rows, n, x, xs, y, ys)
	case Tanh:
		f32.TanhNEON(rows, n, x, xs, y, ys)
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
		f32.RelaxIdentityNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
	case Softplus:
		f32.RelaxSoftplusNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
	case Sigmoid:
		f32.RelaxSigmoidNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
	case ReLU:
		f32.RelaxReLUNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
	case Tanh:
		f32.RelaxTanhNEON(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
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
		f32.DeltaIdentityNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	case Softplus:
		f32.DeltaSoftplusNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	case Sigmoid:
		f32.DeltaSigmoidNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	case ReLU:
		f32.DeltaReLUNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	case Tanh:
		f32.DeltaTanhNEON(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
	}
}
