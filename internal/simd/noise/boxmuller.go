package noise

import "github.com/targetprop/targetprop/internal/simd/f32"

// Constants of BoxMuller.
const (
	bitsSqrtHalf   = 0x3f3504f3            // sqrt(1/2)
	bitsSqrtHalf31 = bitsSqrtHalf + 31<<23 // 2^31 * sqrt(1/2)
	minus2Ln2      = -0x1.62e43p+0

	// -2*log(1+f) = f*(-2 + bmLog1*f + ... + bmLog7*f^7) for sqrt(1/2) <= 1+f < sqrt(2), relative error 2^-22.4
	bmLog1 = 0x1.00006cp0
	bmLog2 = -0x1.5558f4p-1
	bmLog3 = 0x1.ff6974p-2
	bmLog4 = -0x1.97b1ap-2
	bmLog5 = 0x1.612166p-2
	bmLog6 = -0x1.4b5ep-2
	bmLog7 = 0x1.9d02acp-3

	quarterPi31 = 0x1.921fb6p-32 // pi/4 * 2^-31

	// sin p = p + p^3*(bmSin3 + bmSin5*p^2 + bmSin7*p^4) and cos p = 1 + p^2*(bmCos2 + bmCos4*p^2 + bmCos6*p^4) for |p| <= pi/4,
	// relative errors 2^-27.9 and 2^-24.6
	bmSin3 = -0x1.555546p-3
	bmSin5 = 0x1.11077ap-7
	bmSin7 = -0x1.9954e8p-13
	bmCos2 = -0x1.ffffb2p-2
	bmCos4 = 0x1.553e68p-5
	bmCos6 = -0x1.644a62p-10
)

// BoxMuller defines Gaussian noise: two independent standard normal numbers from two random words, by the method of Box and Muller.
// The radius is sqrt(-2 log u) for a u in [2^-31, 1] from a, and reaches 6.55. The angle is a quadrant, the top two bits of b, plus an
// angle in [-pi/4, pi/4) from the others.
//
// No multiply-add is fused here: every product rounds by itself. The radius is within 2.4 ulp. The two numbers
// divided by the radius are within 1.7e-7 of the cosine and sine.
func BoxMuller(a, b uint32) (z0, z1 float32) {
	// r = sqrt(-2 log u), with 2^31*u = 2^(k+31) * (1+f)
	i := int32(f32.Bits(float32(int32(a>>1|1))) - bitsSqrtHalf31)
	k := float32(i >> 23)
	f := f32.FromBits(uint32(i&0x007fffff)+bitsSqrtHalf) - 1
	l := float32(f*bmLog7) + bmLog6
	l = float32(l*f) + bmLog5
	l = float32(l*f) + bmLog4
	l = float32(l*f) + bmLog3
	l = float32(l*f) + bmLog2
	l = float32(l*f) + bmLog1
	l = float32(l*f) - 2
	r := f32.Sqrt(float32(k*minus2Ln2) + float32(l*f))

	// the sine and cosine of the angle within its quadrant
	p := float32(float32(int32(b<<2)) * quarterPi31)
	s := float32(p * p)
	sin := float32(s*bmSin7) + bmSin5
	sin = float32(sin*s) + bmSin3
	sin = float32(float32(sin*s)*p) + p
	cos := float32(s*bmCos6) + bmCos4
	cos = float32(cos*s) + bmCos2
	cos = float32(cos*s) + 1

	// odd quadrants swap them; the cosine is negative in quadrants 1 and 2, the sine in 2 and 3
	swap := uint32(int32(b<<1) >> 31)
	d := (f32.Bits(cos) ^ f32.Bits(sin)) & swap
	z0 = float32(r * f32.FromBits(f32.Bits(cos)^d^(b^b<<1)&f32.SignBit))
	z1 = float32(r * f32.FromBits(f32.Bits(sin)^d^b&f32.SignBit))
	return z0, z1
}
