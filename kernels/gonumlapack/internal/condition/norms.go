package condition

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// Part is what counts of a matrix.
type Part uint8

const (
	Whole         Part = iota
	UpperPart          // the upper triangle
	LowerPart          // the lower triangle
	AboveDiagonal      // the upper triangle without its diagonal
	BelowDiagonal      // the lower triangle without its diagonal
)

// Matrix has a norm.
type Matrix struct {
	Rows, Cols int
	A          []float64
	Lda        int
	Part       Part
}

// TriangleOf is the part of a triangle of which the diagonal counts, or not.
func TriangleOf(uplo blas.Uplo, diag blas.Diag) Part {
	switch {
	case uplo == blas.Upper && diag == blas.Unit:
		return AboveDiagonal
	case uplo == blas.Upper:
		return UpperPart
	case diag == blas.Unit:
		return BelowDiagonal
	default:
		return LowerPart
	}
}

// row is what counts of row i, and its first column.
func (m *Matrix) row(i int) (row []float64, first int) {
	last := m.Cols
	switch m.Part {
	case UpperPart:
		first = i
	case LowerPart:
		last = i + 1
	case AboveDiagonal:
		first = i + 1
	case BelowDiagonal:
		last = i
	}
	return m.A[i*m.Lda+first : i*m.Lda+last], first
}

// MaxAbs is the largest absolute value, NaN apart, and whether there is a NaN.
func (m *Matrix) MaxAbs() (most float64, nan bool) {
	for i := range m.Rows {
		row, _ := m.row(i)
		largest, missing := largest(row)
		most, nan = max(most, largest), nan || missing
	}
	return most, nan
}

// MaxRowSum is the largest sum of absolute values of a row and of diagonal, NaN apart, and
// whether there is a NaN.
func (m *Matrix) MaxRowSum(diagonal float64) (most float64, nan bool) {
	b := blas64.Implementation()
	for i := range m.Rows {
		row, _ := m.row(i)
		s := diagonal + sumOf(b, row)
		if s > most {
			most = s
		} else if s != s {
			nan = true
		}
	}
	return most, nan
}

// MaxColumnSum is the largest sum of absolute values of a column and of diagonal, NaN apart,
// and whether there is a NaN. Sums are computed in work.
func (m *Matrix) MaxColumnSum(diagonal float64, work []float64) (most float64, nan bool) {
	sums := work[:m.Cols]
	for j := range sums {
		sums[j] = diagonal
	}
	m.addColumns(sums)
	return largest(sums)
}

// MaxSymmetricSum is MaxRowSum of a symmetric matrix, of which a triangle is stored. Sums are
// computed in work.
func (m *Matrix) MaxSymmetricSum(work []float64) (most float64, nan bool) {
	b := blas64.Implementation()
	sums := work[:m.Rows]
	for i := range sums {
		row, _ := m.row(i)
		sums[i] = sumOf(b, row)
	}
	beside := *m
	beside.Part = AboveDiagonal
	if m.Part == LowerPart {
		beside.Part = BelowDiagonal
	}
	beside.addColumns(sums)
	return largest(sums)
}

// addColumns adds the absolute values of each column to its sum. Four rows go together, so
// that a sum is loaded and stored once for them in the columns that all of them have.
func (m *Matrix) addColumns(sums []float64) {
	const together = 4
	for i := 0; i < m.Rows; i += together {
		var rows [together][]float64
		var firsts [together]int
		left, right := 0, m.Cols
		if m.Rows-i < together {
			right = 0
		}
		for k := range min(together, m.Rows-i) {
			rows[k], firsts[k] = m.row(i + k)
			left, right = max(left, firsts[k]), min(right, firsts[k]+len(rows[k]))
		}
		for k, row := range rows {
			first := firsts[k]
			if right <= left {
				addAbs(row, sums[first:])
				continue
			}
			addAbs(row[:left-first], sums[first:])
			addAbs(row[right-first:], sums[right:])
			rows[k] = row[left-first : right-first]
		}
		if right <= left {
			continue
		}
		r0, r1, r2, r3, shared := rows[0], rows[1], rows[2], rows[3], sums[left:right]
		r0, r1, r2, r3 = r0[:len(shared)], r1[:len(shared)], r2[:len(shared)], r3[:len(shared)]
		for j, s := range shared {
			shared[j] = s + math.Abs(r0[j]) + math.Abs(r1[j]) + math.Abs(r2[j]) + math.Abs(r3[j])
		}
	}
}

func addAbs(row, sums []float64) {
	sums = sums[:len(row)]
	for j, v := range row {
		sums[j] += math.Abs(v)
	}
}

// fewestSummed is the length from which the BLAS adds up.
const fewestSummed = 16

// sumOf is the sum of absolute values.
func sumOf(b blas.Float64, x []float64) (sum float64) {
	if len(x) >= fewestSummed {
		return b.Dasum(len(x), x, 1)
	}
	for _, v := range x {
		sum += math.Abs(v)
	}
	return sum
}

// largest is the largest absolute value, NaN apart, and whether there is a NaN.
func largest(x []float64) (most float64, nan bool) {
	for _, v := range x {
		if a := math.Abs(v); a > most {
			most = a
		} else if a != a {
			nan = true
		}
	}
	return most, nan
}
