package main

import (
	"fmt"
	"math/big"
)

// precision is that of all intermediate results, in bits. The worst
// cancellation, in tanh of the smallest float32, costs 150 of them.
const precision = 320

func value(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }
func zero() *big.Float           { return new(big.Float).SetPrec(precision) }

func add(a, b *big.Float) *big.Float { return zero().Add(a, b) }
func sub(a, b *big.Float) *big.Float { return zero().Sub(a, b) }
func mul(a, b *big.Float) *big.Float { return zero().Mul(a, b) }
func div(a, b *big.Float) *big.Float { return zero().Quo(a, b) }
func neg(a *big.Float) *big.Float    { return zero().Neg(a) }
func abs(a *big.Float) *big.Float    { return zero().Abs(a) }
func sqrt(a *big.Float) *big.Float   { return zero().Sqrt(a) }

// scale is a * 2^n.
func scale(a *big.Float, n int) *big.Float { return zero().SetMantExp(a, n) }

// series adds up first, first*ratio(1), first*ratio(1)*ratio(2), ... until the
// terms no longer count.
func series(first *big.Float, ratio func(i int) *big.Float) *big.Float {
	sum, term := zero(), first
	for i := 1; term.Sign() != 0 && (sum.Sign() == 0 || term.MantExp(nil) > sum.MantExp(nil)-precision-8); i++ {
		sum = add(sum, term)
		term = mul(term, ratio(i))
	}
	return sum
}

func fraction(a, b int) *big.Float { return div(value(float64(a)), value(float64(b))) }

// atanh is y + y^3/3 + y^5/5 + ...; atan has alternating signs.
func atanh(y *big.Float) *big.Float {
	s := mul(y, y)
	return series(y, func(i int) *big.Float { return mul(s, fraction(2*i-1, 2*i+1)) })
}

func atan(y *big.Float) *big.Float {
	s := neg(mul(y, y))
	return series(y, func(i int) *big.Float { return mul(s, fraction(2*i-1, 2*i+1)) })
}

var (
	one = value(1)
	ln2 = mul(value(2), atanh(fraction(1, 3)))
	// Machin's formula.
	pi = mul(value(4), sub(mul(value(4), atan(fraction(1, 5))), atan(fraction(1, 239))))
)

// exp takes x = n*ln2 + 2^16*r and squares the series for e^r 16 times. Beyond a
// million it goes no further: that is beyond float32 already.
func exp(x *big.Float) *big.Float {
	const squarings = 16
	const far = 1e6
	if abs(x).Cmp(value(far)) > 0 {
		x = value(float64(far * x.Sign()))
	}
	quotient, _ := div(x, ln2).Float64()
	n := int(quotient)
	r := scale(sub(x, mul(value(float64(n)), ln2)), -squarings)
	y := series(value(1), func(i int) *big.Float { return mul(r, fraction(1, i)) })
	for range squarings {
		y = mul(y, y)
	}
	return scale(y, n)
}

// ln takes x = m * 2^k with m from 2/3 to 4/3, so that nothing cancels near 1.
func ln(x *big.Float) *big.Float {
	m := zero()
	k := x.MantExp(m)
	if m.Cmp(fraction(2, 3)) < 0 {
		m, k = scale(m, 1), k-1
	}
	return add(mul(value(float64(k)), ln2), mul(value(2), atanh(div(sub(m, one), add(m, one)))))
}

// log1p is log(1 + y) for y from 0 to 1, as accurate for the smallest y.
func log1p(y *big.Float) *big.Float { return mul(value(2), atanh(div(y, add(y, value(2))))) }

func sigmoid(x *big.Float) *big.Float { return div(one, add(one, exp(neg(x)))) }

func softplus(x *big.Float) *big.Float {
	rest := log1p(exp(neg(abs(x))))
	if x.Sign() > 0 {
		return add(x, rest)
	}
	return rest
}

func tanh(x *big.Float) *big.Float {
	e := exp(scale(x, 1))
	return div(sub(e, one), add(e, one))
}

func relu(x *big.Float) *big.Float {
	if x.Sign() > 0 {
		return x
	}
	return zero()
}

// cosSin is the cosine and the sine of (quadrant + f) right angles, f at most
// 1/2 to either side.
func cosSin(quadrant uint32, f *big.Float) (cos, sin *big.Float) {
	angle := mul(f, scale(pi, -1))
	s := neg(mul(angle, angle))
	cos = series(value(1), func(i int) *big.Float { return mul(s, fraction(1, (2*i-1)*2*i)) })
	sin = series(angle, func(i int) *big.Float { return mul(s, fraction(1, 2*i*(2*i+1))) })
	switch quadrant {
	case 0:
		return cos, sin
	case 1:
		return neg(sin), cos
	case 2:
		return neg(cos), neg(sin)
	case 3:
		return sin, neg(cos)
	}
	panic(fmt.Sprintf("golden: quadrant %d", quadrant))
}
