package gonumblas

// Where gonum's loops, which are assembly on amd64, are faster than ours and what goes
// before them, they serve; unless [SameBits] asks for ours. All limits of products were
// measured on a Zen 4 with AVX2, for both types; they depend on shapes alone.

// gemmFaster tells whether gonum is faster at a product.
func (b *backend) gemmFaster(transB bool, m, n, k int) bool {
	most := 2
	if transB {
		most = 4
	}
	return !b.same && m <= most && n <= most && k <= most
}

// symmFaster tells it of a product with a symmetric matrix.
func (b *backend) symmFaster(m, n int) bool { return !b.same && m <= 2 && n <= 2 }

// syrkFaster tells it of a symmetric product: rows by rows are what its dot products are
// good at.
func (b *backend) syrkFaster(trans bool, n, k int) bool {
	most := 14
	if trans {
		most = 4
	}
	return !b.same && n <= most && k <= most
}

// solutionFaster tells it of triangles that are solved: from the left, of those of a few lines;
// from the right, of few rows. Measured on a Zen 3 with AVX2.
func (b *backend) solutionFaster(left bool, m, n int) bool {
	switch {
	case b.same:
		return false
	case left:
		return m <= 4 && n <= 256 || m <= 8 && n <= 24 || m <= 12 && n > 1 && n < 6 || m <= 9 && n > 1 && n < 16
	default:
		return m <= 2 && n <= 512 || m <= 3 && n <= 16
	}
}

// triangularFaster tells it of triangles that are multiplied: from the left, of the lowest and of the narrowest
// others, along whose rows gonum's loops go in assembly; from the right, of few rows.
func (b *backend) triangularFaster(left bool, m, n int) bool {
	switch {
	case b.same:
		return false
	case left:
		return m <= 4 && n <= 64 || m <= 8 && n <= 24 || m <= 16 && n > 4 && n < 16
	default:
		return m <= 3 && n <= 512
	}
}

// Below these sizes level 2 leaves vectors with increments to gonum: elements of a matrix, and
// lines of a triangle.
const (
	apartMatrix   = 64 * 64
	apartTriangle = 64
)

// apartFaster tells whether gonum is faster at vectors that would have to be brought together
// first: for less than so many elements or lines of a matrix.
func (b *backend) apartFaster(n, most int, unit bool) bool { return !unit && !b.same && n < most }
