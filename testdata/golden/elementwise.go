package main

import (
	"math"
	"math/big"
)

// function is an elementwise function and its error as documented.
type function struct {
	name      string
	f         func(*big.Float) *big.Float
	lipschitz float64
	ulps      float64
	// at holds the values that are exact.
	at map[float64]float64
}

var inf, negZero = math.Inf(1), math.Copysign(0, -1)

var (
	identityFunction = function{"identity", func(x *big.Float) *big.Float { return x }, 1, 0, map[float64]float64{inf: inf, -inf: -inf}}
	reluFunction     = function{"relu", relu, 1, 0, map[float64]float64{inf: inf, -inf: 0}}
	softplusFunction = function{"softplus", softplus, 1, 1.9, map[float64]float64{inf: inf, -inf: 0}}
	sigmoidFunction  = function{"sigmoid", sigmoid, 0.25, 1.7, map[float64]float64{0: 0.5, inf: 1, -inf: 0}}
	tanhFunction     = function{"tanh", tanh, 1, 1.5, map[float64]float64{0: 0, inf: 1, -inf: -1}}
	expFunction      = function{"exp", exp, inf, 0.9, map[float64]float64{0: 1, inf: inf, -inf: 0}}
	logFunction      = function{"log", ln, inf, 1, map[float64]float64{0: -inf, 1: 0, inf: inf, -inf: math.NaN(), -1: math.NaN(), -0x1p-149: math.NaN()}}
)

// activations are the functions that maps have.
var activations = []function{identityFunction, softplusFunction, sigmoidFunction, reluFunction, tanhFunction}

func elementwiseFile() file {
	f := newFile("Elementwise", "The documented error of each function; special values are exact.")
	points := elementwisePoints()
	for _, fn := range append(activations, expFunction, logFunction) {
		var inputs []float32
		for _, x := range points {
			if fn.add(f, x) {
				inputs = append(inputs, x)
			}
		}
		f.floats(fn.name, inputs)
	}
	return f
}

// add adds the function's value at x, if it has one.
func (fn function) add(f file, x float32) bool {
	if result, ok := fn.at[float64(x)]; ok {
		if x == 0 && result == 0 { // odd functions keep the sign of 0
			result = float64(x)
		}
		f.exactly(fn.name, result)
		return true
	}
	switch {
	case x != x:
		f.exactly(fn.name, math.NaN())
		return true
	case fn.name == "log" && x < 0:
		return false
	}
	y := exact(x).through(fn.f, 0, fn.ulps)
	if limit := value(0x1p128); y.v.Cmp(limit) >= 0 {
		f.exactly(fn.name, inf)
	} else if fn.ulps == 0 {
		exactValue, _ := y.v.Float64()
		if fn.name == "relu" && exactValue == 0 {
			exactValue = float64(reluZero(x))
		}
		f.exactly(fn.name, exactValue)
	} else {
		f.result(fn.name, y)
	}
	return true
}

// reluZero is the zero that max(0, x) is for an x that is not positive: the
// kernels return x unless 0 > x.
func reluZero(x float32) float32 {
	if x == 0 {
		return x
	}
	return 0
}

// elementwisePoints are special values, the places where kernels change their
// method, numbers of all magnitudes, and more of those where the functions are
// neither 0 nor linear.
func elementwisePoints() []float32 {
	points := []float32{0, float32(negZero), float32(inf), -float32(inf), float32(math.NaN()), 1, -1,
		0x1p-149, -0x1p-149, 0x1p-126, -0x1p-126, math.MaxFloat32, -math.MaxFloat32}
	for _, x := range []float32{0.625, 0.70710677, 0.34657359, 1, 9, 17.3, 87.33, 88.7, 88.72284, 88.73, 103.2, 103.97, 104} {
		for _, y := range []float32{math.Nextafter32(x, 0), x, math.Nextafter32(x, 200)} {
			points = append(points, y, -y)
		}
	}
	rng := newRandom(1)
	for e := -148; e < 128; e += 11 {
		x := float32(math.Ldexp(1+math.Abs(float64(rng.between(1))), e))
		points = append(points, x, -x)
	}
	for range 40 {
		x := rng.between(1)
		points = append(points, x, 20*x, 100*x)
	}
	return points
}
