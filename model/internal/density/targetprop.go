package density

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// TargetpropDown writes to dst targetprop's estimate of d log p(h[l-1]|h[l]) /
// dh[l], Equation 12 with sigma_h = 1:
//
//	f_l(h[l-1]) - f_l(g_l(h[l]))
//
// Target and Prediction of layer l are up to date.
func TargetpropDown(e *kernels.Engine, n *model.Network, dst kernels.Matrix, s *model.States, l int) {
	n.Encode(e, dst, l, s.Prediction[l])
	subtractFrom(s.Target[l], dst)
}

// TargetpropUp writes to dst targetprop's estimate of d log q(h[l]|h[l-1]) /
// dh[l-1], which is TargetpropDown with the maps exchanged:
//
//	g_l(h[l]) - g_l(f_l(h[l-1]))
//
// Target and Prediction of layer l are up to date.
func TargetpropUp(e *kernels.Engine, n *model.Network, dst kernels.Matrix, s *model.States, l int) {
	n.Decode(e, dst, l, s.Target[l])
	subtractFrom(s.Prediction[l], dst)
}

// subtractFrom computes dst = a - dst.
func subtractFrom(a, dst kernels.Matrix) {
	for i := range dst.Rows {
		row := dst.Row(i)
		for j, v := range a.Row(i) {
			row[j] = v - row[j]
		}
	}
}
