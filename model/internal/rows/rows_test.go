package rows

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

func TestChunksCoverAllRows(t *testing.T) {
	for n, want := range map[int][]int{0: nil, 1: {0, 1}, 4: {0, 4}, 9: {0, 4, 4, 8, 8, 9}} {
		var got, done []int
		err := Chunks(t.Context(), n, 4, func(d int) { done = append(done, d) }, func(lo, hi int) error {
			got = append(got, lo, hi)
			return nil
		})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%d rows: chunks %v, error %v, want %v", n, got, err, want)
		}
		for i, d := range done {
			if d != want[2*i+1] || len(done) != len(want)/2 {
				t.Errorf("%d rows: progress %v", n, done)
			}
		}
	}
	if err := Chunks(t.Context(), 3, 2, nil, func(lo, hi int) error { return nil }); err != nil {
		t.Error(err)
	}
}

func TestChunksStop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	visits := 0
	err := Chunks(ctx, 10, 2, nil, func(lo, hi int) error {
		visits++
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || visits != 1 {
		t.Errorf("%d visits and error %v, want 1 and Canceled", visits, err)
	}
	failure := errors.New("failure")
	err = Chunks(t.Context(), 10, 2, func(int) { t.Error("progress after a failure") }, func(lo, hi int) error { return failure })
	if err != failure {
		t.Errorf("error %v, want that of visit", err)
	}
}

// numbers are examples whose first number is their own.
type numbers struct{}

func (numbers) Read(i int, dst []float32) { dst[0] = float32(i) }

func TestReadAndCopy(t *testing.T) {
	m := Of(2, 3, make([]float32, 6))
	Read(m, numbers{}, 5)
	if want := []float32{5, 0, 0, 6, 0, 0}; !slices.Equal(m.Data, want) {
		t.Errorf("read %v, want %v", m.Data, want)
	}
	dst := kernels.NewMatrix(4, 3)
	Copy(dst, 1, m)
	for i, want := range []float32{0, 5, 6, 0} {
		if dst.Row(i)[0] != want {
			t.Errorf("row %d begins with %v, want %v", i, dst.Row(i)[0], want)
		}
	}
}
