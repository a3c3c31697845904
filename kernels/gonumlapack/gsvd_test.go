package gonumlapack_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// TestGSVD: small integers make every combination of ranks.
func TestGSVD(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 1500 {
		m, p, n := rng.IntN(6), rng.IntN(6), rng.IntN(6)
		checkAll(t, "few numbers", few(rng, m, n), few(rng, p, n), [2]float64{1, 1})
	}
}

// few are numbers from -1 to 1.
func few(rng *rand.Rand, rows, cols int) matrix {
	x := random(rng, rows, cols)
	for i := range rows {
		for j := range cols {
			x.data[i*x.stride+j] = float64(rng.IntN(3) - 1)
		}
	}
	return x
}

// deficient are matrices of small integers whose ranks are those of data: classes as columns of 0
// and 1, repeated rows and columns, products of narrow matrices.
var deficient = map[string]func(rng *rand.Rand, rows, cols int) matrix{
	"few numbers": few,
	"no numbers":  func(rng *rand.Rand, rows, cols int) matrix { return scaled(random(rng, rows, cols), 0) },
	"classes": func(rng *rand.Rand, rows, cols int) matrix {
		x := scaled(random(rng, rows, cols), 0)
		for i := range rows {
			x.data[i*x.stride+rng.IntN(1+cols/2)] = 1
			x.data[i*x.stride+cols/2+rng.IntN(cols-cols/2)] = 1
		}
		return x
	},
	"repeated rows": func(rng *rand.Rand, rows, cols int) matrix {
		x := few(rng, rows, cols)
		for i := 7; i < rows; i++ {
			copy(x.data[i*x.stride:i*x.stride+cols], x.data[rng.IntN(7)*x.stride:])
		}
		return x
	},
	"repeated columns": func(rng *rand.Rand, rows, cols int) matrix {
		x := few(rng, rows, cols)
		for j := 9; j < cols; j++ {
			from := rng.IntN(9)
			for i := range rows {
				x.data[i*x.stride+j] = x.data[i*x.stride+from]
			}
		}
		return x
	},
	"products": func(rng *rand.Rand, rows, cols int) matrix {
		x, narrow := random(rng, rows, cols), 1+min(rows, cols)/3
		z := times(blas.NoTrans, few(rng, rows, narrow).general(), few(rng, narrow, cols).general())
		for i := range rows {
			copy(x.data[i*x.stride:i*x.stride+cols], z.Data[i*cols:])
		}
		return x
	},
}

// TestGSVDOfDeficientRank: larger ones, on both sides of the sizes at which blocks are used.
func TestGSVDOfDeficientRank(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	shapes := [][3]int{{12, 9, 10}, {20, 31, 40}, {70, 20, 35}, {18, 90, 41}}
	if !testing.Short() {
		shapes = append(shapes, [][3]int{{200, 15, 170}, {15, 200, 170}, {60, 70, 65}}...)
	}
	for _, shape := range shapes {
		for nameA, kindA := range deficient {
			for nameB, kindB := range deficient {
				if shape[2] > 41 && rng.IntN(3) > 0 {
					continue
				}
				a, b := kindA(rng, shape[0], shape[2]), kindB(rng, shape[1], shape[2])
				checkAll(t, nameA+" and "+nameB, a, b, [2]float64{1, 1})
			}
			a := kindA(rng, shape[0], shape[2])
			checkAll(t, nameA+" twice", a, a.clone(), [2]float64{1, 1})
		}
	}
}

// TestGSVDOfOneNumber: of a matrix whose elements are all the same, noise of noise is left until it
// underflows. It does not rotate the other.
func TestGSVDOfOneNumber(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	for range 12 {
		n := 40 + rng.IntN(50)
		ones, other := scaled(random(rng, n, n), 0), few(rng, n-rng.IntN(30), n)
		for i := range n {
			for j := range n {
				ones.data[i*ones.stride+j] = 1
				if i < other.rows && rng.IntN(2) == 0 {
					other.data[i*other.stride+j] = 0
				}
			}
		}
		checkAll(t, "one number and few", ones, other, [2]float64{0.1, 1})
		checkAll(t, "few numbers and one", other, ones, [2]float64{1, 0.1})
	}
}

