package gonumlapack

import (
	"math"

	"gonum.org/v1/gonum/lapack/gonum"
)

// The iteration below is gonum's Dbdsqr for an upper bidiagonal matrix,
// Copyright ©2015 The Gonum Authors, under the BSD license in gonum-LICENSE,
// with its rotations handed to u and v.

// A bidiagonal matrix has the diagonal d and the superdiagonal e. The rows of u and v become
// its left and right singular vectors.
type bidiagonal struct {
	d, e []float64
	u, v *rotations
}

const bidiagonalSweeps = 6 // for each singular value and each element

// singularVectors replaces d by the singular values, in descending order, and returns whether
// it found them all.
func (b *bidiagonal) singularVectors() (ok bool) {
	d, e, n := b.d, b.e, len(b.d)
	tol := epsilon * math.Max(10, math.Min(100, math.Pow(epsilon, -1.0/8)))
	smallest := math.Abs(d[0])
	mu := smallest
	for i := 1; i < n && smallest != 0; i++ {
		mu = math.Abs(d[i]) * (mu / (mu + math.Abs(e[i-1])))
		smallest = math.Min(smallest, mu)
	}
	thresh := math.Max(tol*smallest/math.Sqrt(float64(n)), float64(bidiagonalSweeps*n*n)*smallestNormal)
	left := bidiagonalSweeps * n * n
	down := false
	oldFirst, oldEnd := -1, -1
	// The rows from first up to end are a block of their own that has not converged.
	for end := n; end > 1 && left >= 0; {
		first := end - 1
		largest := math.Abs(d[first])
		for first > 0 && math.Abs(e[first-1]) > thresh {
			first--
			largest = max(largest, math.Abs(d[first]), math.Abs(e[first]))
		}
		if first > 0 {
			e[first-1] = 0
		}
		switch first {
		case end - 1:
			end--
			continue
		case end - 2:
			cr, sr := b.v.sweep(first, 1, false)
			cl, sl := b.u.sweep(first, 1, false)
			d[end-1], d[first], sr[0], cr[0], sl[0], cl[0] = gonum.Implementation{}.Dlasv2(d[first], e[first], d[end-1])
			e[first] = 0
			end -= 2
			continue
		}
		if first >= oldEnd || end <= oldFirst+1 {
			down = math.Abs(d[first]) >= math.Abs(d[end-1])
		}
		least, split := b.split(first, end, down, tol)
		if split {
			continue
		}
		oldFirst, oldEnd = first, end
		left -= end - first
		b.sweep(first, end, down, b.shift(first, end, down, float64(n)*tol*(least/largest) <= math.Max(epsilon, tol/100)))
		if last := end - 2; down && math.Abs(e[last]) <= thresh {
			e[last] = 0
		}
		if !down && math.Abs(e[first]) <= thresh {
			e[first] = 0
		}
	}
	b.u.flush()
	b.v.flush()
	b.sort()
	for _, v := range e {
		if v != 0 {
			return false
		}
	}
	return true
}

// split looks for an element of e that is negligible, and sets it to zero. Where there is
// none, least is a bound of the smallest singular value.
func (b *bidiagonal) split(first, end int, down bool, tol float64) (least float64, split bool) {
	d, e := b.d, b.e
	if down {
		if last := end - 2; math.Abs(e[last]) <= tol*math.Abs(d[end-1]) {
			e[last] = 0
			return 0, true
		}
		mu := math.Abs(d[first])
		least = mu
		for i := first; i < end-1; i++ {
			if math.Abs(e[i]) <= tol*mu {
				e[i] = 0
				return 0, true
			}
			mu = math.Abs(d[i+1]) * (mu / (mu + math.Abs(e[i])))
			least = math.Min(least, mu)
		}
		return least, false
	}
	if math.Abs(e[first]) <= tol*math.Abs(d[first]) {
		e[first] = 0
		return 0, true
	}
	mu := math.Abs(d[end-1])
	least = mu
	for i := end - 2; i >= first; i-- {
		if math.Abs(e[i]) <= tol*mu {
			e[i] = 0
			return 0, true
		}
		mu = math.Abs(d[i]) * (mu / (mu + math.Abs(e[i])))
		least = math.Min(least, mu)
	}
	return least, false
}

// shift is an approximation of a singular value, or 0 where one would ruin small values.
func (b *bidiagonal) shift(first, end int, down, ruins bool) float64 {
	if ruins {
		return 0
	}
	at, reference := end-2, b.d[first]
	if !down {
		at, reference = first, b.d[end-1]
	}
	shift, _ := gonum.Implementation{}.Dlas2(b.d[at], b.e[at], b.d[at+1])
	if r := shift / reference; reference != 0 && r*r < epsilon {
		return 0
	}
	return shift
}

// sweep chases a bulge through the block, down or up.
func (b *bidiagonal) sweep(first, end int, down bool, shift float64) {
	switch {
	case down && shift == 0:
		b.plainDown(first, end)
	case down:
		b.shiftedDown(first, end, shift)
	case shift == 0:
		b.plainUp(first, end)
	default:
		b.shiftedUp(first, end, shift)
	}
}

