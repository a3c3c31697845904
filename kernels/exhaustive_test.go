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
func compareDefinition(t *testing.T, f func(isa ISA, dst, src, zeros []float32), src, want, got, zeros []float32) {
	t.Helper()
	f(Generic, want, src, zeros)
	for _, isa := range Available() {
		f(isa, got, src, zeros)
		for i, x := range src {
			if !sameBits(got[i], want[i]) {
				t.Errorf("%v: f(%x) = %x, plain Go %x", isa, x, got[i], want[i])
				return
			}
		}
	}
}

// sweep is the bit patterns from first to last - 1 in steps.
type sweep struct{ first, last, step uint64 }

// sweeps are the arguments of TestExhaustive: all of them, or a sample spread
// evenly over the bit patterns, a denser one where a last bit of a polynomial
// shows most, from 1/4 to 4 and below 0, and all from 1/2 to 5/8, where the last
// coefficient of tanh counts for some.
func sweeps() []sweep {
	const all, positive, negative, octaves = 1 << 32, 0x3e800000, 0xbe800000, 4 << 23
	const half, fiveEighths = 0x3f000000, 0x3f200000
	even, dense, seam := uint64(4099), uint64(61), uint64(1)
	switch {
	case exhaustive():
		return []sweep{{0, all, 1}}
	case testing.Short():
		even, dense, seam = 65537, 2053, 127
	}
	return []sweep{{0, all, even}, {positive, positive + octaves, dense}, {negative, negative + octaves, dense}, {half, fiveEighths, seam}}
}

// TestExhaustive compares the elementwise functions of every instruction set
// with their definitions, at their seams and on the sweeps.
func TestExhaustive(t *testing.T) {
	for name, f := range elementwise {
		t.Run(name, func(t *testing.T) {
			xs := seams()
			compareDefinition(t, f, xs, make([]float32, len(xs)), make([]float32, len(xs)), make([]float32, 2*len(xs)))
			for _, s := range sweeps() {
				s.compare(t, f)
			}
		})
	}
}

// compare divides the sweep between threads.
func (s sweep) compare(t *testing.T, f func(isa ISA, dst, src, zeros []float32)) {
	const chunk = 1 << 12
	var next atomic.Uint64
	e := newEngine(t)
	e.Each(e.Threads(), func(int) {
		src, want, got, zeros := make([]float32, chunk), make([]float32, chunk), make([]float32, chunk), make([]float32, 2*chunk)
		for {
			u := s.first + (next.Add(chunk)-chunk)*s.step
			if u >= s.last || t.Failed() {
				return
			}
			for i := range src {
				src[i] = math.Float32frombits(uint32(u + uint64(i)*s.step))
			}
			compareDefinition(t, f, src, want, got, zeros)
		}
	})
}
