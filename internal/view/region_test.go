package view

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestOverlaps compares with marks of all elements, for matrices and slices within one piece of
// memory.
func TestOverlaps(t *testing.T) {
	memory := make([]float32, 300)
	rng := rand.New(rand.NewPCG(27, 4))
	found := map[bool]int{}
	for range 8000 {
		of := func(stride int) (Matrix[float32], map[int]bool) {
			first, rows := rng.IntN(60), rng.IntN(6)
			m := Matrix[float32]{Rows: rows, Cols: rng.IntN(stride + 1), Stride: stride, Data: memory[first:]}
			marks := map[int]bool{}
			for i := range m.Rows {
				for j := range m.Cols {
					marks[first+i*stride+j] = true
				}
			}
			return m, marks
		}
		strides := [2]int{1 + rng.IntN(12), 1 + rng.IntN(12)}
		if rng.IntN(2) == 0 {
			strides[1] = strides[0]
		}
		a, marksA := of(strides[0])
		b, marksB := of(strides[1])
		want := false
		for at := range marksA {
			want = want || marksB[at]
		}
		found[want]++
		if got, back := a.Region().Overlaps(b.Region()), b.Region().Overlaps(a.Region()); got != want || back != want {
			t.Fatalf("%d x %d, stride %d, and %d x %d, stride %d, %d elements apart: overlap is %v and %v, want %v",
				a.Rows, a.Cols, a.Stride, b.Rows, b.Cols, b.Stride, cap(a.Data)-cap(b.Data), got, back, want)
		}
		if row := a.Rows == 1 && b.Rows == 1; row && (!Apart(a.Data[:a.Cols], b.Data[:b.Cols]) != want && a.Cols > 0 && b.Cols > 0) {
			t.Fatalf("rows of %d and %d: apart is %v", a.Cols, b.Cols, want)
		}
	}
	if found[true] < 1000 || found[false] < 1000 {
		t.Errorf("%v overlap", found)
	}
	x, p := RegionOf(memory[3:10]), Packed[float32]{Rows: 2, Cols: 17, Data: memory[10:80]}
	if x.Overlaps(p.Region()) || !RegionOf(memory[73:]).Overlaps(p.Region()) || RegionOf(memory[74:]).Overlaps(p.Region()) {
		t.Error("a packed matrix lies elsewhere")
	}
	if !x.IsAt(RegionOf(memory[3:10])) || x.IsAt(RegionOf(memory[4:10])) || (Region{}).Overlaps(x) {
		t.Error("a slice is elsewhere")
	}
}

// TestScale: a factor of 0 clears what is no number, in rows of any length.
func TestScale(t *testing.T) {
	const cols = 3<<16 + 5
	nan := float32(math.NaN())
	m := Matrix[float32]{Rows: 2, Cols: cols, Stride: cols + 1, Data: slices.Repeat([]float32{nan}, 2*cols+1)}
	Scale(m, 0)
	for i, x := range m.Data {
		if between := i == cols; between == (x == 0) {
			t.Fatalf("element %d is %v", i, x)
		}
	}
}
