package condition

import "gonum.org/v1/gonum/blas"

// Factor is a triangle, transposed or not, that a matrix begins or ends with.
type Factor struct {
	Uplo  blas.Uplo
	Trans blas.Transpose
	Diag  blas.Diag
}

// fewestInBLAS is the order below which triangles are solved here: calls would take longer.
const fewestInBLAS = 24

// solveSmall solves a triangle of order n. What is solved last is subtracted last, so that all
// before it need not wait. Products are rounded before they are subtracted, whatever the
// processor.
func solveSmall(f Factor, n int, a []float64, lda int, x []float64) {
	x = x[:n]
	unit := f.Diag == blas.Unit
	switch {
	case f.Trans == blas.NoTrans && f.Uplo == blas.Lower:
		for i, s := range x {
			row, before := a[i*lda:i*lda+i+1], x[:i]
			for j, v := range before {
				s -= float64(row[j] * v)
			}
			if !unit {
				s /= row[i]
			}
			x[i] = s
		}
	case f.Trans == blas.NoTrans:
		for i := n - 1; i >= 0; i-- {
			row, after := a[i*lda+i:i*lda+n], x[i:]
			s := after[0]
			for j := len(row) - 1; j > 0; j-- {
				s -= float64(row[j] * after[j])
			}
			if !unit {
				s /= row[0]
			}
			x[i] = s
		}
	case f.Uplo == blas.Upper:
		for i := range x {
			row, after := a[i*lda+i:i*lda+n], x[i:]
			if !unit {
				after[0] /= row[0]
			}
			subtract(row[1:], after[0], after[1:])
		}
	default:
		for i := n - 1; i >= 0; i-- {
			row := a[i*lda : i*lda+i+1]
			if !unit {
				x[i] /= row[i]
			}
			subtract(row[:i], x[i], x[:i])
		}
	}
}

// subtract takes a multiple of a row from x.
func subtract(row []float64, by float64, x []float64) {
	x = x[:len(row)]
	for j, v := range row {
		x[j] -= float64(v * by)
	}
}
