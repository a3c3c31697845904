package vector

import (
	"math"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// exhaustive makes the long tests visit all 2^32 arguments and not a sample.
func exhaustive() bool { return os.Getenv("TARGETPROP_EXHAUSTIVE") == "1" }

// elementwise are the functions of one number as kernels that map over them,
// in every kernel that has instructions of its own for them: alone, in a
// relaxation that steps from 0 to the value, in the delta of a target of 0,
// which is the value times its slope, and in the way back of a delta of 1. There are twice as many zeros as arguments.
var elementwise = map[string]func(i isa.ISA, dst, src, zeros []float32){
	"exp": func(i isa.ISA, dst, src, _ []float32) { Exp(i, dst, src) },
	"log": func(i isa.ISA, dst, src, _ []float32) { Log(i, dst, src) },
}

func init() {
	row := func(x []float32) view.Block[float32] { return view.Block[float32]{Data: x, Stride: len(x)} }
	for act := range Activation(Activations) {
		elementwise[name(act)] = func(i isa.ISA, dst, src, _ []float32) {
			Activate(i, act, 1, len(src), row(src), row(dst))
		}
		elementwise["relax/"+name(act)] = func(i isa.ISA, dst, src, zeros []float32) {
			clear(dst)
			Relax(i, act, 1, len(src), row(src), row(zeros), row(zeros), row(dst), -1, 0)
		}
		elementwise["delta/"+name(act)] = func(i isa.ISA, dst, src, zeros []float32) {
			target, loss := zeros[:len(src)], zeros[len(src):]
			Delta(i, act, 1, len(src), row(src), row(target), row(dst), row(loss), 1)
			clear(loss)
		}
		elementwise["slope/"+name(act)] = func(i isa.ISA, dst, src, _ []float32) {
			for j := range dst {
				dst[j] = 1
			}
			Slope(i, act, 1, len(src), row(dst), row(src), row(dst))
		}
	}
}

// seams are the arguments around which a function takes another way: where exp
// and log round to another power of two, and tanh and the slope of softplus change from
// their polynomials. Each is there for every lane of a vector.
func seams() []float32 {
	near := uint32(4)
	if testing.Short() {
		near = 1
	}
	var xs []float32
	around := func(x float64) {
		bits := math.Float32bits(float32(x))
		for u := bits - near; u <= bits+near; u++ {
			for lane := range 2 * 16 {
				xs = append(xs, math.Float32frombits(u^uint32(lane/16)<<31))
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
	around(f32.TanhSeam)
	around(f32.SlopeSeam)
	return xs
}

// compareDefinition compares f on src with its definition, bit by bit, for every
// instruction set.
func compareDefinition(t *testing.T, f func(i isa.ISA, dst, src, zeros []float32), src, want, got, zeros []float32) {
	t.Helper()
	f(isa.Generic, want, src, zeros)
	for _, i := range isa.Available() {
		f(i, got, src, zeros)
		for j, x := range src {
			if !contract.SameBits(got[j], want[j]) {
				t.Errorf("%v: f(%x) = %x, by definition %x", i, x, got[j], want[j])
				return
			}
		}
	}
}

// sweep is the bit patterns from first to last - 1 in steps.
type sweep struct{ first, last, step uint64 }

// sweeps are the arguments of TestExhaustive: all of them, or a sample spread evenly
// over the bit patterns and denser ones where a last bit shows most: of a polynomial from
// 1/4 to 4 and below 0, of ln 2 from -4 to -128, where e^z is all that is left of most
// functions, of the last coefficient of tanh, which counts for some, from 1/2 to 5/8.
func sweeps() []sweep {
	const all, positive, negative, below, octave = 1 << 32, 0x3e800000, 0xbe800000, 0xc0800000, 1 << 23
	const half, fiveEighths = 0x3f000000, 0x3f200000
	even, dense, middle, seam := uint64(4099), uint64(61), uint64(251), uint64(1)
	switch {
	case exhaustive():
		return []sweep{{0, all, 1}}
	case testing.Short():
		even, dense, middle, seam = 65537, 2053, 8191, 127
	}
	return []sweep{
		{0, all, even}, {positive, positive + 4*octave, dense}, {negative, negative + 4*octave, dense},
		{below, below + 5*octave, middle}, {half, fiveEighths, seam},
	}
}

// TestExhaustive compares the elementwise functions of every instruction set
// with their definitions, at their seams and on the sweeps.
func TestExhaustive(t *testing.T) {
	for name, f := range elementwise {
		t.Run(name, func(t *testing.T) {
			xs := seams()
			want, got, zeros := make([]float32, len(xs)), make([]float32, len(xs)), make([]float32, 2*len(xs))
			compareDefinition(t, f, xs, want, got, zeros)
			const few = 15 // a vector and the rest of a row
			for xs := range slices.Chunk(xs, few) {
				n := len(xs)
				compareDefinition(t, f, xs, want[:n], got[:n], zeros[:2*n])
			}
			for _, s := range sweeps() {
				s.compare(t, f)
			}
		})
	}
}

// compare divides the sweep between threads.
func (s sweep) compare(t *testing.T, f func(i isa.ISA, dst, src, zeros []float32)) {
	const chunk = 1 << 12
	var next atomic.Uint64
	var wait sync.WaitGroup
	defer wait.Wait()
	work := func() {
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
	}
	for range runtime.GOMAXPROCS(0) {
		wait.Go(work)
	}
}
