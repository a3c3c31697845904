package stat

import "math"

// Degrees is the angle of a cosine, from 0 to 180 degrees. It is made of IEEE operations in
// a fixed order: package math's differ between architectures. Cosines beyond 1 count as 1.
func Degrees(cosine float64) float64 {
	cosine = min(max(cosine, -1), 1)
	half := math.Sqrt((1 - cosine) / (1 + cosine)) // the tangent of half the angle
	return float64(2*arctan(half)) * 180 / math.Pi
}

// arctan is that of x >= 0. The reductions and the rational function are those of Cephes
// (Moshier 1992, atan.c), with an error below 2e-16.
func arctan(x float64) float64 {
	const tan3Pi8, morebits = 2.41421356237309504880, 6.123233995736765886130e-17
	switch {
	case x <= 0.66:
		return arctanSmall(x)
	case x > tan3Pi8:
		return math.Pi/2 - arctanSmall(1/x) + morebits
	}
	return math.Pi/4 + arctanSmall((x-1)/(x+1)) + morebits/2
}

// arctanSmall is arctan of |x| <= 0.66.
func arctanSmall(x float64) float64 {
	z := float64(x * x)
	over, under := 0.0, 1.0
	for _, p := range [...]float64{-8.750608600031904122785e-01, -1.615753718733365076637e+01, -7.500855792314704667340e+01, -1.228866684490136173410e+02, -6.485021904942025371773e+01} {
		over = float64(over*z) + p
	}
	for _, q := range [...]float64{2.485846490142306297962e+01, 1.650270098316988542046e+02, 4.328810604912902668951e+02, 4.853903996359136964868e+02, 1.945506571482613964425e+02} {
		under = float64(under*z) + q
	}
	return float64(x*(float64(z*over)/under)) + x
}
