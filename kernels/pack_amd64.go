//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func copyParts(isa ISA, rows int, src []float32, stride int, dst []float32, next, step int) {
	s, n, d := uintptr(stride)*4, uintptr(next)*4, uintptr(step)*4
	switch isa {
	case AVX512:
		f32.PackAVX512(rows, &src[0], s, &dst[0], n, d)
	case AVX2:
		f32.PackAVX2(rows, &src[0], s, &dst[0], n, d)
	default:
		copyPartsGeneric(rows, src, stride, dst, next, step)
	}
}

func transpose(isa ISA, skip, rows, cols int, src []float32, stride int, dst []float32, step int) {
	switch whole := skip == 0 && rows == transposedRows; {
	case isa == AVX512 && cols >= transposedCols:
		f32.TransposeAVX512(skip, rows, cols, &src[0], uintptr(stride)*4, &dst[0], uintptr(step)*4)
	case isa == AVX2 && cols >= transposedCols && whole:
		const half = transposedRows / 2
		f32.TransposeAVX2(cols, &src[0], uintptr(stride)*4, &dst[0], uintptr(step)*4)
		f32.TransposeAVX2(cols, &src[half*stride], uintptr(stride)*4, &dst[half], uintptr(step)*4)
	default:
		transposeGeneric(skip, rows, cols, src, stride, dst, step)
	}
}
