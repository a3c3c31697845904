package f64

import "math"

// double is a number hi + lo of some 104 bits, |lo| at most half a unit of the last place of hi (Dekker; Hida, Li, Bailey).
type double struct{ hi, lo float64 }

// real is a number of about 100 bits with an exponent of its own, so that subnormal results have all of them: d * 2^exp.
type real struct {
	d   double
	exp int
}

func twoSum(a, b float64) double {
	s := a + b
	t := s - a
	return double{s, (a - (s - t)) + (b - t)}
}

func twoProduct(a, b float64) double {
	p := float64(a * b)
	return double{p, math.FMA(a, b, -p)}
}

func of(x float64) double { return double{x, 0} }

func (a double) neg() double { return double{-a.hi, -a.lo} }

func (a double) add(b double) double {
	s, t := twoSum(a.hi, b.hi), twoSum(a.lo, b.lo)
	s = twoSum(s.hi, s.lo+t.hi)
	return twoSum(s.hi, s.lo+t.lo)
}

func (a double) mul(b double) double {
	p := twoProduct(a.hi, b.hi)
	return twoSum(p.hi, p.lo+(float64(a.hi*b.lo)+float64(a.lo*b.hi)))
}

func (a double) div(b double) double {
	q := a.hi / b.hi
	r := a.add(b.mul(of(-q)))
	s := r.hi / b.hi
	r = r.add(b.mul(of(-s)))
	return of(q).add(of(s)).add(of(r.hi / b.hi))
}

func (a double) scale(n int) double { return double{math.Ldexp(a.hi, n), math.Ldexp(a.lo, n)} }

// ln2 in three parts.
var ln2Parts = [...]float64{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56, 0x1.7b57a079a1934p-111}

// realExp is e^x, by x = n*ln2 + r and the Taylor series of e^r. Beyond 10000 it goes no further: that is beyond float64 already.
func realExp(x float64) real {
	const far = 10000
	x = max(-far, min(x, far))
	n := math.RoundToEven(x / math.Ln2)
	r := of(x)
	for _, part := range ln2Parts {
		r = r.add(twoProduct(-n, part))
	}
	sum := of(1)
	for k := 27.; k > 0; k-- {
		sum = sum.mul(r).div(of(k)).add(of(1))
	}
	return real{sum, int(n)}
}

// atanhSeries is 2*atanh(s) = 2s + 2s^3/3 + ..., for |s| up to 1/3.
func atanhSeries(s double) double {
	square, sum := s.mul(s), of(0)
	for k := 71.; k > 0; k -= 2 {
		sum = sum.mul(square).add(of(1).div(of(k)))
	}
	return sum.mul(s).scale(1)
}

// realLog is log x for positive finite x.
func realLog(x float64) real {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	r := atanhSeries(twoSum(m, -1).div(twoSum(m, 1)))
	for _, part := range ln2Parts[:2] {
		r = r.add(twoProduct(float64(k), part))
	}
	return real{d: r}
}

// negligible is an exponent of e^-|x| from which its square does not count.
const negligible = -200

// log1pExp is log(1 + e^-|x|), and e^-|x|.
func log1pExp(x float64) (log, e real) {
	e = realExp(-math.Abs(x))
	if e.exp < negligible {
		return e, e
	}
	d := e.d.scale(e.exp)
	return real{d: atanhSeries(d.div(d.add(of(2))))}, e
}

func realSoftplus(x float64) real {
	log, _ := log1pExp(x)
	if x <= 0 {
		return log
	}
	return real{d: of(x).add(log.d.scale(log.exp))}
}

func realSigmoid(x float64) real {
	_, e := log1pExp(x)
	if e.exp < negligible && x < 0 {
		return e
	}
	d := e.d.scale(e.exp)
	if x < 0 {
		return real{d: d.div(d.add(of(1)))}
	}
	return real{d: of(1).div(d.add(of(1)))}
}

// realTanh is sinh x / cosh x by their Taylor series where |x| < 1, else (1 - e)/(1 + e) with e = e^-2|x|.
func realTanh(x float64) real {
	a := math.Abs(x)
	if a < 0x1p-100 {
		return real{d: of(x)}
	}
	var r double
	if a < 1 {
		square, sinh, cosh := twoProduct(a, a), of(1), of(1)
		for k := 28.; k > 0; k -= 2 {
			sinh = sinh.mul(square).div(of(k * (k + 1))).add(of(1))
			cosh = cosh.mul(square).div(of(k * (k - 1))).add(of(1))
		}
		r = sinh.mul(of(a)).div(cosh)
	} else {
		e := realExp(-2 * a)
		d := e.d.scale(e.exp)
		r = of(1).add(d.neg()).div(of(1).add(d))
	}
	if x < 0 {
		r = r.neg()
	}
	return real{d: r}
}

// ulps is the distance of got from want in units of the last place of want. An overflow to infinity counts as 2^1024.
func ulps(got float64, want real) float64 {
	if want.exp < -2000 {
		return got / math.SmallestNonzeroFloat64 // what is wanted is nothing
	}
	_, exp := math.Frexp(want.d.hi)
	unit := max(exp+want.exp-53, -1074)
	g := of(math.Ldexp(got, -want.exp))
	if math.IsInf(got, 0) {
		border := math.Ldexp(1, 1024-want.exp)
		if want.d.hi >= border {
			return 0
		}
		g = of(math.Copysign(border, got))
	}
	return math.Abs(g.add(want.d.neg()).hi) / math.Ldexp(1, unit-want.exp)
}
