package kernels

import (
	"math"
	"os"
	"sync/atomic"
	"testing"
)

// exhaustive makes the long tests visit all 2^32 arguments and not a sample.
func exhaustive() bool { return os.Getenv("TARGETPROP_EXHAUSTIVE") == "1" }

// elementwise are the functions of one number as kernels that map over them,
// in every kernel that has instructions of its own for them: alone, in a
// relaxation that steps from 0 to the value, and in the delta of a target of 0,
// which is the value times its slope. There are twice as many zeros as arguments.
var elementwise = map[string]func(isa ISA, dst, src, zeros []float32){
	"exp": func(isa ISA, dst, src, _ []float32) { exp(isa, dst, src) },
	"log": func(isa ISA, dst, src, _ []float32) { log(isa, dst, src) },
}

func init() {
	row := func(x []float32) block { return block{x, len(x)} }
	for act := range Activation(len(activationNames)) {
		elementwise[act.String()] = func(isa ISA, dst, src, _ []float32) {
			activate(isa, act, 1, len(src), row(src), row(dst))
		}
		elementwise["relax/"+act.String()] = func(isa ISA, dst, src, zeros []float32) {
			clear(dst)
			relax(isa, act, 1, len(src), row(src), row(zeros), row(zeros), row(dst), -1, 0)
		}
		elementwise["delta/"+act.String()] = func(isa ISA, dst, src, zeros []float32) {
			target, loss := zeros[:len(src)], zeros[len(src):]
			delta(isa, act, 1, len(src), row(src), row(target), row(dst), row(loss), 1)
			clear(loss)
		}
	}
}

// seams are the arguments around which a function takes another way: where exp
// and log round to another power of two, and tanh changes from its polynomial.
// Each is there for every lane of a vector.
func seams() []float32 {
	near := uint32(4)
	if testing.Short() {
		near = 1
	}
	var xs []float32
	around := func(x float64) {
		bits := math.Float32bits(float32(x))
		for u := bits - near; u <= bits+near; u++ {
			for lane := range 2 * Panel {
				xs = append(xs, math.Float32frombits(u^uint32(lane/Panel)<<31))
			}
		}
	}
	for n := range 152 {
		around((float64(n) + 0.5) * math.Ln2)
		around((float64(n) + 0.5) * math.Ln2 / 2)
	}
	for k := -126; k < 128; k++ {
		around(math.Ldexp(math.Sqrt2, k))
	}
	around(tanhSmall)
	return xs
}

// compareDefinition compares f on src with plain Go, bit by bit, for every
// instruction set.
func compareDefinition(t *testing.T, f func(isa ISA, dst, src, zeros []float32), src, want, got, zeros []float32) bool {
	t.Helper()
	f(Generic, want, src, zeros)
	for _, isa := range Available() {
		f(isa, got, src, zeros)
		for i, x := range src {
			if !sameBits(got[i], want[i]) {
				t.Errorf("%v: f(%x) = %x, plain Go %x", isa, x, got[i], want[i])
				return false
			}
		}
	}
	return true
}

// TestExhaustive compares the elementwise functions of every instruction set
// with their definitions, at their seams and on a sample spread evenly over the
// bit patterns, or on all of them.
func TestExhaustive(t *testing.T) {
	const (
		arguments = 1 << 32
		chunk     = 1 << 12
	)
	step := uint64(4099)
	if testing.Short() {
		step = 65537
	}
	if exhaustive() {
		step = 1
	}
	for name, f := range elementwise {
		t.Run(name, func(t *testing.T) {
			xs := seams()
			compareDefinition(t, f, xs, make([]float32, len(xs)), make([]float32, len(xs)), make([]float32, 2*len(xs)))
			var next atomic.Uint64
			var failed atomic.Bool
			e := newEngine(t)
			e.Each(e.Threads(), func(int) {
				src, want, got, zeros := make([]float32, chunk), make([]float32, chunk), make([]float32, chunk), make([]float32, 2*chunk)
				for first := next.Add(chunk) - chunk; first*step < arguments && !failed.Load(); first = next.Add(chunk) - chunk {
					for i := range src {
						src[i] = math.Float32frombits(uint32((first + uint64(i)) * step))
					}
					if !compareDefinition(t, f, src, want, got, zeros) {
						failed.Store(true)
					}
				}
			})
		})
	}
}
