package mask_test

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/model/mask"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	caught.InWords(t, map[string]any{
		"OfChannels": mask.OfChannels, "Check": mask.Check, "Of": mask.Of, "Random": mask.Random, "ParseSide": mask.ParseSide, "Half": mask.Half, "CentredSquare": mask.CentredSquare,
		"RandomSquares": mask.RandomSquares,
	}, make(mask.Mask, 6), []mask.Mask{make(mask.Mask, 6)}, mask.Left)
}
