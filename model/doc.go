// Package model is deep learning without back-propagation, after Bengio, Lee,
// Bornschein, Mesnard and Lin, "Towards Biologically Plausible Deep Learning"
// (arXiv 1502.04156): a deep generative model of pairs of maps between layers,
// trained by variational EM. Its E-step moves hidden states by targetprop, with
// activations sent up and down and no derivative across a layer; in its M-step
// every map learns to denoise by a local delta rule.
//
// # Notation
//
// Layers are h[0] = x, the visible units, to h[M], the top. The encoder map
// f_l leads from h[l-1] up to h[l], the decoder map g_l from h[l] down to
// h[l-1]. Both are an affine map and an activation, with weights of their own.
// States of a minibatch are matrices, B examples by the layer's units.
//
// Results depend on the seed alone: not on the instruction set, the number of
// threads or interruptions.
package model
