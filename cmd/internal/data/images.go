package data

import (
	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
)

// First are the first n images, a row for each.
func First(set dataset.Images, n int) kernels.Matrix {
	m := kernels.NewMatrix(n, set.Dim())
	for i := range n {
		set.Read(i, m.Row(i))
	}
	return m
}

// Finite tells whether no element is NaN or infinite.
func Finite(m kernels.Matrix) bool {
	for i := range m.Rows {
		for _, x := range m.Row(i) {
			if x-x != 0 {
				return false
			}
		}
	}
	return true
}

// maxNumbers limits images times pixels: 2 GB.
const maxNumbers = 1 << 29

// CheckAmount keeps a mistyped number of images from taking all of memory.
func CheckAmount(flag string, n, pixels int) error {
	if n > maxNumbers/pixels {
		return cli.Usagef("%s %d: want at most %d images of %d pixels", flag, n, max(maxNumbers/pixels, 1), pixels)
	}
	return nil
}
