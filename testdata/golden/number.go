package main

import (
	"fmt"
	"math"
	"math/big"
)

// number is a true value together with a bound on the error of what float32
// arithmetic makes of it (running error analysis: Higham, Accuracy and Stability
// of Numerical Algorithms, 3.3). The methods are operations that a kernel
// rounds once.
type number struct{ v, e *big.Float }

// unit is the relative error of a rounding, tiny half the smallest float32.
var unit, tiny = value(0x1p-24), value(0x1p-150)

func exact(x float32) number { return number{value(float64(x)), zero()} }

// round is v, which has error e already, after one more rounding. An exact zero
// stays one.
func round(v, e *big.Float) number {
	if v.Sign() == 0 && e.Sign() == 0 {
		return number{v, e}
	}
	return number{v, add(add(e, tiny), mul(unit, add(abs(v), e)))}
}

// times is the true product and its error before it is rounded.
func (a number) times(b number) (v, e *big.Float) {
	e = add(mul(abs(a.v), b.e), mul(abs(b.v), a.e))
	return mul(a.v, b.v), add(e, mul(a.e, b.e))
}

func (a number) add(b number) number { return round(add(a.v, b.v), add(a.e, b.e)) }
func (a number) sub(b number) number { return round(sub(a.v, b.v), add(a.e, b.e)) }
func (a number) mul(b number) number { return round(a.times(b)) }
func (a number) neg() number         { return number{neg(a.v), a.e} }

// fma is a*b + c.
func fma(a, b, c number) number {
	v, e := a.times(b)
	return round(add(v, c.v), add(e, c.e))
}

func (a number) div(b number) number {
	v := div(a.v, b.v)
	return round(v, div(add(a.e, mul(abs(v), b.e)), sub(abs(b.v), b.e)))
}

func (a number) sqrt() number {
	v := sqrt(a.v)
	least := zero()
	if a.v.Cmp(a.e) > 0 {
		least = sqrt(sub(a.v, a.e))
	}
	if add(v, least).Sign() == 0 {
		return round(v, sqrt(a.e))
	}
	return round(v, div(a.e, add(v, least)))
}

// notNegative is max(a, 0).
func (a number) notNegative() number {
	if a.v.Sign() > 0 {
		return a
	}
	return number{zero(), relu(add(a.v, a.e))}
}

// product is a chain of len(x) fused multiply-adds from start: its error is at
// most gamma * (|start| + sum |x||y|) with gamma = n*u / (1 - n*u), whatever the
// order (Higham, 3.1).
func product(start number, x, y []number) number {
	v, magnitude, e := start.v, add(abs(start.v), start.e), start.e
	for i := range x {
		p, pe := x[i].times(y[i])
		v, e = add(v, p), add(e, pe)
		magnitude = add(magnitude, add(abs(p), pe))
	}
	nu := mul(value(float64(len(x))), unit)
	gamma := div(nu, sub(one, nu))
	return number{v, add(e, add(mul(gamma, magnitude), mul(value(float64(len(x))), tiny)))}
}

// through is f(a), for an f with slopes of at most lipschitz that a kernel
// computes to within ulps.
func (a number) through(f func(*big.Float) *big.Float, lipschitz, ulps float64) number {
	v := f(a.v)
	e := mul(a.e, value(lipschitz))
	return number{v, add(e, mul(value(ulps), ulp(add(abs(v), e))))}
}

// ulp is the unit of the last place of v as a float32.
func ulp(v *big.Float) *big.Float {
	if v.Sign() == 0 {
		return value(0x1p-149)
	}
	return value(math.Ldexp(1, max(v.MantExp(nil), -125)-24))
}

// boundInUlp is the error's bound in units of the last place of the value,
// rounded upwards to three decimals.
func (a number) boundInUlp() string {
	if a.e.Sign() == 0 {
		return "0"
	}
	if a.v.Sign() == 0 {
		panic(fmt.Sprintf("golden: a value of 0 with error %v has no bound in ulp", a.e))
	}
	bound, _ := div(a.e, ulp(a.v)).Float64()
	return fmt.Sprintf("%.3f", math.Ceil(1000*bound)/1000)
}