// TestGSVDFarFromOne: numbers whose products overflow or underflow.
func TestGSVDFarFromOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	for name, kind := range deficient {
		none := deficient["no numbers"](rng, 9, 10)
		for _, by := range [][2]float64{{0x1p700, 0x1p700}, {0x1p-700, 0x1p-700}, {0x1p1000, 0x1p1000}, {0x1p1018, 0x1p600}, {0x1p-1000, 0x1p-600}, {0x1p400, 0x1p-400}, {0x1p-300, 0x1p300}} {
			checkAll(t, name, kind(rng, 12, 10), kind(rng, 9, 10), by)
			checkAll(t, name+" and nothing", kind(rng, 12, 10), none, by)
			checkAll(t, "nothing and "+name, none, kind(rng, 12, 10), by)
		}
		// A factor for both changes R alone, and not even its rounding.
		a, b := kind(rng, 12, 10), kind(rng, 9, 10)
		want := decompose(t, a, b, 7, -1)
		_, largest := math.Frexp(max(1, ours.Dlange(lapack.MaxAbs, 12, 10, a.data, a.stride, nil), ours.Dlange(lapack.MaxAbs, 9, 10, b.data, b.stride, nil)))
		for _, by := range []float64{0x1p-1074, 0x1p-1060, 0x1p800, math.Ldexp(1, 1024-largest)} {
			got := decompose(t, scaled(a.clone(), by), scaled(b.clone(), by), 7, -1)
			if !got.ok || got.k != want.k || got.l != want.l || !slices.Equal(got.alpha, want.alpha) || !slices.Equal(got.beta, want.beta) || !slices.Equal(got.q.data, want.q.data) ||
				!slices.Equal(got.a.data, scaled(want.a.clone(), by).data) || !slices.Equal(got.b.data, scaled(want.b.clone(), by).data) {
				t.Errorf("%s at %g: %v, ranks %d and %d, %v, want %d and %d, %v", name, by, got.ok, got.k, got.l, got.alpha, want.k, want.l, want.alpha)
			}
		}
		// So far apart that quotients underflow: the ranks are those of each.
		got := decompose(t, scaled(a.clone(), 0x1p1020), scaled(b.clone(), 0x1p-520), 7, -1)
		if !got.ok || got.k != want.k || got.l != want.l {
			t.Errorf("%s far apart: %v, ranks %d and %d, want %d and %d", name, got.ok, got.k, got.l, want.k, want.l)
		}
	}
}

// TestGSVDNotFinite: such matrices have no decomposition.
func TestGSVDNotFinite(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, n := range []int{1, 2, 9, 40} {
			for which := range 2 {
				x := [2]matrix{few(rng, 7, n), few(rng, 8, n)}
				x[which].data[rng.IntN(7)*x[which].stride+rng.IntN(n)] = bad
				if d := decompose(t, x[0], x[1], 7, -1); d.ok {
					t.Errorf("matrix %d of %d columns with %v is decomposed", which, n, bad)
				}
			}
		}
	}
}

