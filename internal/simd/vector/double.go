package vector

import (
	"github.com/targetprop/targetprop/internal/simd/f64"
	"github.com/targetprop/targetprop/internal/simd/isa"
)

// Function64 is a function of one float64.
type Function64 uint8

// The functions of float64.
const (
	Exp64      Function64 = iota // e^x
	Log64                        // natural logarithm
	Softplus64                   // log(1 + e^x)
	Sigmoid64                    // 1 / (1 + e^-x)
	Tanh64                       // tanh x

	Functions64 = iota // how many there are
)

// Value defines the function. One that is unknown is tanh.
func (f Function64) Value(x float64) float64 {
	switch f {
	case Exp64:
		return f64.Exp(x)
	case Log64:
		return f64.Log(x)
	case Softplus64:
		return f64.Softplus(x)
	case Sigmoid64:
		return f64.Sigmoid(x)
	default:
		return f64.Tanh(x)
	}
}

// callElements64 is the most elements of a call: one takes twice as long as of float32.
const callElements64 = isa.CallElements / 2

// Apply64 writes the function of each element of src to dst, of the same length. dst may
// be src.
func Apply64(i isa.ISA, f Function64, dst, src []float64) {
	for len(src) > 0 {
		n := min(len(src), callElements64)
		if !apply64(i, f, n, &src[0], &dst[0]) {
			for j, x := range src[:n] {
				dst[j] = f.Value(x)
			}
		}
		dst, src = dst[n:], src[n:]
	}
}

// apply64 runs the assembly, if there is any.
func apply64(i isa.ISA, f Function64, n int, in, out *float64) bool {
	switch f {
	case Exp64:
		return exp64(i, n, in, out)
	case Log64:
		return log64(i, n, in, out)
	case Softplus64:
		return softplus64(i, n, in, out)
	case Sigmoid64:
		return sigmoid64(i, n, in, out)
	default:
		return tanh64(i, n, in, out)
	}
}
