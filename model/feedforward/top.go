package feedforward

import (
	"github.com/targetprop/targetprop/internal/enum"
	"github.com/targetprop/targetprop/kernels"
)

// Top is what a network's last layer is, and with it the loss of training.
type Top uint8

// The tops. y are the outputs of an example, t its targets and w their weights, 1
// unless the examples say otherwise.
const (
	// Softmax outputs are the probabilities of classes. The loss is the
	// cross-entropy - sum_j w_j t_j log y_j.
	Softmax Top = iota
	// Linear outputs are any numbers. The loss is sum_j w_j (y_j - t_j)^2.
	Linear
	// Logistic outputs are sigmoid units. The loss is that of Linear.
	Logistic
)

var tops = enum.Names[Top]{Package: "feedforward", Type: "Top", Kind: "top", Names: []string{
	Softmax: "softmax", Linear: "linear", Logistic: "logistic",
}}

// String is the name.
func (t Top) String() string { return tops.String(t) }

// MarshalText writes the name.
func (t Top) MarshalText() ([]byte, error) { return tops.MarshalText(t) }

// UnmarshalText reads the name.
func (t *Top) UnmarshalText(text []byte) error { return tops.UnmarshalText(t, text) }

// activation is that of the last map. Softmax comes after it.
func (t Top) activation() kernels.Activation {
	if t == Logistic {
		return kernels.Sigmoid
	}
	return kernels.Identity
}
