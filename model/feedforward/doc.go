// Package feedforward has networks for classification and regression: affine maps
// and activations from the input up to a top, which is softmax or units.
//
// # Notation
//
// Layers are h[0] = x, the input, to h[M], the top. Map f_l leads from h[l-1] to
// h[l]: h[l] = s(h[l-1] W_l + b_l). States of a minibatch are matrices, B examples
// by the layer's units. Package credit trains a network by a rule of credit
// assignment that the caller chooses.
package feedforward
