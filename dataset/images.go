// Package dataset reads image sets in the IDX format of MNIST: a small one
// built into the program, the two well-known ones fetched over the network and
// checked, and any folder that has the same four files.
package dataset

// Images is a set of 8-bit grey images of one size. Image i is row i of Pixels,
// Height x Width bytes, row-major, 0 being the background. Labels has one entry
// per image; it is nil where only images were read.
type Images struct {
	Height, Width int
	Pixels        []uint8
	Labels        []uint8
}

// Len is the number of images.
func (s Images) Len() int {
	if s.Dim() == 0 {
		return 0
	}
	return len(s.Pixels) / s.Dim()
}

// Dim is the number of pixels of one image.
func (s Images) Dim() int { return s.Height * s.Width }

// Row is image i, sharing memory with s. It panics if i is not in [0, Len).
func (s Images) Row(i int) []uint8 {
	n, d := len(s.Pixels), s.Dim()
	return s.Pixels[:n:n][i*d : (i+1)*d : (i+1)*d]
}

// Slice is the images lo <= i < hi, sharing memory with s. It panics unless
// 0 <= lo <= hi <= Len. The capacities end with the part, so that appending to
// the training images never overwrites the validation images behind them.
func (s Images) Slice(lo, hi int) Images {
	n, d := s.Len(), s.Dim()
	part := Images{Height: s.Height, Width: s.Width, Pixels: s.Pixels[: n*d : n*d][lo*d : hi*d : hi*d]}
	if s.Labels != nil {
		part.Labels = s.Labels[:n:n][lo:hi:hi]
	}
	return part
}

// Set is a data set split in three: Train to learn from, Valid to choose
// settings by, Test to be looked at once, for the report.
type Set struct {
	Name               string
	Train, Valid, Test Images
}
