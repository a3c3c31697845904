package vector

import (
	"math"

	"github.com/targetprop/targetprop/gen/vec"
)

// constants of the functions for a type of elements, as in exp.go, log.go, softplus.go and
// tanh.go of internal/simd/f32 and internal/simd/f64. The contract tests compare bits, so a
// constant that differs there from here fails them.
type constants struct {
	log2e, ln2Hi, ln2Lo   float64
	expMax, expMin        float64
	expMagic, negExpMagic float64
	negScale              float64 // a power of two
	minNormal, largest    float64
	subnormalExponent     float64 // a subnormal number times 2 to minus this is normal
	fractionBits          uint8
	sqrtHalf              uint64 // bits
	signBit, infinity     uint64
	quietNaN              uint64

	// Coefficients from the highest power down.
	expPoly, log1pPoly, logPoly, tanhPoly []float64
}

// tanhSmall is where tanh changes from its polynomial, for both types.
const tanhSmall = 0.625

// slopeSmall is where the slope of softplus does. It is one of float32 alone.
const slopeSmall = 0.34

var float32Constants = constants{
	log2e:       0x1.715476p+0,
	ln2Hi:       0x1.62e43p-1,
	ln2Lo:       -0x1.05c61p-29,
	expMax:      89,
	expMin:      -104,
	expMagic:    0x1.8p+23 + 2*127,
	negExpMagic: 0x1.8p+23 + 127 + 24,
	negScale:    0x1p-24,

	minNormal:         0x1p-126,
	largest:           math.MaxFloat32,
	subnormalExponent: -24,
	fractionBits:      23,
	sqrtHalf:          0x3f3504f3,
	signBit:           1 << 31,
	infinity:          0x7f800000,
	quietNaN:          0x7fc00000,

	expPoly:   []float64{0x1.694ac4p-10, 0x1.12398ep-7, 0x1.555a28p-5, 0x1.555492p-3, 0x1.fffffap-2, 1, 1},
	log1pPoly: []float64{-0x1.b22adep-9, 0x1.4a9226p-6, -0x1.d7efa8p-5, 0x1.b53c48p-4, -0x1.3a6736p-3, 0x1.935568p-3, -0x1.ff2556p-3, 0x1.554ddap-2, -0x1.ffffd2p-2},
	logPoly:   []float64{-0x1.38472ap-4, 0x1.0860cep-3, -0x1.0f3fa6p-3, 0x1.226dfcp-3, -0x1.5425c4p-3, 0x1.99a41ap-3, -0x1.000432p-2, 0x1.55555p-2, -0x1.fffff8p-2},
	tanhPoly:  []float64{-0x1.758facp-8, 0x1.5211c4p-6, -0x1.b838ap-5, 0x1.110704p-3, -0x1.555532p-2},
}

var float64Constants = constants{
	log2e:       0x1.71547652b82fep+0,
	ln2Hi:       0x1.62e42fefa39efp-1,
	ln2Lo:       0x1.abc9e3b39803fp-56,
	expMax:      710,
	expMin:      -746,
	expMagic:    0x1.8p+52 + 2*1023,
	negExpMagic: 0x1.8p+52 + 1023 + 56,
	negScale:    0x1p-56,

	minNormal:         0x1p-1022,
	largest:           math.MaxFloat64,
	subnormalExponent: -54,
	fractionBits:      52,
	sqrtHalf:          0x3fe6a09e667f3bcd,
	signBit:           1 << 63,
	infinity:          0x7ff0000000000000,
	quietNaN:          0x7ff8000000000000,

	expPoly: []float64{
		0x1.ad7f94922ade5p-26, 0x1.28ad690267231p-22, 0x1.71df2527a3803p-19, 0x1.a0199a167f56bp-16, 0x1.a01a012a73874p-13, 0x1.6c16c18426902p-10,
		0x1.1111111127b78p-7, 0x1.555555555088bp-5, 0x1.55555555554fap-3, 0x1.000000000000ap-1, 1, 1,
	},
	log1pPoly: []float64{
		-0x1.167c5a941dfe1p-16, 0x1.a246584a74d55p-13, -0x1.2ac0eddebd1cap-10, 0x1.0f4f6a9c95454p-8, -0x1.6227f70c4ff37p-7, 0x1.654eb03d29b82p-6,
		-0x1.25e8083e1d32bp-5, 0x1.9cccb3939ed01p-5, -0x1.027ef0b47ef27p-4, 0x1.2cb448f4e4162p-4, -0x1.5063c4c26ae2bp-4, 0x1.72fe7e7a00bfep-4,
		-0x1.994c7f12c4b8p-4, 0x1.c70f38dc277e8p-4, -0x1.fffe45b28ad4fp-4, 0x1.249233ca55501p-3, -0x1.555553df8996cp-3, 0x1.999999889230bp-3,
		-0x1.ffffffff87ab4p-3, 0x1.55555555547b2p-2, -0x1.fffffffffffeep-2,
	},
	logPoly: []float64{
		-0x1.9ea4051cba5e3p-7, 0x1.5d59426b5c49cp-5, -0x1.fbc4665b5c121p-5, 0x1.e7b6579a030a1p-5, -0x1.c0acfdcffc2b7p-5, 0x1.d5e86748db91bp-5,
		-0x1.fedc5f287fcbp-5, 0x1.11ac05970001cp-4, -0x1.24af9ad6c31f3p-4, 0x1.3b0ae519ec1ep-4, -0x1.5553129e9f9c9p-4, 0x1.745d618972bc7p-4,
		-0x1.9999b19ea0dc8p-4, 0x1.c71c7065bcf9fp-4, -0x1.ffffff70aa0a6p-4, 0x1.2492492640e36p-3, -0x1.5555555638c1ap-3, 0x1.9999999997e7p-3,
		-0x1.fffffffffeba1p-3, 0x1.5555555555559p-2, -0x1.0000000000002p-1,
	},
	tanhPoly: []float64{
		-0x1.0da70acc4083fp-16, 0x1.4391119f8d757p-14, -0x1.df55722fd3401p-13, 0x1.336611dbff378p-11, -0x1.7d68a301a1346p-10, 0x1.d6cf2809826aap-9,
		-0x1.226e162bc564ap-7, 0x1.664f477ad875dp-6, -0x1.ba1ba1b5063b7p-5, 0x1.111111110acccp-3, -0x1.55555555554ffp-2,
	},
}

// constantsOf are those for the machine's elements.
func constantsOf(m vec.Machine) *constants {
	if m.Size() == 8 {
		return &float64Constants
	}
	return &float32Constants
}
