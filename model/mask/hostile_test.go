package mask

import (
	"math"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
)

// TestSizes: masks that no memory holds are refused before it is asked for.
func TestSizes(t *testing.T) {
	for _, n := range []int{math.MaxInt, math.MaxInt/2 + 1, 1 << 30, -1} {
		if _, err := Random(n, n, 0.5, 1); err == nil {
			t.Errorf("%d masks of %d pixels: no error", n, n)
		}
		if _, err := RandomSquares(2, n, n, 1, 1); err == nil {
			t.Errorf("masks of %d x %d pixels: no error", n, n)
		}
	}
	for name, call := range map[string]func(){
		"Half":            func() { Half(math.MaxInt, math.MaxInt, Left) },
		"half of nothing": func() { Half(-1, -1, Top) },
		"CentredSquare":   func() { CentredSquare(1<<20, 1<<20, 5) },
		"OfChannels":      func() { OfChannels([]Mask{make(Mask, 3)}, math.MaxInt) },
	} {
		if reason := caught.Panic(call); !strings.HasPrefix(reason, "model: a mask of") {
			t.Errorf("%s: panic %q", name, reason)
		}
	}
	for _, size := range []int{0, -1, math.MinInt / 2, math.MinInt + 1, math.MinInt} {
		if missing := CentredSquare(4, 4, size).Missing(); missing != 0 {
			t.Errorf("a square of %d misses %d pixels", size, missing)
		}
	}
	if reason := caught.Panic(func() { Half(3, 3, 9) }); !strings.Contains(reason, "unknown half Side(9)") {
		t.Errorf("an unknown half: panic %q", reason)
	}
}

func TestHostileUse(t *testing.T) {
	nan := kernels.NewMatrix(2, 3)
	nan.Row(1)[2] = float32(math.NaN())
	hidden := Mask{false, false, true}
	if err := Check([]Mask{hidden}, nan); err != nil {
		t.Errorf("NaN where a pixel is missing: %v", err)
	}
	if err := Check([]Mask{hidden, {true, false, false}}, nan); err == nil || !strings.Contains(err.Error(), "pixel 2 of image 1 is NaN") {
		t.Errorf("NaN where it is not: %v", err)
	}
	if err := Check([]Mask{hidden}, kernels.Matrix{Rows: -1, Cols: 3, Stride: 3}); err == nil {
		t.Error("-1 images: no error")
	}
	for want, call := range map[string]func(){
		"mask 0 of 0":                      func() { Of(nil, 0) },
		"mask -1 of 2":                     func() { Of(make([]Mask, 2), -1) },
		"mask of 3 pixels for images of 2": func() { hidden.Overwrite(make([]float32, 2), make([]float32, 3)) },
	} {
		if reason := caught.Panic(call); !strings.Contains(reason, want) {
			t.Errorf("panic %q, want %q", reason, want)
		}
	}
}

// TestTooManyMasks: what does not fit in memory is refused before it is begun.
func TestTooManyMasks(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(64 << 20))
	if _, err := Random(1<<24, 1, 0.5, 1); err == nil {
		t.Error("masks of a pixel: no error")
	}
	if _, err := RandomSquares(1<<20, 10, 10, 1, 1); err == nil {
		t.Error("masks of 100 pixels: no error")
	}
}
