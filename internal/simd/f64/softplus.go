package f64

import "math"

// log(1 + e) = e + e^2*(log1pC2 + log1pC3*e + ... + log1pC22*e^20) for e in [0, 1], relative error 2^-59.2.
const (
	log1pC2  = -0x1.fffffffffffeep-2
	log1pC3  = 0x1.55555555547b2p-2
	log1pC4  = -0x1.ffffffff87ab4p-3
	log1pC5  = 0x1.999999889230bp-3
	log1pC6  = -0x1.555553df8996cp-3
	log1pC7  = 0x1.249233ca55501p-3
	log1pC8  = -0x1.fffe45b28ad4fp-4
	log1pC9  = 0x1.c70f38dc277e8p-4
	log1pC10 = -0x1.994c7f12c4b8p-4
	log1pC11 = 0x1.72fe7e7a00bfep-4
	log1pC12 = -0x1.5063c4c26ae2bp-4
	log1pC13 = 0x1.2cb448f4e4162p-4
	log1pC14 = -0x1.027ef0b47ef27p-4
	log1pC15 = 0x1.9cccb3939ed01p-5
	log1pC16 = -0x1.25e8083e1d32bp-5
	log1pC17 = 0x1.654eb03d29b82p-6
	log1pC18 = -0x1.6227f70c4ff37p-7
	log1pC19 = 0x1.0f4f6a9c95454p-8
	log1pC20 = -0x1.2ac0eddebd1cap-10
	log1pC21 = 0x1.a246584a74d55p-13
	log1pC22 = -0x1.167c5a941dfe1p-16
)

// Softplus defines softplus, log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). The error is below 1.9 ulp.
func Softplus(x float64) float64 {
	e := expNegAbs(x)
	q := math.FMA(log1pC22, e, log1pC21)
	q = math.FMA(q, e, log1pC20)
	q = math.FMA(q, e, log1pC19)
	q = math.FMA(q, e, log1pC18)
	q = math.FMA(q, e, log1pC17)
	q = math.FMA(q, e, log1pC16)
	q = math.FMA(q, e, log1pC15)
	q = math.FMA(q, e, log1pC14)
	q = math.FMA(q, e, log1pC13)
	q = math.FMA(q, e, log1pC12)
	q = math.FMA(q, e, log1pC11)
	q = math.FMA(q, e, log1pC10)
	q = math.FMA(q, e, log1pC9)
	q = math.FMA(q, e, log1pC8)
	q = math.FMA(q, e, log1pC7)
	q = math.FMA(q, e, log1pC6)
	q = math.FMA(q, e, log1pC5)
	q = math.FMA(q, e, log1pC4)
	q = math.FMA(q, e, log1pC3)
	q = math.FMA(q, e, log1pC2)
	return maximum(0, x) + math.FMA(float64(e*e), q, e)
}