func (b *bidiagonal) plainDown(first, end int) {
	d, e := b.d, b.e
	cv, sv := b.v.sweep(first, end-1-first, false)
	cu, su := b.u.sweep(first, end-1-first, false)
	cs, oldcs := 1.0, 1.0
	var sn, r, oldsn float64
	for i := first; i < end-1; i++ {
		cs, sn, r = gonum.Implementation{}.Dlartg(d[i]*cs, e[i])
		if i > first {
			e[i-1] = oldsn * r
		}
		oldcs, oldsn, d[i] = gonum.Implementation{}.Dlartg(oldcs*r, d[i+1]*sn)
		cv[i-first], sv[i-first] = cs, sn
		cu[i-first], su[i-first] = oldcs, oldsn
	}
	h := d[end-1] * cs
	d[end-1] = h * oldcs
	e[end-2] = h * oldsn
}

func (b *bidiagonal) plainUp(first, end int) {
	d, e := b.d, b.e
	cv, sv := b.v.sweep(first, end-1-first, true)
	cu, su := b.u.sweep(first, end-1-first, true)
	cs, oldcs := 1.0, 1.0
	var sn, r, oldsn float64
	for i := end - 1; i > first; i-- {
		cs, sn, r = gonum.Implementation{}.Dlartg(d[i]*cs, e[i-1])
		if i < end-1 {
			e[i] = oldsn * r
		}
		oldcs, oldsn, d[i] = gonum.Implementation{}.Dlartg(oldcs*r, d[i-1]*sn)
		cu[i-first-1], su[i-first-1] = cs, -sn
		cv[i-first-1], sv[i-first-1] = oldcs, -oldsn
	}
	h := d[first] * cs
	d[first] = h * oldcs
	e[first] = h * oldsn
}

func (b *bidiagonal) shiftedDown(first, end int, shift float64) {
	d, e := b.d, b.e
	cv, sv := b.v.sweep(first, end-1-first, false)
	cu, su := b.u.sweep(first, end-1-first, false)
	f := (math.Abs(d[first]) - shift) * (math.Copysign(1, d[first]) + shift/d[first])
	g := e[first]
	for i := first; i < end-1; i++ {
		cosr, sinr, r := gonum.Implementation{}.Dlartg(f, g)
		if i > first {
			e[i-1] = r
		}
		f = float64(cosr*d[i]) + float64(sinr*e[i])
		e[i] = float64(cosr*e[i]) - float64(sinr*d[i])
		g = sinr * d[i+1]
		d[i+1] *= cosr
		cosl, sinl, r := gonum.Implementation{}.Dlartg(f, g)
		d[i] = r
		f = float64(cosl*e[i]) + float64(sinl*d[i+1])
		d[i+1] = float64(cosl*d[i+1]) - float64(sinl*e[i])
		if i < end-2 {
			g = sinl * e[i+1]
			e[i+1] *= cosl
		}
		cv[i-first], sv[i-first] = cosr, sinr
		cu[i-first], su[i-first] = cosl, sinl
	}
	e[end-2] = f
}

func (b *bidiagonal) shiftedUp(first, end int, shift float64) {
	d, e := b.d, b.e
	cv, sv := b.v.sweep(first, end-1-first, true)
	cu, su := b.u.sweep(first, end-1-first, true)
	f := (math.Abs(d[end-1]) - shift) * (math.Copysign(1, d[end-1]) + shift/d[end-1])
	g := e[end-2]
	for i := end - 1; i > first; i-- {
		cosr, sinr, r := gonum.Implementation{}.Dlartg(f, g)
		if i < end-1 {
			e[i] = r
		}
		f = float64(cosr*d[i]) + float64(sinr*e[i-1])
		e[i-1] = float64(cosr*e[i-1]) - float64(sinr*d[i])
		g = sinr * d[i-1]
		d[i-1] *= cosr
		cosl, sinl, r := gonum.Implementation{}.Dlartg(f, g)
		d[i] = r
		f = float64(cosl*e[i-1]) + float64(sinl*d[i-1])
		d[i-1] = float64(cosl*d[i-1]) - float64(sinl*e[i-1])
		if i > first+1 {
			g = sinl * e[i-2]
			e[i-2] *= cosl
		}
		cu[i-first-1], su[i-first-1] = cosr, -sinr
		cv[i-first-1], sv[i-first-1] = cosl, -sinl
	}
	e[first] = f
}

// sort makes the singular values positive and puts them in descending order.
func (b *bidiagonal) sort() {
	for i, v := range b.d {
		if v < 0 {
			b.d[i] = -v
			b.v.negate(i)
		}
	}
	for i := range b.d {
		k := i
		for j := i + 1; j < len(b.d); j++ {
			if b.d[j] > b.d[k] {
				k = j
			}
		}
		if k != i {
			b.d[i], b.d[k] = b.d[k], b.d[i]
			b.u.swapRows(i, k)
			b.v.swapRows(i, k)
		}
	}
}
