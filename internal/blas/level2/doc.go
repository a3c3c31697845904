// Package level2 is the second level of BLAS, dense matrices and vectors: gemv, ger, symv,
// syr, syr2, trmv, trsv. Banded and packed matrices are the caller's.
//
// Arguments have been checked; matrices are row-major. A vector with an increment other
// than 1 is brought together first and has the bits of one without.
//
// # The order of a sum
//
// It is the same for every instruction set and number of threads, which share elements of
// a result and never its sum.
//   - gemv of a matrix as it is: y[i] is beta*y[i], to which alpha times the sum of row i is
//     added by a fused multiply-add; the row is summed in lanes (see package sum).
//   - gemv of a transposed matrix: y[j] begins as beta*y[j] and is one chain of fused
//     multiply-adds over the rows, ascending, of alpha*x[i], rounded, and a[i][j].
//   - ger, syr, syr2: a fused multiply-add of alpha*x[i], rounded; syr2 adds alpha*x[i]*y[j],
//     then alpha*y[i]*x[j].
//   - symv, trmv, trsv: the matrix is cut into panels of 12 rows. A panel's rectangle beside
//     the diagonal is summed by rows as gemv's, or added as the chain of a transposed
//     gemv's; its square on the diagonal by single products, rounded, and additions. Panels
//     come in the order in which the triangle is read: see each function.
package level2
