package stdp

import "math"

// The conversions in this file keep compilers from fusing the products, so that
// all architectures agree.

// Ramp is the closed form for ramps without noise: the expected weight change
// at spike-time difference dT,
//
//	E[Threshold - V0 | dT] / dT.
//
// If all ramps begin at one potential it is (Threshold-V0)/dT; a range of V0
// comes in by
//
//	E[Threshold - V0 | dT] = 2/3 * (a^2 + a*b + b^2) / (a + b),
//
// where the distance to the threshold runs from a = Threshold-VHigh to b, the
// smaller of Threshold-VLow and what the steepest ramp covers, Slope*|dT|. It
// is not a number where no ramp is steep enough.
func (s Settings) Ramp(dT float64) float64 {
	a, b := s.distances()
	b = min(b, s.Slope*math.Abs(dT))
	if b < a || dT == 0 {
		return math.NaN()
	}
	return float64(2*squares(a, b)) / float64(3*(a+b)) / dT
}

// distances are the smallest and the largest distance to the threshold.
func (s Settings) distances() (a, b float64) { return s.Threshold - s.VHigh, s.Threshold - s.VLow }

// squares is (b^3 - a^3) / (b - a).
func squares(a, b float64) float64 { return float64(a*a) + float64(a*b) + float64(b*b) }

// binRamp is the mean weight change without noise over all spike-time
// differences between low and high, which have one sign.
//
// With D = Threshold-V0, uniform from a to b, and a slope uniform up to S, a
// difference t > 0 has density proportional to D/t^2 where D <= S*t, and the
// weight changes by D/t. Both are integrated over D and then over t: while
// t < b/S, D is bounded by S*t, and after that by b.
func (s Settings) binRamp(low, high float64) float64 {
	if high <= 0 {
		return -s.binRamp(-high, -low)
	}
	a, b := s.distances()
	var weight, change float64
	if from, to := max(low, a/s.Slope), min(high, b/s.Slope); from < to {
		width, u, v := (to-from)/(b-a), 1/from, 1/to
		// The antiderivatives are (S^2*t + a^2/t)/2 and (S^3*t + a^3/(2*t^2))/3.
		between := float64(a * a * u * v) // a^2*(u-v)/(to-from)
		weight += width * (float64(s.Slope*s.Slope) - between) / 2
		change += width * (float64(s.Slope*s.Slope*s.Slope) - float64(a*between*(u+v)/2)) / 3
	}
	if from := max(low, b/s.Slope); from < high {
		u, v := 1/from, 1/high
		weight += float64((a + b) * (u - v) / 2)
		change += float64(squares(a, b) * (u - v) * (u + v) / 6)
	}
	return change / weight // 0/0 if there is no such ramp
}
