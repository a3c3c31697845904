package level3

import "github.com/targetprop/targetprop/internal/view"

// add computes y += a*x, each product rounded.
func add[T view.Float](y []T, a T, x []T) {
	x = x[:len(y)]
	for i := range y {
		y[i] += T(a * x[i])
	}
}

// scale computes x *= a.
func scale[T view.Float](x []T, a T) {
	for i := range x {
		x[i] *= a
	}
}

// inverse is 1/a, unless that is no normal number: then x/a and x*(1/a) differ by much.
func inverse[T view.Float](a T) (T, bool) {
	inv, least := 1/a, smallestNormal[T]()
	return inv, inv >= least && inv <= 1/least || inv <= -least && inv >= -1/least
}

func smallestNormal[T view.Float]() T {
	least := 0x1p-1022
	if view.Size[T]() == 4 {
		least = 0x1p-126
	}
	return T(least)
}

// divide computes x /= a.
func divide[T view.Float](x []T, a T) {
	if inv, ok := inverse(a); ok {
		scale(x, inv)
		return
	}
	for i := range x {
		x[i] /= a
	}
}
