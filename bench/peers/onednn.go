//go:build peers && cgo

package peers

import "github.com/targetprop/targetprop/bench/internal/onednn"

// onednnPeer is oneDNN: dnnl_sgemm, a matrix product with bias and activation fused into
// it on weights in oneDNN's own layout, and elementwise primitives.
func onednnPeer() Peer {
	threads := 1
	var ops eltwiseCache
	f := func(fn onednn.Func) Elementwise {
		return func(dst, src []float32) { ops.get(fn, threads, len(dst)).Run(dst, src) }
	}
	product := func(transA bool) Product {
		return Looped(func(times, m, n, k int, a, b, c []float32) {
			onednn.Sgemm(threads, transA, times, m, n, k, a, b, c)
		})
	}
	return Peer{
		Name:    "oneDNN",
		Detail:  onednn.Version() + ", " + onednn.ISA(),
		Sgemm:   product(false),
		SgemmTN: product(true),
		Affine: func(m, n, k int, w, bias []float32, act Activation) (*Affine, error) {
			op, err := onednn.NewAffine(threads, m, n, k, w, bias, onednnActivation[act])
			if err != nil {
				return nil, err
			}
			return &Affine{Kernel: op.Kernel, Run: op.Run, Close: op.Close}, nil
		},
		Exp:        f(onednn.Exp),
		Log:        f(onednn.Log),
		Tanh:       f(onednn.Tanh),
		Sigmoid:    f(onednn.Sigmoid),
		Softplus:   f(onednn.Softplus),
		SetThreads: func(n int) { threads = n },
	}
}

var onednnActivation = [...]onednn.Func{Identity: onednn.Identity, Softplus: onednn.Softplus, Sigmoid: onednn.Sigmoid}

// eltwiseCache holds the primitive that was used last: a measurement repeats one.
type eltwiseCache struct {
	fn         onednn.Func
	threads, n int
	op         *onednn.Op
}

func (c *eltwiseCache) get(fn onednn.Func, threads, n int) *onednn.Op {
	if c.op != nil && c.fn == fn && c.threads == threads && c.n == n {
		return c.op
	}
	if c.op != nil {
		c.op.Close()
	}
	op, err := onednn.NewEltwise(threads, n, fn)
	if err != nil {
		panic(err)
	}
	*c = eltwiseCache{fn, threads, n, op}
	return op
}
