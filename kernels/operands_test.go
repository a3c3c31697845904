package kernels

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/f32"
)

// layout says where in guarded memory the operands of a case lie.
type layout struct {
	atEnd  bool // they end before a protected page, and do not begin behind one
	offset int  // floats between the page and the first operand; the next operands have other offsets
	pad    int  // floats between the rows of a matrix
}

// arena is guarded memory for operands. It is used again for the next case: to
// map it takes longer than most cases.
type arena struct {
	tb   testing.TB
	free map[int][][]float32 // by length
	used []operand
}

// operand is a slice of a region. The region's other floats are canaries: what
// is written outside an operand hits either a protected page or one of them,
// and what is read there is NaN.
type operand struct {
	region      []float32
	first, last int
}

func newArena(tb testing.TB) *arena { return &arena{tb: tb, free: map[int][][]float32{}} }

// canary is a NaN that no kernel makes.
const canary = 0x7fa5c3b1

func fillCanaries(region []float32) {
	for i := range region {
		region[i] = math.Float32frombits(canary)
	}
}

// slice is n floats, uninitialised.
func (a *arena) slice(n int, l layout) []float32 {
	offset := (l.offset + 5*len(a.used)) % Panel
	if l.offset == 0 {
		offset = 0 // all operands touch their protected pages
	}
	size := max(1, roundUp(n+offset, os.Getpagesize()/4))
	var region []float32
	if regions := a.free[size]; len(regions) > 0 {
		region = regions[len(regions)-1]
		a.free[size] = regions[:len(regions)-1]
	} else {
		region = guarded(a.tb, size, true)
		fillCanaries(region)
	}
	first := offset
	if l.atEnd {
		first = size - offset - n
	}
	a.used = append(a.used, operand{region, first, first + n})
	return region[first : first+n : first+n]
}

// results is a copy of all operands in the order in which they were made.
func (a *arena) results() [][]float32 {
	var all [][]float32
	for _, o := range a.used {
		all = append(all, append([]float32(nil), o.region[o.first:o.last]...))
	}
	return all
}

// differs tells where the operands are not want: the first operand and its
// element.
func (a *arena) differs(want [][]float32) (operand, element int, found bool) {
	for i, o := range a.used {
		for j, x := range o.region[o.first:o.last] {
			if !sameBits(x, want[i][j]) {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// release takes the operands back. It returns false if something was written
// outside of one.
func (a *arena) release() bool {
	intact := true
	for _, o := range a.used {
		for _, outside := range [][]float32{o.region[:o.first], o.region[o.last:]} {
			for i, x := range outside {
				if math.Float32bits(x) != canary {
					intact = false
					outside[i] = math.Float32frombits(canary)
				}
			}
		}
		fillCanaries(o.region[o.first:o.last])
		a.free[len(o.region)] = append(a.free[len(o.region)], o.region)
	}
	a.used = a.used[:0]
	return intact
}

// data makes the operands of one case, the same for every engine.
type data struct {
	arena  *arena
	layout layout
	value  func() float32
}

// specialValues are where the functions bend and where IEEE 754 has rules of
// its own.
var specialValues = []float32{
	float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), 0, float32(math.Copysign(0, -1)),
	math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32, 0x1p-127, -0x1p-126, math.MaxFloat32, -math.MaxFloat32,
	88.8, 89.5, -87.4, -103.9, -104.5, 0.625, -0.625, 0x1p-24, 1,
}

// randomValues are numbers of several orders of magnitude, every fourth, if
// wanted, a special one.
func randomValues(seed uint64, specials bool) func() float32 {
	rng := rand.New(rand.NewPCG(seed, 0))
	return func() float32 {
		if specials && rng.IntN(4) == 0 {
			return specialValues[rng.IntN(len(specialValues))]
		}
		return float32(rng.NormFloat64() * math.Exp2(float64(rng.IntN(8)-4)))
	}
}

func (d *data) slice(n int) []float32 {
	s := d.arena.slice(n, d.layout)
	for i := range s {
		s[i] = d.value()
	}
	return s
}

func (d *data) matrix(rows, cols int) Matrix {
	stride, n := cols, 0
	if d.layout.pad > 0 && cols > 0 {
		stride += d.layout.pad + len(d.arena.used)%4 // no two neighbours have one stride
	}
	if rows > 0 {
		n = (rows-1)*stride + cols
	}
	return Matrix{Rows: rows, Cols: cols, Data: d.slice(n), Stride: stride}
}

func (d *data) packed(rows, cols int) Packed {
	p := Packed{Rows: rows, Cols: cols}
	p.Data = d.arena.slice(rows*p.Panels()*Panel, d.layout)
	clear(p.Data)
	p.Pack(0, d.matrix(rows, cols))
	return p
}

// fractions is a matrix of numbers in [0, 1]; NaN stay.
func (d *data) fractions(rows, cols int) Matrix {
	m := d.matrix(rows, cols)
	for i, x := range m.Data {
		m.Data[i] = x - float32(math.Floor(float64(x)))
	}
	return m
}

// moments are such that no mean of squares is negative or less than the mean
// squared.
func (d *data) moments(n int) Moments {
	m := Moments{Mean: d.slice(n), Square: d.slice(n), Velocity: d.slice(n)}
	for i, x := range m.Mean {
		m.Square[i] = float32(x*x) + f32.Abs(m.Square[i])
	}
	return m
}

// sameBits compares bits; one NaN is as good as another.
func sameBits(a, b float32) bool {
	return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b
}
