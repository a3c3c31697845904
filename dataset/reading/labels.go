package reading

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxClasses is as many labels as a byte can tell apart.
const maxClasses = 256

// LabelsOf numbers words, in the order of the words. Numbers from 0 to 255 stay what
// they are, and have no names.
func LabelsOf(words []string) (labels []uint8, classes []string, err error) {
	if err := oneWay(words); err != nil {
		return nil, nil, err
	}
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

// oneWay fails if two words are the same number: 7, 07 and 7.00 may be one class, or three. It fails
// too if they are the same text in two forms of Unicode, which nobody can tell apart.
func oneWay(words []string) error {
	seen, of, text := map[string]bool{}, map[float64]string{}, map[string]string{}
	for _, w := range words {
		if seen[w] {
			continue
		}
		seen[w] = true
		if other, ok := text[norm.NFC.String(w)]; ok {
			return fmt.Errorf("the labels %+q and %+q are the same text in two forms of Unicode: want it written in one way if they are one class", other, w)
		}
		text[norm.NFC.String(w)] = w
		if strings.Trim(w, "+-.0123456789") != "" {
			continue
		}
		x, err := strconv.ParseFloat(w, 64)
		if err != nil {
			continue
		}
		if other, ok := of[x]; ok {
			return fmt.Errorf("the labels %q and %q are the same number: want it written in one way if they are one class, or words if they are not", other, w)
		}
		of[x] = w
	}
	return nil
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
