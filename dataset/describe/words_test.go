package describe

import (
	"testing"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/caught"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	for _, images := range []dataset.Images{
		{Height: 2, Width: 3, Pixels: make([]uint8, 18), Labels: make([]uint8, 3)},
		{Height: 1, Width: 6, Numbers: make([]float32, 18)},
		{Height: 2, Width: 3, Pixels: make([]uint8, 17), Labels: make([]uint8, 1)},
		{Height: -2, Width: 3, Pixels: make([]uint8, 18)},
		{Height: 1, Width: 6, Stored: &dataset.Stored{}},
	} {
		caught.InWords(t, map[string]any{"Of": Of, "Spread": Spread}, dataset.Set{Train: images, Valid: images, Test: images}, images)
	}
}
