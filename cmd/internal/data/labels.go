package data

import (
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/dataset"
)

// Classes is the number of classes of a set: one more than the largest label. It
// fails unless all images have labels and there is something to tell apart.
func Classes(source string, set dataset.Set) (int, error) {
	most := 0
	for _, part := range []struct {
		name   string
		images dataset.Images
	}{{"training", set.Train}, {"validation", set.Valid}, {"test", set.Test}} {
		if part.images.Len() == 0 || len(part.images.Labels) != part.images.Len() {
			return 0, fmt.Errorf("%s has %d labels for %d %s images: want at least one image, and a label for each; images without labels are for train --task generate",
				source, len(part.images.Labels), part.images.Len(), part.name)
		}
		most = max(most, int(slices.Max(part.images.Labels)))
	}
	if slices.Min(set.Train.Labels) == slices.Max(set.Train.Labels) {
		return 0, fmt.Errorf("%s: all %d training images have the label %d: want two classes or more; images without labels are for train --task generate",
			source, set.Train.Len(), set.Train.Labels[0])
	}
	return most + 1, nil
}
