package dataset

import (
	"embed"
	"fmt"
)

// The built-in digits are the first 10,000 training images of MNIST, shuffled;
// digits/README.md has their source and licence, digits/make.go makes them.
//
//go:embed digits/*.gz
var digitsFS embed.FS

// loadDigits unpacks the built-in digits. Every call returns memory of its own.
func loadDigits() (Set, error) {
	set := Set{Name: sourceDigits}
	for _, part := range []struct {
		name   string
		images *Images
	}{{"train", &set.Train}, {"valid", &set.Valid}, {"test", &set.Test}} {
		var err error
		if *part.images, err = loadDigitsPart(part.name); err != nil {
			return Set{}, fmt.Errorf("built-in digits: %w", err)
		}
	}
	return set, nil
}

func loadDigitsPart(part string) (Images, error) {
	images, err := readFile(digitsFS, "digits/"+part+"-images-idx3-ubyte.gz", magicImages)
	if err != nil {
		return Images{}, err
	}
	labels, err := readFile(digitsFS, "digits/"+part+"-labels-idx1-ubyte.gz", magicLabels)
	if err != nil {
		return Images{}, err
	}
	return pair(images, labels)
}
