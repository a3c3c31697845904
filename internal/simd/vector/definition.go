package vector

import (
	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/view"
)

// defineActivate defines [Activate].
func defineActivate(act Activation, rows, n int, in, out view.Block[float32]) {
	for i := range rows {
		src, dst := row(in, i, n), row(out, i, n)
		for j, z := range src {
			dst[j] = act.Value(z)
		}
	}
}

// defineRelax defines [Relax].
func defineRelax(act Activation, rows, n int, z, a, g, h view.Block[float32], delta, alpha float32) {
	for i := range rows {
		zs, as, gs, hs := row(z, i, n), row(a, i, n), row(g, i, n), row(h, i, n)
		for j, h := range hs {
			next := f32.FMA(delta, as[j]-act.Value(zs[j]), h)
			hs[j] = f32.FMA(alpha, gs[j]-h, next)
		}
	}
}

// defineDelta defines [Delta].
func defineDelta(act Activation, rows, n int, z, t, d, loss view.Block[float32], scale float32) {
	for i := range rows {
		zs, ts, ds, ls := row(z, i, n), row(t, i, n), row(d, i, n), row(loss, i, n)
		for j, z := range zs {
			value, slope := act.Slope(z)
			err := value - ts[j]
			ds[j] = float32(err*scale) * slope
			ls[j] = f32.FMA(err, err, ls[j])
		}
	}
}

// defineSlope defines [Slope].
func defineSlope(act Activation, rows, n int, z, h, d view.Block[float32]) {
	for i := range rows {
		zs, hs, ds := row(z, i, n), row(h, i, n), row(d, i, n)
		for j, z := range zs {
			ds[j] = z * act.SlopeAt(hs[j])
		}
	}
}

// defineMap defines [Exp] and [Log].
func defineMap(f func(float32) float32, dst, src []float32) {
	for i, x := range src {
		dst[i] = f(x)
	}
}

// row is the first n elements of row i.
func row(b view.Block[float32], i, n int) []float32 { return b.Data[i*b.Stride:][:n] }
