package rstdp

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	s := Default()
	s.Runs, s.Trials, s.Block = 1, 2, 1
	caught.InWords(t, map[string]any{"Default": Default, "Mean": Mean, "Simulate": Simulate}, s)
}
