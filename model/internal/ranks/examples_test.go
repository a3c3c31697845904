package ranks

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// TestExamplesDoNotOverlap fills every part with numbers of its own, by all
// ranks, and finds them again.
func TestExamplesDoNotOverlap(t *testing.T) {
	maps := []kernels.Packed{kernels.NewPacked(31, 21), kernels.NewPacked(22, 30), kernels.NewPacked(2, 1)}
	for _, size := range []int{1, 2, 3, 7} {
		x := NewExamples(5, size, maps)
		x.Use(make([]float32, x.Numbers(9)), size-1)
		n := float32(0)
		parts := func(visit func(p *float32)) {
			for r := range size {
				for m, w := range maps {
					in, d, l := x.Input(r, m), x.Delta(r, m), x.Loss(r, m)
					if in.Cols != w.Rows-1 || d.Cols != w.Cols || in.Rows != d.Rows || in.Rows != l.Rows {
						t.Fatalf("shapes %d x %d, %d x %d", in.Rows, in.Cols, d.Rows, d.Cols)
					}
					for _, data := range [][]float32{in.Data, d.Data, l.Data} {
						for i := range data {
							n++
							visit(&data[i])
						}
					}
				}
			}
		}
		parts(func(p *float32) { *p = n })
		total := int(n)
		n = 0
		parts(func(p *float32) {
			if *p != n {
				t.Fatalf("%d ranks: element %v has %v", size, n, *p)
			}
		})
		if total+size*head != len(x.data) {
			t.Errorf("%d ranks: %d elements in parts, %d in all", size, total, len(x.data))
		}
	}
}

// TestCopyPanels interleaves the rows of two blocks.
func TestCopyPanels(t *testing.T) {
	dst := kernels.NewPacked(5, 40)
	for first, rows := range map[int]int{0: 2, 2: 3} {
		src := kernels.NewPacked(rows, 40)
		for i := range rows {
			for j := range 40 {
				src.Data[src.Index(i, j)] = float32(100*(first+i) + j)
			}
		}
		CopyPanels(dst, first, src, 1, 3)
	}
	for i := range 5 {
		for j := range 40 {
			want := float32(100*i + j)
			if j < 16 {
				want = 0 // of a panel that was left out
			}
			if got := dst.Data[dst.Index(i, j)]; got != want {
				t.Errorf("element %d, %d is %v, want %v", i, j, got, want)
			}
		}
	}
}
