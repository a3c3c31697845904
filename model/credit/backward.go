package credit

import "github.com/targetprop/targetprop/kernels"

// newTransposed is the transpose of the weights w without their bias, behind a bias of 0.
func newTransposed(w kernels.Packed) kernels.Packed {
	t := kernels.NewPacked(w.Cols+1, w.Rows-1)
	transpose(t, w, 0, w.Panels())
	return t
}

// transpose transposes the panels lo to hi-1 of w.
func transpose(dst, w kernels.Packed, lo, hi int) {
	for j := lo * kernels.Panel; j < min(hi*kernels.Panel, w.Cols); j++ {
		for i := range w.Rows - 1 {
			dst.Data[dst.Index(1+j, i)] = w.Data[w.Index(1+i, j)]
		}
	}
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
