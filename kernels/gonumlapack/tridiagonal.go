package gonumlapack

import (
	"math"

	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"
)

// The iteration below is gonum's Dsteqr,
// Copyright ©2016 The Gonum Authors, under the BSD license in gonum-LICENSE,
// with its rotations handed to z, whose rows become the eigenvectors.

const epsilon = 0x1p-53

// Parts of a tridiagonal matrix whose largest element lies between these are not scaled.
const (
	smallestPart = 0x1p-511 / (epsilon * epsilon) // the root of smallestNormal, over epsilon squared
	largestPart  = 0x1p511 / 3
)

// tridiagonalVectors computes the eigenvalues of a symmetric tridiagonal matrix, in ascending
// order, and its eigenvectors, and returns whether it found them all.
func tridiagonalVectors(n int, d, e []float64, z *rotations) (ok bool) {
	var impl gonum.Implementation
	left := 30 * n // sweeps
	for l1 := 0; l1 < n && left > 0; {
		if l1 > 0 {
			e[l1-1] = 0
		}
		m := l1
		for ; m < n-1; m++ {
			test := math.Abs(e[m])
			if test == 0 {
				break
			}
			if test <= math.Sqrt(math.Abs(d[m]))*math.Sqrt(math.Abs(d[m+1]))*epsilon {
				e[m] = 0
				break
			}
		}
		first, last := l1, m
		l1 = m + 1
		if first == last {
			continue
		}
		anorm := impl.Dlanst(lapack.MaxAbs, last-first+1, d[first:], e[first:])
		scaled := anorm
		switch {
		case anorm == 0:
			continue
		case anorm > largestPart:
			scaled = largestPart
		case anorm < smallestPart:
			scaled = smallestPart
		}
		scale(anorm, scaled, d[first:last+1], e[first:last])
		// QL or QR, from the smaller end of the diagonal.
		if math.Abs(d[last]) < math.Abs(d[first]) {
			left = iterateQR(first, last, d, e, z, left)
		} else {
			left = iterateQL(first, last, d, e, z, left)
		}
		scale(scaled, anorm, d[first:last+1], e[first:last])
		if left == 0 { // as may be with the last sweep's success
			break
		}
	}
	z.flush()
	if left == 0 {
		for _, v := range e[:n-1] {
			if v != 0 {
				return false
			}
		}
		return true
	}
	for i := range n - 1 {
		k := i
		for j := i + 1; j < n; j++ {
			if d[j] < d[k] {
				k = j
			}
		}
		if k != i {
			d[i], d[k] = d[k], d[i]
			z.swapRows(i, k)
		}
	}
	return true
}

func scale(from, to float64, d, e []float64) {
	if from < to || from > to { // neither is NaN
		gonum.Implementation{}.Dlascl(lapack.General, 0, 0, from, to, len(d), 1, d, 1)
		gonum.Implementation{}.Dlascl(lapack.General, 0, 0, from, to, len(e), 1, e, 1)
	}
}

// iterateQL finds the eigenvalues from l to last, ascending, and returns the sweeps left.
func iterateQL(l, last int, d, e []float64, z *rotations, left int) int {
	var impl gonum.Implementation
	for l <= last {
		m := l
		for ; m < last; m++ {
			if v := math.Abs(e[m]); v*v <= (epsilon*epsilon*math.Abs(d[m]))*math.Abs(d[m+1])+smallestNormal {
				break
			}
		}
		if m < last {
			e[m] = 0
		}
		p := d[l]
		if m == l {
			l++
			continue
		}
		if m == l+1 {
			cs, sn := z.sweep(l, 1, true)
			d[l], d[l+1], cs[0], sn[0] = impl.Dlaev2(d[l], e[l], d[l+1])
			e[l] = 0
			l += 2
			continue
		}
		if left == 0 {
			return 0
		}
		left--
		g := (d[l+1] - p) / (2 * e[l])
		r := impl.Dlapy2(g, 1)
		g = d[m] - p + e[l]/(g+math.Copysign(r, g))
		s, c := 1.0, 1.0
		p = 0
		cs, sn := z.sweep(l, m-l, true)
		for i := m - 1; i >= l; i-- {
			f := s * e[i]
			b := c * e[i]
			c, s, r = impl.Dlartg(g, f)
			if i != m-1 {
				e[i+1] = r
			}
			g = d[i+1] - p
			r = float64((d[i]-g)*s) + float64(2*c*b)
			p = s * r
			d[i+1] = g + p
			g = float64(c*r) - b
			cs[i-l], sn[i-l] = c, -s
		}
		d[l] -= p
		e[l] = g
	}
	return left
}

// iterateQR finds the eigenvalues from l down to first, and returns the sweeps left.
func iterateQR(first, l int, d, e []float64, z *rotations, left int) int {
	var impl gonum.Implementation
	for l >= first {
		m := l
		for ; m > first; m-- {
			if v := math.Abs(e[m-1]); v*v <= epsilon*epsilon*math.Abs(d[m])*math.Abs(d[m-1])+smallestNormal {
				break
			}
		}
		if m > first {
			e[m-1] = 0
		}
		p := d[l]
		if m == l {
			l--
			continue
		}
		if m == l-1 {
			cs, sn := z.sweep(l-1, 1, false)
			d[l-1], d[l], cs[0], sn[0] = impl.Dlaev2(d[l-1], e[l-1], d[l])
			e[l-1] = 0
			l -= 2
			continue
		}
		if left == 0 {
			return 0
		}
		left--
		g := (d[l-1] - p) / (2 * e[l-1])
		r := impl.Dlapy2(g, 1)
		g = d[m] - p + e[l-1]/(g+math.Copysign(r, g))
		s, c := 1.0, 1.0
		p = 0
		cs, sn := z.sweep(m, l-m, false)
		for i := m; i < l; i++ {
			f := s * e[i]
			b := c * e[i]
			c, s, r = impl.Dlartg(g, f)
			if i != m {
				e[i-1] = r
			}
			g = d[i] - p
			r = float64((d[i+1]-g)*s) + float64(2*c*b)
			p = s * r
			d[i] = g + p
			g = float64(c*r) - b
			cs[i-m], sn[i-m] = c, s
		}
		d[l] -= p
		e[l-1] = g
	}
	return left
}
