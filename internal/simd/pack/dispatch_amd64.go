//go:build !purego

package pack

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/asm/f64"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// lines runs the assembly, or what defines it.
func lines[T view.Float](i isa.ISA, rows int, src []T, stride int, dst []T, next, step int) {
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

// transpose runs the assembly, or what defines it.
func transpose[T view.Float](i isa.ISA, skip, rows, cols int, src []T, stride int, dst []T, step int) {
	lanes := view.Panel[T]() // rows that fill a vector of AVX-512
	size := unsafe.Sizeof(*new(T))
	s, d := uintptr(stride)*size, uintptr(step)*size
	switch {
	case i == isa.AVX512 && cols >= isa.TransposeColumns:
		for first := 0; first < skip+rows; first += lanes {
			lo, hi := max(skip, first), min(skip+rows, first+lanes)
			if lo >= hi {
				continue
			}
			from, to := unsafe.Pointer(&src[first*stride]), unsafe.Pointer(&dst[lo-skip])
			if size == 8 {
				f64.TransposeAVX512(lo-first, hi-lo, cols, (*float64)(from), s, (*float64)(to), d)
			} else {
				f32.TransposeAVX512(lo-first, hi-lo, cols, (*float32)(from), s, (*float32)(to), d)
			}
		}
	case i == isa.AVX2 && cols >= isa.TransposeColumns && skip == 0 && rows%(lanes/2) == 0:
		from, to, groups := unsafe.Pointer(&src[0]), unsafe.Pointer(&dst[0]), rows/(lanes/2)
		if size == 8 {
			f64.TransposeAVX2(groups, cols, (*float64)(from), s, (*float64)(to), d)
		} else {
			f32.TransposeAVX2(groups, cols, (*float32)(from), s, (*float32)(to), d)
		}
	default:
		transposeGeneric(skip, rows, cols, src, stride, dst, step)
	}
}

// transposeBlocks runs the assembly, or what defines it.
func transposeBlocks(i isa.ISA, n int, src []float32, next int, dst []float32) {
	switch i {
	case isa.AVX512:
		f32.TransposeBlocksAVX512(n, &src[0], uintptr(next)*4, &dst[0])
	case isa.AVX2:
		f32.TransposeBlocksAVX2(n, &src[0], uintptr(next)*4, &dst[0])
	default:
		transposeBlocksGeneric(n, src, next, dst)
	}
}
