package main

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// functions64 are the elementwise functions of float64 with their errors as documented.
var functions64 = []function{
	{name: "exp", f: exp, ulps: 0.95, at: expFunction.at},
	{name: "log", f: ln, ulps: 0.95, at: map[float64]float64{0: -inf, 1: 0, inf: inf, -inf: math.NaN(), -1: math.NaN(), -0x1p-1074: math.NaN()}},
	{name: "softplus", f: softplus, ulps: 1.9, at: softplusFunction.at},
	{name: "sigmoid", f: sigmoid, ulps: 1.7, at: sigmoidFunction.at},
	{name: "tanh", f: tanhOfAny, ulps: 1.5, at: tanhFunction.at},
}

// tanhOfAny is tanh where it does not cancel, and its series where |x| is so small that two
// terms of it have all bits.
func tanhOfAny(x *big.Float) *big.Float {
	if abs(x).Cmp(value(0x1p-90)) < 0 {
		return mul(x, sub(one, div(mul(x, x), value(3))))
	}
	return tanh(x)
}

// elementwise64File has arguments of 64 bits, and bounds in units of the last place of the
// value as a float64.
func elementwise64File() file {
	f := newFile("Float64/Elementwise", "The documented error of each function; special values are exact.")
	for _, fn := range functions64 {
		var inputs []string
		for _, x := range elementwisePoints64() {
			if fn.add64(f, x) {
				inputs = append(inputs, fmt.Sprintf("%016x", math.Float64bits(x)))
			}
		}
		f.Inputs[fn.name] = []string{strings.Join(inputs, " ")}
	}
	return f
}

// add64 adds the function's value at x, if it has one.
func (fn function) add64(f file, x float64) bool {
	result, special := fn.at[x]
	switch {
	case special:
		if x == 0 && result == 0 { // odd functions keep the sign of 0
			result = x
		}
		f.exactly(fn.name, result)
		return true
	case x != x:
		f.exactly(fn.name, math.NaN())
		return true
	case fn.name == "log" && x < 0:
		return false
	}
	y := fn.f(value(x))
	if limit := scale(one, 1024); y.Cmp(limit) >= 0 {
		f.exactly(fn.name, inf)
	} else {
		f.Outputs[fn.name] = append(f.Outputs[fn.name], fmt.Sprintf("%s %g", y.Text('x', 20), fn.ulps))
	}
	return true
}

// elementwisePoints64 are as elementwisePoints.
func elementwisePoints64() []float64 {
	points := []float64{0, negZero, inf, -inf, math.NaN(), 1, -1,
		0x1p-1074, -0x1p-1074, 0x1p-1022, -0x1p-1022, math.MaxFloat64, -math.MaxFloat64}
	for _, x := range []float64{0.625, math.Sqrt2 / 2, math.Ln2 / 2, 1, 19.06, 36.7, 708.3964185322641, 709.782712893384, 745.1332191019412, 746} {
		for _, y := range []float64{math.Nextafter(x, 0), x, math.Nextafter(x, 1000)} {
			points = append(points, y, -y)
		}
	}
	rng := newRandom(64)
	long := func(limit float64) float64 { // 48 random bits
		return limit * (float64(rng.between(1)) + 0x1p-24*float64(rng.between(1)))
	}
	for e := -1074; e < 1024; e += 67 {
		x := math.Ldexp(1+math.Abs(long(1)), e)
		points = append(points, x, -x)
	}
	for range 40 {
		x := long(1)
		points = append(points, x, 20*x, 740*x)
	}
	return points
}
