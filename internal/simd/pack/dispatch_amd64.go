//go:build !purego

package pack

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Lines copies 4 lines of each row of src, stride apart: the first element of line q of
// row i goes to dst[q*next+i*step]. There is at least one row.
func Lines[T view.Float](i isa.ISA, rows int, src []T, stride int, dst []T, next, step int) {
	size := unsafe.Sizeof(*new(T))
	from, to := (*float32)(unsafe.Pointer(&src[0])), (*float32)(unsafe.Pointer(&dst[0])) // 16 floats are a line of any type
	s, n, d := uintptr(stride)*size, uintptr(next)*size, uintptr(step)*size
	switch i {
	case isa.AVX512:
		f32.PackAVX512(rows, from, s, to, n, d)
	case isa.AVX2:
		f32.PackAVX2(rows, from, s, to, n, d)
	default:
		linesGeneric(rows, src, stride, dst, next, step)
	}
}

// Transpose copies the transpose of rows of src from row skip on: dst[p*step+i] =
// src[(skip+i)*stride+p] for i < rows and p < cols. It may read all of the first
// isa.TransposeRows rows.
func Transpose[T view.Float](i isa.ISA, skip, rows, cols int, src []T, stride int, dst []T, step int) {
	if view.Size[T]() == 8 {
		transposeGeneric(skip, rows, cols, src, stride, dst, step)
		return
	}
	const size, half = 4, isa.TransposeRows / 2
	from, to := unsafe.Pointer(&src[0]), unsafe.Pointer(&dst[0])
	s, d := uintptr(stride)*size, uintptr(step)*size
	switch whole := skip == 0 && rows == isa.TransposeRows; {
	case i == isa.AVX512 && cols >= isa.TransposeColumns:
		f32.TransposeAVX512(skip, rows, cols, (*float32)(from), s, (*float32)(to), d)
	case i == isa.AVX2 && cols >= isa.TransposeColumns && whole:
		f32.TransposeAVX2(cols, (*float32)(from), s, (*float32)(to), d)
		f32.TransposeAVX2(cols, (*float32)(unsafe.Add(from, half*s)), s, (*float32)(unsafe.Add(to, half*size)), d)
	default:
		transposeGeneric(skip, rows, cols, src, stride, dst, step)
	}
}
