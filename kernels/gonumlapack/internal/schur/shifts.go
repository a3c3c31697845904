package schur

import "math"

// smallest is the order up to which the iteration is gonum's Dlahqr.
const smallest = 75

// shifts is the number of simultaneous shifts for an active block of nh rows, as LAPACK's
// IPARMQ has it.
func shifts(nh int) int {
	ns := 2
	switch {
	case nh >= 6000:
		ns = 256
	case nh >= 3000:
		ns = 128
	case nh >= 590:
		ns = 64
	case nh >= 150:
		ns = max(10, nh/int(math.Round(math.Log2(float64(nh)))))
	case nh >= 60:
		ns = 10
	case nh >= 30:
		ns = 4
	}
	return max(2, ns&^1)
}

// deflationWindow is the order of the window in which eigenvalues are looked for.
func deflationWindow(nh int) int {
	if nh <= 500 {
		return shifts(nh)
	}
	return 3 * shifts(nh) / 2
}

// accumulate is 1 where reflections are collected for a matrix product.
func accumulate(nh int) int {
	if shifts(nh) >= 14 {
		return 1
	}
	return 0
}
