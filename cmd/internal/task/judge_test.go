package task

import (
	"slices"
	"testing"

	"github.com/targetprop/targetprop/dataset"
)

// TestGuesses: as well as naming the commonest of the classes always, and what may be that by
// chance, is a guess.
func TestGuesses(t *testing.T) {
	labels := slices.Concat(slices.Repeat([]uint8{0}, 40), slices.Repeat([]uint8{1}, 30), slices.Repeat([]uint8{2}, 30))
	for accuracy, want := range map[float64]bool{0: true, 0.4: true, 0.54: true, 0.55: false, 1: false} { // 0.4 +- 3 x 0.049
		j := judge{set: dataset.Set{Valid: dataset.Images{Labels: labels}}, valid: accuracy}
		if got := j.Guesses(); got != want {
			t.Errorf("accuracy %v: %v, want %v", accuracy, got, want)
		}
	}
}
