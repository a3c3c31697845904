//go:build !purego

package sum

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

// dot is Dot of the first n elements, n > 0.
func dot[T view.Float](i isa.ISA, n int, x, y []T) T {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			return T(f64.DotAVX512(n, double(x), double(y)))
		case isa.AVX2:
			return T(f64.DotAVX2(n, double(x), double(y)))
		}
	} else {
		switch i {
		case isa.AVX512:
			return T(f32.DotAVX512(n, single(x), single(y)))
		case isa.AVX2:
			return T(f32.DotAVX2(n, single(x), single(y)))
		}
	}
	return defineDot(n, x, y)
}

// sumSquares is SumSquares of the first n elements, n > 0.
func sumSquares[T view.Float](i isa.ISA, n int, x []T) T {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			return T(f64.SumSquaresAVX512(n, double(x)))
		case isa.AVX2:
			return T(f64.SumSquaresAVX2(n, double(x)))
		}
	} else {
		switch i {
		case isa.AVX512:
			return T(f32.SumSquaresAVX512(n, single(x)))
		case isa.AVX2:
			return T(f32.SumSquaresAVX2(n, single(x)))
		}
	}
	return defineDot(n, x, x)
}

// asum is Asum of the first n elements, n > 0.
func asum[T view.Float](i isa.ISA, n int, x []T) T {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			return T(f64.AsumAVX512(n, double(x)))
		case isa.AVX2:
			return T(f64.AsumAVX2(n, double(x)))
		}
	} else {
		switch i {
		case isa.AVX512:
			return T(f32.AsumAVX512(n, single(x)))
		case isa.AVX2:
			return T(f32.AsumAVX2(n, single(x)))
		}
	}
	return defineAsum(n, x)
}

// amax is Amax of the first n elements, n > 0.
func amax[T view.Float](i isa.ISA, n int, x []T) T {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			return T(f64.AmaxAVX512(n, double(x)))
		case isa.AVX2:
			return T(f64.AmaxAVX2(n, double(x)))
		}
	} else {
		switch i {
		case isa.AVX512:
			return T(f32.AmaxAVX512(n, single(x)))
		case isa.AVX2:
			return T(f32.AmaxAVX2(n, single(x)))
		}
	}
	return defineAmax(n, x)
}

// addRows is Rows of the first n elements, n > 0.
func addRows[T view.Float](i isa.ISA, rows, n int, alpha T, a []T, stride int, x, y []T, next int) {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			f64.RowsAVX512(rows, n, float64(alpha), double(a), 8*uintptr(stride), double(x), double(y), 8*uintptr(next))
			return
		case isa.AVX2:
			f64.RowsAVX2(rows, n, float64(alpha), double(a), 8*uintptr(stride), double(x), double(y), 8*uintptr(next))
			return
		}
	} else {
		switch i {
		case isa.AVX512:
			f32.RowsAVX512(rows, n, float32(alpha), single(a), 4*uintptr(stride), single(x), single(y), 4*uintptr(next))
			return
		case isa.AVX2:
			f32.RowsAVX2(rows, n, float32(alpha), single(a), 4*uintptr(stride), single(x), single(y), 4*uintptr(next))
			return
		}
	}
	defineRows(rows, n, alpha, a, stride, x, y, next)
}

// dotDouble is DotDouble of the first n elements, n > 0.
func dotDouble(i isa.ISA, n int, x, y []float32) float64 {
	switch i {
	case isa.AVX512:
		return f32.DotDoubleAVX512(n, &x[0], &y[0])
	case isa.AVX2:
		return f32.DotDoubleAVX2(n, &x[0], &y[0])
	}
	return defineDotDouble(n, x, y)
}

// both is Both of the first n elements, n > 0.
func both[T view.Float](i isa.ISA, rows, n int, a []T, stride int, x, sums, alpha, y []T) {
	if view.Size[T]() == 8 {
		switch i {
		case isa.AVX512:
			f64.BothAVX512(rows, n, double(a), 8*uintptr(stride), double(x), double(sums), double(alpha), double(y))
			return
		case isa.AVX2:
			f64.BothAVX2(rows, n, double(a), 8*uintptr(stride), double(x), double(sums), double(alpha), double(y))
			return
		}
	} else {
		switch i {
		case isa.AVX512:
			f32.BothAVX512(rows, n, single(a), 4*uintptr(stride), single(x), single(sums), single(alpha), single(y))
			return
		case isa.AVX2:
			f32.BothAVX2(rows, n, single(a), 4*uintptr(stride), single(x), single(sums), single(alpha), single(y))
			return
		}
	}
	defineBoth(rows, n, a, stride, x, sums, alpha, y)
}
