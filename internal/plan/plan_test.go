package plan

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// TestDecisions holds decisions for products that stand in the benchmark, each with what
// it is an example of.
func TestDecisions(t *testing.T) {
	const size = 4
	for _, test := range []struct {
		what    string
		problem Problem
		want    string
	}{
		{"few columns", Problem{ISA: isa.AVX512, Threads: 1, M: 4096, K: 4096, N: 1, StrideA: 4096, StrideB: 1, StrideC: 1}, "transposed"},
		{"their transpose", Problem{ISA: isa.AVX512, Threads: 1, M: 1, K: 4096, N: 4096, TransB: true, StrideA: 4096, StrideB: 4096, StrideC: 4096}, "vectors, one thread"},
		{"a square that the caches hold", Problem{ISA: isa.AVX512, Threads: 1, M: 256, K: 256, N: 256, StrideA: 256, StrideB: 256, StrideC: 256},
			"blocks, one thread, A in place, B in place in 256 x 256, 108 rows at a time down, B fetched 8 steps ahead"},
		{"one that they do not", Problem{ISA: isa.AVX512, Threads: 2, M: 2048, K: 2048, N: 2048, StrideA: 2048, StrideB: 2048, StrideC: 2048},
			"blocks, threads by rows, A in columns of 14 rows, B packed in 1024 x 2048, 112 rows at a time down, B fetched 16 steps ahead"},
		{"the same with AVX2", Problem{ISA: isa.AVX2, Threads: 2, M: 2048, K: 2048, N: 2048, StrideA: 2048, StrideB: 2048, StrideC: 2048},
			"blocks, threads by rows, A copied, B packed in 1024 x 2048, 54 rows at a time down, B fetched 16 steps ahead"},
		{"short chains", Problem{ISA: isa.AVX512, Threads: 1, M: 1000, K: 16, N: 1000, StrideA: 16, StrideB: 1000, StrideC: 1000},
			"blocks, one thread, A in place, B packed in 16 x 1024, 24 rows at a time along"},
		{"the same on a core that crosses pages", Problem{ISA: isa.AVX512, Threads: 1, M: 1000, K: 16, N: 1000, StrideA: 16, StrideB: 1000, StrideC: 1000, CrossesPages: true},
			"blocks, one thread, A in place, B packed in 16 x 1024, 108 rows at a time down"},
		{"a step of LAPACK", Problem{ISA: isa.AVX2, Threads: 1, Negated: true, M: 2000, K: 64, N: 64, StrideA: 2064, StrideB: 2064, StrideC: 2064},
			"blocks, one thread, A in place, B packed with its sign turned in 64 x 64, 222 rows at a time down"},
		{"its rows", Problem{ISA: isa.AVX2, Threads: 1, Negated: true, M: 64, K: 64, N: 2000, StrideA: 2064, StrideB: 2064, StrideC: 2064},
			"blocks, one thread, A copied, B in place in 64 x 2048, 222 rows at a time down"},
		{"ragged rows", Problem{ISA: isa.AVX2, Threads: 1, M: 500, K: 64, N: 500, StrideA: 64, StrideB: 500, StrideC: 500},
			"blocks, one thread, A in place, B packed in 64 x 512, 222 rows at a time down"},
		{"a single row", Problem{ISA: isa.AVX2, Threads: 1, M: 1, K: 4096, N: 4096, StrideA: 4096, StrideB: 4096, StrideC: 4096},
			"blocks, one thread, A in place, B in place in 16 x 2048, 222 rows at a time down, B fetched 128 columns ahead"},
	} {
		p := test.problem
		p.Size = size
		if got := OfGemm(&p).String(); got != test.want {
			t.Errorf("%s: %s\nwant %s", test.what, got, test.want)
		}
	}
}

// TestSlow: what takes longer says why, and what to change.
func TestSlow(t *testing.T) {
	fast := Problem{ISA: isa.AVX2, Size: 4, Threads: 1, M: 300, K: 300, N: 300, StrideA: 304, StrideB: 304, StrideC: 304}
	for what, test := range map[string]struct {
		change func(p *Problem) (beta float64)
		want   string
	}{
		"nothing":           {func(*Problem) float64 { return 1 }, ""},
		"an alpha":          {func(p *Problem) float64 { p.Scaled = true; return 0 }, "alpha"},
		"a beta":            {func(*Problem) float64 { return 0.5 }, "beta"},
		"no assembly":       {func(p *Problem) float64 { p.ISA = isa.Generic; return 0 }, "plain Go"},
		"a transposed B":    {func(p *Problem) float64 { p.TransB = true; return 0 }, "transposed"},
		"pages":             {func(p *Problem) float64 { p.StrideA = 1024; return 0 }, "pages"},
		"columns and alpha": {func(p *Problem) float64 { p.N, p.Scaled = 2, true; return 0 }, "few columns"},
	} {
		p := fast
		beta := test.change(&p)
		if got := strings.Join(p.Slow(beta), "\n"); (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", what, got, test.want)
		}
	}
}

// TestBatch checks that batches fit, and end with a part of a tile only where whole ones
// would not fit.
func TestBatch(t *testing.T) {
	for _, i := range isa.All {
		for _, panel := range []int{8, 16} {
			for _, columns := range []int{panel / 2, panel, 2 * panel, isa.WidestPanels * panel} {
				height := i.TileRows(panel, columns)
				for n := 1; n <= 4*isa.CallRows; n++ {
					size := Batch(i, panel, n, columns)
					if size < 1 || size > min(n, isa.CallRows) {
						t.Fatalf("%v: a batch of %d of %d rows", i, size, n)
					}
					if whole := size == n || size%height == 0; !whole && view.RoundUp(size, height) <= isa.CallRows {
						t.Errorf("%v: a batch of %d of %d rows ends with a part of a tile of %d", i, size, n, height)
					}
				}
			}
		}
	}
}
