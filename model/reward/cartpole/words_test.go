package cartpole

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	caught.InWords(t, map[string]any{}, &CartPole{})
}
