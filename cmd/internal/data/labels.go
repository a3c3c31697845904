package data

import (
	"fmt"
	"slices"
	"strconv"

	"golang.org/x/text/unicode/norm"

	"github.com/targetprop/targetprop/dataset"
)

// Classes is the number of classes of a set: one more than the largest label. It
// fails unless all images have labels, and there is something to tell apart that can be learned.
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
	learned := seen(set.Train)
	for _, part := range []dataset.Images{set.Valid, set.Test} {
		if !slices.ContainsFunc(part.Labels, func(l uint8) bool { return learned[l] }) {
			return 0, fmt.Errorf("%s: no training image is of a class that validation or test images have (%s): want the same classes, numbered alike", source, ClassName(set.Classes, int(part.Labels[0])))
		}
	}
	return most + 1, nil
}

// EveryClass is Classes of a set whose training images are of all of them.
func EveryClass(source string, set dataset.Set) (int, error) {
	classes, err := Classes(source, set)
	if err != nil {
		return 0, err
	}
	learned := seen(set.Train)
	for c := range classes {
		if !learned[c] {
			return 0, fmt.Errorf("%s has no training image of class %d, and labels up to %d: want an image of each class", source, c, classes-1)
		}
	}
	return classes, nil
}

// Unlearned says which classes validation and test images have and no training image, or "".
func Unlearned(set dataset.Set) string {
	learned, other := seen(set.Train), seen(set.Valid, set.Test)
	var names []string
	for label := range other {
		if other[label] && !learned[label] {
			names = append(names, ClassName(set.Classes, label))
		}
	}
	if names == nil {
		return ""
	}
	return "validation or test images are of classes that no training image has, so that no model can tell them: " + List(names)
}

// seen tells which labels images have.
func seen(parts ...dataset.Images) (is [256]bool) {
	for _, part := range parts {
		for _, label := range part.Labels {
			is[label] = true
		}
	}
	return is
}

// ClassName is the name of a label: that of the set, or else its number.
func ClassName(names []string, label int) string {
	if label < len(names) {
		return names[label]
	}
	return strconv.Itoa(label)
}

// MatchLabels numbers labels of a set as a model does whose classes have these names. It fails if it
// knows no class of a name. nil is a model that says nothing of its classes: labels stay.
func MatchLabels(set dataset.Set, labels []uint8, names []string) ([]uint8, error) {
	set.Classes = asNoted(set.Classes)
	if names == nil || slices.Equal(set.Classes, names) {
		return labels, nil
	}
	to := map[uint8]uint8{}
	labels = slices.Clone(labels) // the set's own stay
	for i, label := range labels {
		known, ok := to[label]
		if !ok {
			name := ClassName(set.Classes, int(label))
			n := ClassNamed(names, name)
			if n < 0 {
				return nil, fmt.Errorf("some examples are of the class %q, and the model knows %s", name, List(names))
			}
			known = uint8(n)
			to[label] = known
		}
		labels[i] = known
	}
	return labels, nil
}

// ClassNamed is which of the names a name is, or -1 if none or several are. Unicode writes an
// accented letter as one or as two, and systems of files choose; 2 and 02 are one number.
func ClassNamed(names []string, name string) int {
	for _, form := range []func(string) string{func(name string) string { return name }, norm.NFC.String, withoutZeros} {
		at, wanted := -1, form(name)
		for i, other := range names {
			if form(other) != wanted {
				continue
			}
			if at >= 0 {
				return -1
			}
			at = i
		}
		if at >= 0 {
			return at
		}
	}
	return -1
}

// withoutZeros is a number without those that lead.
func withoutZeros(name string) string {
	if n, err := strconv.ParseUint(name, 10, 64); err == nil {
		return strconv.FormatUint(n, 10)
	}
	return name
}

// ClassNumbers are the names of n classes that have none but their numbers.
func ClassNumbers(n int) []string {
	names := make([]string, n)
	for label := range names {
		names[label] = strconv.Itoa(label)
	}
	return names
}
