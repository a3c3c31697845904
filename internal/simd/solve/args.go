//go:build (amd64 || arm64) && !purego

package solve

import (
	"unsafe"

	"github.com/targetprop/targetprop/internal/view"
)

// lines is how many lines the kernels solve at a time.
const lines = 6

// args is where the kernels begin, and their distances in bytes: back they go with negative
// ones, from the last line on.
type args[T view.Float] struct {
	a, b, x                   *T
	row, column, stride, next uintptr
}

// argsOf is the kernels' argument of a triangle of n lines, n > 0.
func argsOf[T view.Float](columns int, back bool, n int, a []T, row, column int, b []T, stride int, x []T) args[T] {
	first, size := 0, int(unsafe.Sizeof(*new(T)))
	if back {
		first, size = n-1, -size
	}
	return args[T]{
		a: &a[first*(row+column)], b: &b[first*stride], x: &x[first*columns],
		row: uintptr(row * size), column: uintptr(column * size), stride: uintptr(stride * size), next: uintptr(columns * size),
	}
}

// single and double are where elements lie, for the kernels of one type.
func single[T view.Float](x *T) *float32 { return (*float32)(unsafe.Pointer(x)) }
func double[T view.Float](x *T) *float64 { return (*float64)(unsafe.Pointer(x)) }
