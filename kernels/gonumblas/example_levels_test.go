package gonumblas_test

import (
	"fmt"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

// Vectors, of both types. Programs mostly call blas64 and blas32, which come here after Use.
func ExampleImplementation_level1() {
	b := gonumblas.New(kernels.Default(), gonumblas.SameBits)
	x, y := []float64{3, -4}, []float64{1, 2}
	fmt.Println(b.Ddot(2, x, 1, y, 1), b.Dnrm2(2, x, 1), b.Dasum(2, x, 1), b.Idamax(2, x, 1))
	b.Daxpy(2, 2, x, 1, y, 1)
	b.Dscal(2, 10, y, 1)
	b.Dswap(2, x, 1, y, 1)
	fmt.Println(x, y)
	b.Drot(2, x, 1, y, 1, 0, 1) // by a right angle
	b.Drotm(2, x, 1, y, 1, blas.DrotmParams{Flag: blas.Diagonal, H: [4]float64{1, 0, 0, 1}})
	fmt.Println(x, y)

	u, v := []float32{3, -4}, []float32{1, 2}
	fmt.Println(b.Sdot(2, u, 1, v, 1), b.Snrm2(2, u, 1), b.Sasum(2, u, 1), b.Isamax(2, u, 1), b.Sdsdot(2, 0.5, u, 1, v, 1), b.Dsdot(2, u, 1, v, 1))
	b.Saxpy(2, 2, u, 1, v, 1)
	b.Sscal(2, 10, v, 1)
	b.Sswap(2, u, 1, v, 1)
	fmt.Println(u, v)
	b.Srot(2, u, 1, v, 1, 0, 1)
	b.Srotm(2, u, 1, v, 1, blas.SrotmParams{Flag: blas.Diagonal, H: [4]float32{1, 0, 0, 1}})
	fmt.Println(u, v)
	// Output:
	// -5 5 7 1
	// [70 -60] [3 -4]
	// [-67 56] [-73 64]
	// -5 5 7 1 -4.5 -5
	// [70 -60] [3 -4]
	// [-67 56] [-73 64]
}

// Matrices by vectors, of both types: a, its upper triangle, and what is added to it.
func ExampleImplementation_level2() {
	b := gonumblas.New(kernels.Default(), gonumblas.SameBits)
	a, x, y := []float64{2, 1, 0, 4}, []float64{1, 2}, []float64{0, 0}
	b.Dgemv(blas.NoTrans, 2, 2, 1, a, 2, x, 1, 0, y, 1)
	fmt.Print(y)
	b.Dsymv(blas.Upper, 2, 1, a, 2, x, 1, 0, y, 1)
	fmt.Print(y)
	b.Dtrmv(blas.Upper, blas.Trans, blas.NonUnit, 2, a, 2, x, 1)
	fmt.Print(x)
	b.Dtrsv(blas.Upper, blas.Trans, blas.NonUnit, 2, a, 2, x, 1)
	fmt.Println(x)
	b.Dger(2, 2, 1, x, 1, x, 1, a, 2)
	b.Dsyr(blas.Upper, 2, 1, x, 1, a, 2)
	b.Dsyr2(blas.Upper, 2, 1, x, 1, x, 1, a, 2)
	fmt.Println(a)

	c, u, v := []float32{2, 1, 0, 4}, []float32{1, 2}, []float32{0, 0}
	b.Sgemv(blas.NoTrans, 2, 2, 1, c, 2, u, 1, 0, v, 1)
	fmt.Print(v)
	b.Ssymv(blas.Upper, 2, 1, c, 2, u, 1, 0, v, 1)
	fmt.Print(v)
	b.Strmv(blas.Upper, blas.Trans, blas.NonUnit, 2, c, 2, u, 1)
	fmt.Print(u)
	b.Strsv(blas.Upper, blas.Trans, blas.NonUnit, 2, c, 2, u, 1)
	fmt.Println(u)
	b.Sger(2, 2, 1, u, 1, u, 1, c, 2)
	b.Ssyr(blas.Upper, 2, 1, u, 1, c, 2)
	b.Ssyr2(blas.Upper, 2, 1, u, 1, u, 1, c, 2)
	fmt.Println(c)
	// Output:
	// [4 8][4 9][2 9][1 2]
	// [6 9 2 20]
	// [4 8][4 9][2 9][1 2]
	// [6 9 2 20]
}

// Matrices by matrices, of both types.
func ExampleImplementation_level3() {
	b := gonumblas.New(kernels.Default(), gonumblas.SameBits)
	a, x, c := []float64{2, 1, 0, 4}, []float64{1, 2, 3, 4}, make([]float64, 4)
	b.Dgemm(blas.NoTrans, blas.Trans, 2, 2, 2, 1, a, 2, x, 2, 0, c, 2)
	fmt.Print(c)
	b.Dsymm(blas.Left, blas.Upper, 2, 2, 1, a, 2, x, 2, 0, c, 2)
	fmt.Print(c)
	b.Dsyrk(blas.Upper, blas.NoTrans, 2, 2, 1, x, 2, 0, c, 2)
	b.Dsyr2k(blas.Lower, blas.NoTrans, 2, 2, 1, x, 2, x, 2, 0, c, 2)
	fmt.Print(c)
	b.Dtrmm(blas.Left, blas.Upper, blas.NoTrans, blas.NonUnit, 2, 2, 1, a, 2, x, 2)
	fmt.Print(x)
	b.Dtrsm(blas.Left, blas.Upper, blas.NoTrans, blas.NonUnit, 2, 2, 1, a, 2, x, 2)
	fmt.Println(x)

	f, y, d := []float32{2, 1, 0, 4}, []float32{1, 2, 3, 4}, make([]float32, 4)
	b.Sgemm(blas.NoTrans, blas.Trans, 2, 2, 2, 1, f, 2, y, 2, 0, d, 2)
	fmt.Print(d)
	b.Ssymm(blas.Left, blas.Upper, 2, 2, 1, f, 2, y, 2, 0, d, 2)
	fmt.Print(d)
	b.Ssyrk(blas.Upper, blas.NoTrans, 2, 2, 1, y, 2, 0, d, 2)
	b.Ssyr2k(blas.Lower, blas.NoTrans, 2, 2, 1, y, 2, y, 2, 0, d, 2)
	fmt.Print(d)
	b.Strmm(blas.Left, blas.Upper, blas.NoTrans, blas.NonUnit, 2, 2, 1, f, 2, y, 2)
	fmt.Print(y)
	b.Strsm(blas.Left, blas.Upper, blas.NoTrans, blas.NonUnit, 2, 2, 1, f, 2, y, 2)
	fmt.Println(y)
	// Output:
	// [4 10 8 16][5 8 13 18][10 11 22 50][5 8 12 16][1 2 3 4]
	// [4 10 8 16][5 8 13 18][10 11 22 50][5 8 12 16][1 2 3 4]
}

// Bands have a row for each of the matrix, its diagonal behind those that are below; packed triangles have one line behind
// the other. These are gonum's.
func ExampleImplementation_bands() {
	b := gonumblas.New(kernels.Default())
	band := []float64{0, 2, 1, 3, 4, 0} // [2 1; 3 4], with one diagonal on each side
	upper := []float64{2, 1, 4, 0}      // [2 1; 0 4], or symmetric
	x, y := []float64{1, 2}, make([]float64, 2)
	b.Dgbmv(blas.NoTrans, 2, 2, 1, 1, 1, band, 3, x, 1, 0, y, 1)
	fmt.Print(y)
	b.Dsbmv(blas.Upper, 2, 1, 1, upper, 2, x, 1, 0, y, 1)
	fmt.Print(y)
	b.Dtbmv(blas.Upper, blas.NoTrans, blas.NonUnit, 2, 1, upper, 2, x, 1)
	fmt.Print(x)
	b.Dtbsv(blas.Upper, blas.NoTrans, blas.NonUnit, 2, 1, upper, 2, x, 1)
	fmt.Println(x)

	packed := []float64{2, 1, 4}
	b.Dspmv(blas.Upper, 2, 1, packed, x, 1, 0, y, 1)
	fmt.Print(y)
	b.Dtpmv(blas.Upper, blas.NoTrans, blas.NonUnit, 2, packed, x, 1)
	fmt.Print(x)
	b.Dtpsv(blas.Upper, blas.NoTrans, blas.NonUnit, 2, packed, x, 1)
	b.Dcopy(2, x, 1, y, 1)
	fmt.Print(y)
	b.Dspr(blas.Upper, 2, 1, x, 1, packed)
	b.Dspr2(blas.Upper, 2, 1, x, 1, y, 1, packed)
	fmt.Println(packed)

	band32 := []float32{0, 2, 1, 3, 4, 0}
	upper32 := []float32{2, 1, 4, 0}
	u, v := []float32{1, 2}, make([]float32, 2)
	b.Sgbmv(blas.NoTrans, 2, 2, 1, 1, 1, band32, 3, u, 1, 0, v, 1)
	fmt.Print(v)
	b.Ssbmv(blas.Upper, 2, 1, 1, upper32, 2, u, 1, 0, v, 1)
	fmt.Print(v)
	b.Stbmv(blas.Upper, blas.NoTrans, blas.NonUnit, 2, 1, upper32, 2, u, 1)
	fmt.Print(u)
	b.Stbsv(blas.Upper, blas.NoTrans, blas.NonUnit, 2, 1, upper32, 2, u, 1)
	fmt.Println(u)

	packed32 := []float32{2, 1, 4}
	b.Sspmv(blas.Upper, 2, 1, packed32, u, 1, 0, v, 1)
	fmt.Print(v)
	b.Stpmv(blas.Upper, blas.NoTrans, blas.NonUnit, 2, packed32, u, 1)
	fmt.Print(u)
	b.Stpsv(blas.Upper, blas.NoTrans, blas.NonUnit, 2, packed32, u, 1)
	b.Scopy(2, u, 1, v, 1)
	fmt.Print(v)
	b.Sspr(blas.Upper, 2, 1, u, 1, packed32)
	b.Sspr2(blas.Upper, 2, 1, u, 1, v, 1, packed32)
	fmt.Println(packed32)
	// Output:
	// [4 11][4 9][4 8][1 2]
	// [4 9][4 8][1 2][5 7 16]
	// [4 11][4 9][4 8][1 2]
	// [4 9][4 8][1 2][5 7 16]
}
