//go:build !purego

package level1

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/asm/f64"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// single and double are where the elements lie, for the kernels of one type.
func single[T view.Float](x []T) *float32 { return (*float32)(unsafe.Pointer(&x[0])) }
func double[T view.Float](x []T) *float64 { return (*float64)(unsafe.Pointer(&x[0])) }

// scale is Scale of the first n elements, n > 0.
func scale[T view.Float](i isa.ISA, n int, alpha T, x []T) {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			f64.ScaleAVX512(n, float64(alpha), double(x))
			return
		case isa.AVX2:
			f64.ScaleAVX2(n, float64(alpha), double(x))
			return
		}
	} else {
		switch i {
		case isa.AVX512:
			f32.ScaleAVX512(n, float32(alpha), single(x))
			return
		case isa.AVX2:
			f32.ScaleAVX2(n, float32(alpha), single(x))
			return
		}
	}
	defineScale(n, alpha, x)
}

// rotate is Rotate of the first n elements, n > 0.
func rotate[T view.Float](i isa.ISA, n int, x, y []T, m Matrix[T]) {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			f64.RotateAVX512(n, double(x), double(y), float64(m.XX), float64(m.XY), float64(m.YX), float64(m.YY))
			return
		case isa.AVX2:
			f64.RotateAVX2(n, double(x), double(y), float64(m.XX), float64(m.XY), float64(m.YX), float64(m.YY))
			return
		}
	} else {
		switch i {
		case isa.AVX512:
			f32.RotateAVX512(n, single(x), single(y), float32(m.XX), float32(m.XY), float32(m.YX), float32(m.YY))
			return
		case isa.AVX2:
			f32.RotateAVX2(n, single(x), single(y), float32(m.XX), float32(m.XY), float32(m.YX), float32(m.YY))
			return
		}
	}
	defineRotate(n, x, y, m)
}

// swap is Swap of the first n elements, n > 0.
func swap[T view.Float](i isa.ISA, n int, x, y []T) {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			f64.SwapAVX512(n, double(x), double(y))
			return
		case isa.AVX2:
			f64.SwapAVX2(n, double(x), double(y))
			return
		}
	} else {
		switch i {
		case isa.AVX512:
			f32.SwapAVX512(n, single(x), single(y))
			return
		case isa.AVX2:
			f32.SwapAVX2(n, single(x), single(y))
			return
		}
	}
	defineSwap(n, x, y)
}

// pairwise is Pairwise of the first n elements, n > 0.
func pairwise[T view.Float](i isa.ISA, op Op, n int, x, y, dst []T) {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			switch op {
			case Add:
				f64.AddAVX512(n, double(x), double(y), double(dst))
			case Sub:
				f64.SubAVX512(n, double(x), double(y), double(dst))
			case Mul:
				f64.MulAVX512(n, double(x), double(y), double(dst))
			}
			return
		case isa.AVX2:
			switch op {
			case Add:
				f64.AddAVX2(n, double(x), double(y), double(dst))
			case Sub:
				f64.SubAVX2(n, double(x), double(y), double(dst))
			case Mul:
				f64.MulAVX2(n, double(x), double(y), double(dst))
			}
			return
		}
	} else {
		switch i {
		case isa.AVX512:
			switch op {
			case Add:
				f32.AddAVX512(n, single(x), single(y), single(dst))
			case Sub:
				f32.SubAVX512(n, single(x), single(y), single(dst))
			case Mul:
				f32.MulAVX512(n, single(x), single(y), single(dst))
			}
			return
		case isa.AVX2:
			switch op {
			case Add:
				f32.AddAVX2(n, single(x), single(y), single(dst))
			case Sub:
				f32.SubAVX2(n, single(x), single(y), single(dst))
			case Mul:
				f32.MulAVX2(n, single(x), single(y), single(dst))
			}
			return
		}
	}
	definePairwise(op, x[:n], y, dst)
}

// update is Update or Triangle of so many rows and elements, more than 0.
func update[T view.Float](i isa.ISA, rows, n int, alpha, x, a []T, stride, step, longer int) {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			f64.UpdateAVX512(rows, n, double(alpha), double(x), double(a), 8*uintptr(stride), 8*uintptr(step), longer)
			return
		case isa.AVX2:
			f64.UpdateAVX2(rows, n, double(alpha), double(x), double(a), 8*uintptr(stride), 8*uintptr(step), longer)
			return
		}
	} else {
		switch i {
		case isa.AVX512:
			f32.UpdateAVX512(rows, n, single(alpha), single(x), single(a), 4*uintptr(stride), 4*uintptr(step), longer)
			return
		case isa.AVX2:
			f32.UpdateAVX2(rows, n, single(alpha), single(x), single(a), 4*uintptr(stride), 4*uintptr(step), longer)
			return
		}
	}
	defineUpdate(rows, n, alpha, x, a, stride, step, longer)
}

// combine is Combine of so many rows and elements, more than 0.
func combine[T view.Float](i isa.ISA, rows, n int, alpha, a []T, stride int, y []T) {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			f64.CombineAVX512(rows, n, double(alpha), double(a), 8*uintptr(stride), double(y))
			return
		case isa.AVX2:
			f64.CombineAVX2(rows, n, double(alpha), double(a), 8*uintptr(stride), double(y))
			return
		}
	} else {
		switch i {
		case isa.AVX512:
			f32.CombineAVX512(rows, n, single(alpha), single(a), 4*uintptr(stride), single(y))
			return
		case isa.AVX2:
			f32.CombineAVX2(rows, n, single(alpha), single(a), 4*uintptr(stride), single(y))
			return
		}
	}
	defineCombine(rows, n, alpha, a, stride, y)
}
