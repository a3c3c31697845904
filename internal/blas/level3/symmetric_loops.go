package level3

import "github.com/targetprop/targetprop/internal/view"

// SmallSymm is [Symm] of an m x n matrix c, for those that are small; of others it returns
// false. Its arguments are not laid out in memory first, as the smallest would feel.
func SmallSymm[T view.Float](left, upper bool, m, n int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) bool {
	if m > symmLoops || n > symmLoops || alpha == 0 {
		return false
	}
	order, crossing := n, m
	lineB, nextB, lineC, nextC := 1, ldb, 1, ldc
	if left {
		order, crossing = m, n
		lineB, nextB, lineC, nextC = nextB, lineB, nextC, lineC
	}
	for r := range order {
		// The terms before the diagonal are a column of the upper triangle or a row of
		// the lower one, those from the diagonal on the other.
		first, step, second, stepOn := r, lda, r*lda+r, 1
		if !upper {
			first, step, stepOn = r*lda, 1, lda
		}
		y, x := 0, r*lineC
		j := crossing
		for ; j >= lanes; j -= lanes {
			s0, s1, s2, s3 := four(r, a, first, step, b, y, lineB, nextB)
			t0, t1, t2, t3 := four(order-r, a, second, stepOn, b, y+r*lineB, lineB, nextB)
			c[x], c[x+nextC] = plus(alpha, s0+t0, beta, c[x]), plus(alpha, s1+t1, beta, c[x+nextC])
			c[x+2*nextC], c[x+3*nextC] = plus(alpha, s2+t2, beta, c[x+2*nextC]), plus(alpha, s3+t3, beta, c[x+3*nextC])
			y, x = y+lanes*nextB, x+lanes*nextC
		}
		for ; j > 0; j-- {
			s := one(r, a, first, step, b, y, lineB) + one(order-r, a, second, stepOn, b, y+r*lineB, lineB)
			c[x] = plus(alpha, s, beta, c[x])
			y, x = y+nextB, x+nextC
		}
	}
	return true
}

// SmallSyrk is [Syrk] of k terms, as SmallSymm is Symm.
func SmallSyrk[T view.Float](upper, trans bool, n, k int, alpha T, a []T, lda int, beta T, c []T, ldc int) bool {
	if !isSmallSyrk(trans, n, k) || alpha == 0 {
		return false
	}
	row, step := lda, 1
	if trans {
		row, step = step, row
	}
	for i := range n {
		j, to := 0, i+1
		if upper {
			j, to = i, n
		}
		for ; j+lanes <= to; j += lanes {
			s0, s1, s2, s3 := four(k, a, i*row, step, a, j*row, step, row)
			x := c[i*ldc+j:][:lanes]
			x[0], x[1] = plus(alpha, s0, beta, x[0]), plus(alpha, s1, beta, x[1])
			x[2], x[3] = plus(alpha, s2, beta, x[2]), plus(alpha, s3, beta, x[3])
		}
		for ; j < to; j++ {
			x := &c[i*ldc+j]
			*x = plus(alpha, one(k, a, i*row, step, a, j*row, step), beta, *x)
		}
	}
	return true
}

// SmallSyr2k is [Syr2k] as SmallSyrk is Syrk.
func SmallSyr2k[T view.Float](upper, trans bool, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) bool {
	if !isSmallSyrk(trans, n, k) || alpha == 0 {
		return false
	}
	rowA, stepA, rowB, stepB := lda, 1, ldb, 1
	if trans {
		rowA, stepA, rowB, stepB = stepA, rowA, stepB, rowB
	}
	for i := range n {
		j, to := 0, i+1
		if upper {
			j, to = i, n
		}
		for ; j+lanes <= to; j += lanes {
			s0, s1, s2, s3 := four(k, a, i*rowA, stepA, b, j*rowB, stepB, rowB)
			t0, t1, t2, t3 := four(k, b, i*rowB, stepB, a, j*rowA, stepA, rowA)
			x := c[i*ldc+j:][:lanes]
			x[0], x[1] = plus(alpha, s0+t0, beta, x[0]), plus(alpha, s1+t1, beta, x[1])
			x[2], x[3] = plus(alpha, s2+t2, beta, x[2]), plus(alpha, s3+t3, beta, x[3])
		}
		for ; j < to; j++ {
			x := &c[i*ldc+j]
			s := one(k, a, i*rowA, stepA, b, j*rowB, stepB) + one(k, b, i*rowB, stepB, a, j*rowA, stepA)
			*x = plus(alpha, s, beta, *x)
		}
	}
	return true
}

// isSmallSyrk tells whether n x n sums of k terms are loops: sooner if the right factor of
// the product would have to be turned.
func isSmallSyrk(trans bool, n, k int) bool {
	if trans {
		return n <= syrkTransLoops && k <= syrkTransLoops
	}
	return n <= syrkLoops && k <= syrkLoops
}
