package stdp

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	s := Default()
	s.Trials = 100
	caught.InWords(t, map[string]any{"Default": Default, "Simulate": Simulate}, s)
}
