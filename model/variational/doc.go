// Package variational is Algorithm 1: variational EM with learned approximate
// inference (Section 3). Its E-step moves the hidden states uphill on the
// objective J, by targetprop or by the exact gradient across one layer. Its
// M-step moves the parameters along dJ/dtheta.
package variational
