package reading

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
)

// TestSplitThatCannotBe: the split is blamed and not the number of examples, and the set stays as it was.
func TestSplitThatCannotBe(t *testing.T) {
	set := dataset.Set{Train: dataset.Images{Height: 1, Width: 2, Pixels: make([]uint8, 200)}}
	if _, err := (Split{Train: 1e-300, Valid: 1, Test: 1}).Complete(&set); err == nil || !strings.Contains(err.Error(), "leaves too few of 100 examples to train on") {
		t.Errorf("error %v", err)
	}
	if set.Train.Len() != 100 || set.Valid.Len()+set.Test.Len() != 0 {
		t.Errorf("parts of %d, %d and %d are left", set.Train.Len(), set.Valid.Len(), set.Test.Len())
	}
	set.Train.Labels = make([]uint8, 7)
	if _, err := (Split{}).Complete(&set); err == nil || !strings.Contains(err.Error(), "7 labels of 100") {
		t.Errorf("error %v", err)
	}
	if name := Part(7).Name(); name != "Part(7)" {
		t.Errorf("the name %q", name)
	}
}
