package frame

import "math"

// Amounts are how much is looked at. A probe costs about as much as an image in
// training, a sample three times that.
type Amounts struct{ Probes, Samples int }

// Of are the amounts for epochs of so many images: about a hundredth of an epoch's
// time. The samples make a square.
func Of(images int) Amounts {
	side := min(max(int(math.Sqrt(float64(images)/800)), 3), 6)
	return Amounts{Probes: min(max(images/400, 20), 100), Samples: side * side}
}

// shownProbes are the reconstructions in a frame.
const shownProbes = 18
