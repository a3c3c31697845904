package dataset

import "fmt"

// validShare: the last sixth of the training files is for validation, which for
// MNIST is the usual last 10,000 of 60,000.
const validShare = 6

// assemble makes a set of the four files, in the order of roles.
func assemble(files [4]idx) (Set, error) {
	train, err := pair(files[0], files[1])
	if err != nil {
		return Set{}, fmt.Errorf("training files: %w", err)
	}
	test, err := pair(files[2], files[3])
	if err != nil {
		return Set{}, fmt.Errorf("test files: %w", err)
	}
	if train.Height != test.Height || train.Width != test.Width {
		return Set{}, fmt.Errorf("training images are %dx%d, test images %dx%d, want one size",
			train.Height, train.Width, test.Height, test.Width)
	}
	n := train.Len()
	if n < validShare {
		return Set{}, tooFew(n)
	}
	cut := n - n/validShare
	return Set{Train: train.Slice(0, cut), Valid: train.Slice(cut, n), Test: test}, nil
}

// pair joins images and their labels.
func pair(images, labels idx) (Images, error) {
	set := images.images()
	if n := len(labels.data); n != set.Len() {
		return Images{}, fmt.Errorf("%d labels for %d images, want one each", n, set.Len())
	}
	set.Labels = labels.data
	return set, nil
}

// tooFew is the error of n training images.
func tooFew(n int) error {
	return fmt.Errorf("%d training images, want at least %d: the last 1/%d are for validation", n, validShare, validShare)
}