// TestGSVDPanics: wrong arguments get gonum's words.
func TestGSVDPanics(t *testing.T) {
	x, n := make([]float64, 500), make([]int, 12)
	// 9 x 12 and 10 x 12 numbers, before one argument is spoiled
	type call struct {
		jobU, jobV, jobQ                 lapack.GSVDJob
		m, n, p                          int
		a, b, alpha, beta, u, v, q, work []float64
		lda, ldb, ldu, ldv, ldq, lwork   int
		iwork                            []int
	}
	for name, spoil := range map[string]func(c *call){
		"job U": func(c *call) { c.jobU = 'x' }, "job V": func(c *call) { c.jobV = lapack.GSVDU }, "job Q": func(c *call) { c.jobQ = 0 },
		"m": func(c *call) { c.m = -1 }, "n": func(c *call) { c.n = -1 }, "p": func(c *call) { c.p = -1 },
		"a": func(c *call) { c.a = x[:107] }, "b": func(c *call) { c.b = x[:119] }, "alpha": func(c *call) { c.alpha = x[:11] }, "beta": func(c *call) { c.beta = x[:13] },
		"u": func(c *call) { c.u = x[:80] }, "v": func(c *call) { c.v = nil }, "q": func(c *call) { c.q = x[:143] },
		"lda": func(c *call) { c.lda = 11 }, "ldb": func(c *call) { c.ldb = 0 }, "ldu": func(c *call) { c.ldu = 8 }, "ldv": func(c *call) { c.ldv = 9 }, "ldq": func(c *call) { c.ldq = 11 },
		"no U":  func(c *call) { c.jobU, c.ldu = lapack.GSVDNone, 0 },
		"iwork": func(c *call) { c.iwork = n[:11] }, "work": func(c *call) { c.work = x[:399] }, "lwork": func(c *call) { c.lwork = 12 }, "lwork 0": func(c *call) { c.lwork = 0 }, "lwork -2": func(c *call) { c.lwork = -2 },
		"query stride": func(c *call) { c.lwork, c.lda = -1, 11 }, "query work": func(c *call) { c.lwork, c.work = -1, nil }, "query iwork": func(c *call) { c.lwork, c.iwork = -1, nil },
		"no columns": func(c *call) { c.n, c.lda = 0, 0 },
	} {
		c := call{lapack.GSVDU, lapack.GSVDV, lapack.GSVDQ, 9, 12, 10, x, x, x[:12], x[:12], x, x, x, x, 12, 12, 9, 10, 12, 400, n}
		spoil(&c)
		run := func(l lapack.Float64) {
			l.Dggsvd3(c.jobU, c.jobV, c.jobQ, c.m, c.n, c.p, c.a, c.lda, c.b, c.ldb, c.alpha, c.beta, c.u, c.ldu, c.v, c.ldv, c.q, c.ldq, c.work, c.lwork, c.iwork)
		}
		if got, want := panicOf(run, ours), panicOf(run, theirs); want == nil || got != want {
			t.Errorf("%s: %v, gonum %v", name, got, want)
		}
	}
	// Gonum takes it for a query of its own, and gives no decomposition.
	short := func(l lapack.Float64) {
		l.Dggsvd3(lapack.GSVDNone, lapack.GSVDNone, lapack.GSVDNone, 9, 12, 10, x, 12, x, 12, x[:12], x[:12], nil, 1, nil, 1, nil, 1, x, 11, n)
	}
	if got, want := panicOf(short, ours), "lapack: insufficient declared workspace length"; got != want {
		t.Errorf("lwork of n-1: %v, want %q", got, want)
	}
}

// TestGSVDWithoutColumns: there is nothing to do, in as little memory, for as many rows as there may be.
func TestGSVDWithoutColumns(t *testing.T) {
	const rows = math.MaxInt >> 8
	none, work := lapack.GSVDNone, make([]float64, 100)
	if k, l, ok := ours.Dggsvd3(none, none, lapack.GSVDNone, rows, 0, rows, nil, 1, nil, 1, nil, nil, nil, 1, nil, 1, nil, 1, work, 100, nil); k != 0 || l != 0 || !ok {
		t.Errorf("ranks %d and %d, %v", k, l, ok)
	}
	v := make([]float64, 9)
	if _, _, ok := ours.Dggsvd3(none, lapack.GSVDV, none, 0, 0, 3, nil, 1, nil, 1, nil, nil, nil, 1, v, 3, nil, 1, work[:1], 1, nil); !ok || !slices.Equal(v, []float64{1, 0, 0, 0, 1, 0, 0, 0, 1}) {
		t.Errorf("V is %v, %v", v, ok)
	}
}
