//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func activate(isa ISA, act Activation, rows, n int, in, out block) {
	x, y := &in.data[0], &out.data[0]
	xs, ys := in.stride, out.stride
	switch isa {
	case AVX512:
		switch act {
		case Identity:
			f32.IdentityAVX512(rows, n, x, xs, y, ys)
		case Softplus:
			f32.SoftplusAVX512(rows, n, x, xs, y, ys)
		case Sigmoid:
			f32.SigmoidAVX512(rows, n, x, xs, y, ys)
		case ReLU:
			f32.ReLUAVX512(rows, n, x, xs, y, ys)
		case Tanh:
			f32.TanhAVX512(rows, n, x, xs, y, ys)
		}
	case AVX2:
		switch act {
		case Identity:
			f32.IdentityAVX2(rows, n, x, xs, y, ys)
		case Softplus:
			f32.SoftplusAVX2(rows, n, x, xs, y, ys)
		case Sigmoid:
			f32.SigmoidAVX2(rows, n, x, xs, y, ys)
		case ReLU:
			f32.ReLUAVX2(rows, n, x, xs, y, ys)
		case Tanh:
			f32.TanhAVX2(rows, n, x, xs, y, ys)
		}
	default:
		activateGeneric(act, rows, n, in, out)
	}
}

func relax(isa ISA, act Activation, rows, n int, z, a, g, h block, delta, alpha float32) {
	z0, a0, g0, h0 := &z.data[0], &a.data[0], &g.data[0], &h.data[0]
	zs, as, gs, hs := z.stride, a.stride, g.stride, h.stride
	switch isa {
	case AVX512:
		switch act {
		case Identity:
			f32.RelaxIdentityAVX512(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		case Softplus:
			f32.RelaxSoftplusAVX512(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		case Sigmoid:
			f32.RelaxSigmoidAVX512(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		case ReLU:
			f32.RelaxReLUAVX512(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		case Tanh:
			f32.RelaxTanhAVX512(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		}
	case AVX2:
		switch act {
		case Identity:
			f32.RelaxIdentityAVX2(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		case Softplus:
			f32.RelaxSoftplusAVX2(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		case Sigmoid:
			f32.RelaxSigmoidAVX2(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		case ReLU:
			f32.RelaxReLUAVX2(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		case Tanh:
			f32.RelaxTanhAVX2(rows, n, z0, zs, a0, as, g0, gs, h0, hs, delta, alpha)
		}
	default:
		relaxGeneric(act, rows, n, z, a, g, h, delta, alpha)
	}
}

func delta(isa ISA, act Activation, rows, n int, z, t, d, loss block, scale float32) {
	z0, t0, d0, l0 := &z.data[0], &t.data[0], &d.data[0], &loss.data[0]
	zs, ts, ds, ls := z.stride, t.stride, d.stride, loss.stride
	switch isa {
	case AVX512:
		switch act {
		case Identity:
			f32.DeltaIdentityAVX512(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		case Softplus:
			f32.DeltaSoftplusAVX512(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		case Sigmoid:
			f32.DeltaSigmoidAVX512(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		case ReLU:
			f32.DeltaReLUAVX512(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		case Tanh:
			f32.DeltaTanhAVX512(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		}
	case AVX2:
		switch act {
		case Identity:
			f32.DeltaIdentityAVX2(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		case Softplus:
			f32.DeltaSoftplusAVX2(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		case Sigmoid:
			f32.DeltaSigmoidAVX2(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		case ReLU:
			f32.DeltaReLUAVX2(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		case Tanh:
			f32.DeltaTanhAVX2(rows, n, z0, zs, t0, ts, d0, ds, l0, ls, scale)
		}
	default:
		deltaGeneric(act, rows, n, z, t, d, loss, scale)
	}
}
