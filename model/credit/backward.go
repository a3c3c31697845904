package credit

import "github.com/targetprop/targetprop/kernels"

// backward writes dst = d W^T, where row 0 of w is the bias and the others are W.
func backward(e *kernels.Engine, dst, d kernels.Matrix, w kernels.Packed) {
	plain := kernels.NewMatrix(w.Rows-1, w.Cols)
	w.Unpack(1, plain)
	e.Gemm(false, true, 1, d, plain, 0, dst)
}

// timesSlope multiplies d by the slope of the activation at which its value is h.
func timesSlope(e *kernels.Engine, d kernels.Matrix, act kernels.Activation, h kernels.Matrix) {
	for i := range d.Rows {
		timesSlopeRow(e, d.Row(i), act, h.Row(i))
	}
}

func timesSlopeRow(e *kernels.Engine, d []float32, act kernels.Activation, h []float32) {
	switch act {
	case kernels.Sigmoid:
		for j, y := range h {
			d[j] *= float32(y * (1 - y))
		}
	case kernels.Tanh:
		for j, y := range h {
			d[j] *= 1 - float32(y*y)
		}
	case kernels.ReLU:
		for j, y := range h {
			if !(y > 0) {
				d[j] = 0
			}
		}
	case kernels.Softplus:
		var slope [64]float32
		for lo := 0; lo < len(h); lo += len(slope) {
			hi := min(lo+len(slope), len(h))
			s := slope[:hi-lo]
			for j, y := range h[lo:hi] {
				s[j] = -y
			}
			e.Exp(s, s) // softplus' = sigmoid = 1 - e^-softplus
			for j, v := range s {
				d[lo+j] *= 1 - v
			}
		}
	}
}
