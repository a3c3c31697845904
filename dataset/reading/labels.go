package reading

import (
	"fmt"
	"slices"
)

// maxClasses is as many labels as a byte can tell apart.
const maxClasses = 256

// LabelsOf numbers words, in the order of the words. Numbers from 0 to 255 stay what
// they are, and have no names.
func LabelsOf(words []string) (labels []uint8, classes []string, err error) {
	labels = make([]uint8, len(words))
	plain := true
	for i, w := range words {
		n, ok := smallNumber(w)
		labels[i], plain = n, plain && ok
	}
	if plain {
		return labels, nil, nil
	}
	classes = slices.Compact(slices.Sorted(slices.Values(words)))
	if len(classes) > maxClasses {
		return nil, nil, fmt.Errorf("%d different labels: want at most %d", len(classes), maxClasses)
	}
	for i, w := range words {
		n, _ := slices.BinarySearch(classes, w)
		labels[i] = uint8(n)
	}
	return labels, classes, nil
}

func smallNumber(w string) (uint8, bool) {
	n := 0
	for _, r := range w {
		if r < '0' || r > '9' || n > 255 {
			return 0, false
		}
		n = 10*n + int(r-'0')
	}
	return uint8(n), w != "" && n <= 255
}
