package kernels

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
)

// engines are all implementations: every instruction set on one thread, and the
// best on several.
func engines(tb testing.TB) map[string]*Engine {
	tb.Helper()
	all := map[string]*Engine{}
	for _, isa := range Available() {
		all[isa.String()] = newEngine(tb, WithMaxISA(isa), WithThreads(1))
	}
	for _, threads := range []int{2, 7} {
		all[fmt.Sprintf("%v/threads=%d", Available()[0], threads)] = newEngine(tb, WithMaxISA(Available()[0]), WithThreads(threads))
	}
	return all
}

func newEngine(tb testing.TB, opts ...Option) *Engine {
	tb.Helper()
	e, err := New(opts...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(e.Close)
	return e
}

// panicOf is what f panics with, as text, or empty.
func panicOf(f func()) (reason string) {
	defer func() {
		if r := recover(); r != nil {
			reason = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

// shape is the size of a case: m rows, n columns, k inputs.
type shape struct{ m, n, k int }

// contract is an operation. It makes its operands with d and runs on e; all
// operands, the input too, must then be the same on every engine.
type contract struct {
	run    func(e *Engine, d *data, s shape)
	shapes []shape // beside random ones
	least  shape   // the smallest that is allowed
}

// productShapes are all widths to twice two panels and one more, all heights to
// twice the tallest tile and one more, single rows of twice those widths, and some
// that are large enough for several threads, or have more rows than the buffer.
func productShapes() []shape {
	var s []shape
	for n := range 4*Panel + 2 {
		s = append(s, shape{m: n % (maxTileRows + 1), n: n, k: n % 6}, shape{m: 1, n: 2 * n, k: 1 + n%3})
	}
	for m := range 2*maxTileRows + 2 {
		s = append(s, shape{m: m, n: 19, k: 3})
	}
	return append(s, shape{m: 3, n: 150, k: 33}, shape{m: 33, n: 65, k: 40}, shape{m: 1, n: 3, k: 200}, shape{m: 60, n: 33, k: 100},
		shape{m: 30, n: columnsFrom + 5, k: 9}, shape{m: 34, n: columnsFrom + 5, k: manyInputs + 1}, shape{m: transposedRows, n: columnsFrom, k: 4}, shape{m: transposedRows + 1, n: columnsFrom, k: 4},
		shape{m: transposedRows + 1, n: columnsFrom, k: 3}, shape{m: bufferRows + 3, n: columnsFrom + 40, k: manyInputs},
		shape{m: bufferRows + 3, n: 35, k: 7}, shape{m: bufferRows + 3, n: 3*Panel + 3, k: 7}, shape{m: bufferRows + 3, n: 4*Panel + 3, k: 7})
}

// gemmShapes are also large enough for what Gemm does with large matrices only,
// or with strides of a page, or such that the last block is of a single row, or of
// several blocks of B one below the other, packed, or with few columns or few rows.
func gemmShapes() []shape {
	return append(productShapes(), shape{m: 110, n: 100, k: 101}, shape{m: 300, n: 70, k: 20}, shape{m: 33, n: 130, k: 520}, shape{m: 5, n: 70, k: 1024}, shape{m: 1024, n: 40, k: 6}, shape{m: 9, n: 5000, k: 10}, shape{m: 3, n: 20, k: 1100}, shape{m: 34, n: 130, k: 1100},
		shape{m: 57, n: 100, k: 3}, shape{m: 55, n: 100, k: 3}, shape{m: 34, n: columnsFrom + 10, k: 400}, shape{m: 32, n: 999, k: 40},
		shape{m: manyRows + 1, n: 67, k: 1030}, shape{m: manyRows + 1, n: columnsFrom + 3, k: 210},
		shape{m: mostColumns + 5, n: 1, k: 37}, shape{m: 300, n: 1, k: 3}, shape{m: 100, n: 3, k: 150}, shape{m: mostColumns, n: 4, k: 200},
		shape{m: 2, n: 37, k: 9}, shape{m: 4, n: 50, k: 70}, shape{m: 2, n: 20, k: callElements/16 + 2}, shape{m: 1, n: 20, k: callElements/8 + 3})
}

// tileShapes are all heights to twice the tallest tile and one more for every
// kind of tile, with inner dimensions from 0 on and such as leave some steps before
// the last 16, all widths, and a single row of the widest tiles, one and several.
func tileShapes() []shape {
	var s []shape
	for m := range 2*maxTileRows + 2 {
		for i, n := range []int{7, Panel / 2, 13, Panel, Panel + 1 + m%(Panel-1), 2 * Panel, widerColumns, 2*Panel + 1 + m%(Panel/2), mostColumns} {
			s = append(s, shape{m: m, n: n}, shape{m: m, n: n, k: 1 + (m+i)%3})
		}
		for _, k := range []int{16, 17, 18, 19, 20, 35, 50} {
			s = append(s, shape{m: m, n: Panel, k: k}, shape{m: m, n: 2*Panel - 1 - (m+k)%(Panel-1), k: k}, shape{m: m, n: 2 * Panel, k: k})
		}
		s = append(s, shape{m: m, n: mostColumns, k: 17})
	}
	for n := range 4*Panel + 2 {
		s = append(s, shape{m: 1 + n%maxTileRows, n: n, k: n % 4})
	}
	for k := range 4 {
		s = append(s, shape{m: 1, n: mostColumns + k, k: k}, shape{m: 1, n: 3*mostColumns + k, k: 2 + 5*k})
	}
	return s
}

// flatShapes are some lengths, and such that are long enough for several threads:
// what a thread does with its part is tested below internal/simd.
func flatShapes() []shape {
	s := []shape{{m: 1}, {m: 1, n: 1}, {m: 3, n: 17}, {m: 2, n: 200}, {m: 1, n: 1000}}
	return append(s, shape{m: 9, n: parallelLength/8 + 5}, shape{m: 1, n: parallelLength + 77}, shape{m: 1, n: parallelLength*2 - 1})
}

// contracts are the operations: first the public ones, then, by lower-case
// names, the functions that pick assembly, with operands of more shapes than
// the public ones give them.
var contracts = map[string]contract{}

func init() {
	products, flat := productShapes(), flatShapes()
	withFar := append(productShapes(), farMap)
	for act := range Activation(len(activationNames)) {
		shapes := products
		if act == Softplus {
			shapes = withFar
		}
		contracts["Affine/"+act.String()] = contract{func(e *Engine, d *data, s shape) {
			e.Affine(d.matrix(s.m, s.n), act, d.matrix(s.m, s.k), d.packed(s.k+1, s.n))
		}, shapes, shape{k: 1}}
		contracts["AffineRelax/"+act.String()] = contract{func(e *Engine, d *data, s shape) {
			e.AffineRelax(d.matrix(s.m, s.n), act, d.matrix(s.m, s.k), d.packed(s.k+1, s.n),
				Relaxation{Delta: 0.1, Alpha: 0.3, A: d.matrix(s.m, s.n), G: d.matrix(s.m, s.n)})
		}, shapes, shape{k: 1}}
		contracts["AffineDelta/"+act.String()] = contract{func(e *Engine, d *data, s shape) {
			e.AffineDelta(d.packed(s.m, s.n), d.matrix(s.m, Panel), act, d.matrix(s.m, s.k), d.packed(s.k+1, s.n), d.matrix(s.m, s.n), 0.02)
		}, shapes, shape{k: 1}}
		contracts["Apply/"+act.String()] = contract{func(e *Engine, d *data, s shape) {
			src := d.slice(s.n)
			e.Apply(act, d.slice(s.n), src)
		}, flat, shape{}}
	}
	contracts["AffineRelax/top"] = contract{func(e *Engine, d *data, s shape) {
		e.AffineRelax(d.matrix(s.m, s.n), Sigmoid, d.matrix(s.m, s.k), d.packed(s.k+1, s.n), Relaxation{Delta: 0.1, A: d.matrix(s.m, s.n)})
	}, withFar, shape{k: 1}}
	contracts["AffineDeltaRows"] = contract{func(e *Engine, d *data, s shape) {
		const first = 3
		e.AffineDeltaRows(d.packed(first+s.m, s.n), first, d.matrix(s.m, Panel), Sigmoid, d.matrix(s.m, s.k), d.packed(s.k+1, s.n), d.matrix(s.m, s.n), 0.02)
	}, []shape{{m: 1, n: 1, k: 1}, {m: 5, n: 33, k: 7}, {m: 29, n: 100, k: 130}, farMap}, shape{k: 1}}
	for name, f := range map[string]func(e *Engine, dst, src []float32){"Exp": (*Engine).Exp, "Log": (*Engine).Log} {
		contracts[name] = contract{func(e *Engine, d *data, s shape) {
			src := d.slice(s.n)
			f(e, d.slice(s.n), src)
		}, flat, shape{}}
	}
	contracts["Gradient"] = contract{func(e *Engine, d *data, s shape) {
		e.Gradient(d.packed(s.k+1, s.n), d.matrix(s.m, s.k), d.packed(s.m, s.n))
	}, transposed(products), shape{m: 1, k: 1}}
	for _, c := range []struct {
		transA, transB bool
		alpha, beta    float32
	}{{false, false, 1, 0}, {true, false, 1, 1}, {false, true, 1, 0.5}, {true, true, -0.7, 0}, {true, true, 1, 1}, {false, false, -0.7, 1}, {false, false, 0, 2}, {false, false, 1, 1}} {
		contracts[fmt.Sprintf("Gemm/%+v", c)] = contract{func(e *Engine, d *data, s shape) {
			a, b := shape{m: s.m, n: s.k}, shape{m: s.k, n: s.n}
			if c.transA {
				a.m, a.n = a.n, a.m
			}
			if c.transB {
				b.m, b.n = b.n, b.m
			}
			e.Gemm(c.transA, c.transB, c.alpha, d.matrix(a.m, a.n), d.matrix(b.m, b.n), c.beta, d.matrix(s.m, s.n))
		}, gemmShapes(), shape{}}
	}
	contracts["tile"], contracts["tile/columns"] = tileContract(false), tileContract(true)
	contracts["transpose"] = contract{func(e *Engine, d *data, s shape) {
		rows := min(s.m, transposedRows)
		x, to := d.matrix(transposedRows, s.k), d.matrix(s.k, rows)
		transpose(e.isa, min(s.n, transposedRows-rows), rows, s.k, x.Data, x.Stride, to.Data, to.Stride)
	}, transposeShapes(), shape{m: 1, k: transposedCols}}
	contracts["gemv"] = contract{func(e *Engine, d *data, s shape) {
		vectors, rows, k := 1+s.m%mostVectors, 16*(1+s.n%3), gemvColumns+s.k
		a, x, y := d.matrix(rows, k), d.matrix(k, vectors), d.matrix(vectors, rows)
		gemv(e.isa, vectors, rows, k, a.Data, a.Stride, x.Data, x.Stride, y.Data, y.Stride)
	}, gemvShapes(), shape{}}
	for rule := range Rule(len(ruleNames)) {
		o := Optimizer{Rule: rule, Rate: 0.01, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4}
		contracts["Update/"+rule.String()] = contract{func(e *Engine, d *data, s shape) {
			e.Update(o, 3, d.slice(s.n), d.slice(s.n), d.moments(s.n))
		}, flat, shape{}}
		contracts["GradientStep/"+rule.String()] = contract{func(e *Engine, d *data, s shape) {
			w := d.packed(s.k+1, s.n)
			e.GradientStep(Descent{o, 3, w, d.moments(len(w.Data))}, d.matrix(s.m, s.k), d.packed(s.m, s.n))
		}, append(transposed(products), shape{m: 20, n: 440, k: 600}), shape{m: 1, k: 1}} // the last: more than cachedParameters
	}
	noise := Noise{Seed: 0x0123456789abcdef, Stream: 5, Step: 77}
	contracts["AddGaussian"] = contract{func(e *Engine, d *data, s shape) {
		e.AddGaussian(d.matrix(s.m, s.n), d.matrix(s.m, s.n), 0.3, noise, 11)
	}, flat, shape{}}
	contracts["BernoulliMean"] = contract{func(e *Engine, d *data, s shape) {
		e.BernoulliMean(d.matrix(s.m, s.n), d.fractions(s.m, s.n), 10, noise, 11)
	}, flat, shape{}}
}

// tileContract is that of the micro-kernels, with a left matrix whose elements of a
// column are adjacent or not.
func tileContract(adjacent bool) contract {
	return contract{func(e *Engine, d *data, s shape) {
		w := d.packed(s.k+1, s.n) // one more than s.k, so that there is an address even for 0
		var a operandA
		if adjacent {
			x := d.matrix(s.k+1, s.m)
			a = operandA{data: x.Data, row: 1, k: x.Stride}
		} else {
			x := d.matrix(s.m, s.k+1)
			a = operandA{data: x.Data, row: x.Stride, k: 1}
		}
		from, to := d.matrix(s.m, s.n), d.matrix(s.m, s.n)
		place := func(m Matrix, col int) panels { return panels{m.Data[col:], Panel, m.Stride} }
		for col := 0; col < s.n && s.m > 0; {
			t := tileArgs{rows: s.m, columns: e.isa.tileColumns(s.m, s.n-col), k: s.k, a: a, b: w.from(0, col), init: place(from, col), c: place(to, col)}
			if s.m == 1 && t.columns == mostColumns {
				t.columns, t.onward = alongRow(max(1, s.k), s.n-col), s.k%3*Panel
			}
			t.ahead, t.soon = []ahead{aheadOf(w.from(0, col), 2), aheadOf(w.from(0, col), 3+s.n%40)}, s.k/2%2*soonSteps // fetched and no more
			tileExactly(e.isa, &t)
			col += t.columns
		}
	}, tileShapes(), shape{}}
}

// gemvShapes are all numbers of vectors, with some rows and columns to some lines.
func gemvShapes() []shape {
	var s []shape
	for v := range mostVectors {
		for k := range 40 {
			s = append(s, shape{m: v, n: k, k: k})
		}
	}
	return s
}

// transposeShapes are all numbers of rows and of columns to some quads, rows from
// all places on.
func transposeShapes() []shape {
	var s []shape
	for m := 1; m <= transposedRows; m++ {
		for n := range transposedRows - m + 1 {
			s = append(s, shape{m: m, n: n, k: transposedCols + (7*m+n)%37})
		}
	}
	for k := range 40 {
		s = append(s, shape{m: transposedRows, k: transposedCols + k}) // all rows, which AVX2 has a kernel for
	}
	return s
}

// farMap is a map whose weights and results are more than nearFloats, so that its tiles fetch
// the rows of their epilogue, the last ones of a whole tile.
var farMap = shape{m: 34, n: 448, k: 600}

// transposed are the shapes with inputs for rows, since those are the rows of a
// gradient.
func transposed(shapes []shape) []shape {
	var s []shape
	for _, x := range shapes {
		s = append(s, shape{m: x.k, n: x.n, k: x.m})
	}
	return s
}

// atLeast is s with no size below the least.
func (c contract) atLeast(s shape) shape {
	return shape{m: max(s.m, c.least.m), n: max(s.n, c.least.n), k: max(s.k, c.least.k)}
}

// TestContract runs every operation with every implementation and compares
// bits with plain Go. Each shape is laid against the protected page before it
// and against that behind it, and in all alignments to the page in turn; every
// second case has special values.
func TestContract(t *testing.T) {
	all, arena := engines(t), newArena(t)
	for _, name := range slices.Sorted(maps.Keys(contracts)) {
		c := contracts[name]
		t.Run(name, func(t *testing.T) {
			for i, s := range c.shapes {
				pads := []int{0, 5, 1, Panel}
				for variant, l := range []layout{
					{atEnd: false}, {atEnd: true}, {atEnd: true, offset: i % Panel}, {atEnd: false, offset: (i + 7) % Panel},
				} {
					slow := s.m*s.n*s.k > 1<<24
					large := s.n > 1000 || slow
					if large && variant > 0 || testing.Short() && (!large && variant != i%4 || slow || s.m*s.n > 4*parallelLength) {
						continue
					}
					l.pad = pads[(i/2+variant)%len(pads)]
					c.check(t, all, arena, c.atLeast(s), l, func() func() float32 { return randomValues(uint64(i), (i/3+variant)%2 == 1) })
				}
			}
		})
	}
}

// check runs one case on all engines. values makes the values of the operands,
// the same at each call.
func (c contract) check(t *testing.T, engines map[string]*Engine, arena *arena, s shape, l layout, values func() func() float32) {
	t.Helper()
	run := func(e *Engine) { c.run(e, &data{arena, l, values()}, s) }
	run(engines[Generic.String()])
	want := arena.results()
	if !arena.release() {
		t.Fatalf("shape %+v, layout %+v: plain Go writes outside of its operands", s, l)
	}
	for name, e := range engines {
		if name == Generic.String() {
			continue
		}
		run(e)
		i, j, found := arena.differs(want)
		if found {
			got := arena.used[i].region[arena.used[i].first+j]
			t.Errorf("%s, shape %+v, layout %+v: operand %d[%d] = %x, plain Go %x",
				name, s, l, i, j, math.Float32bits(got), math.Float32bits(want[i][j]))
		}
		if !arena.release() {
			t.Errorf("%s, shape %+v, layout %+v: writes outside of its operands", name, s, l)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}
