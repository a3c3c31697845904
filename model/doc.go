// Package model is deep learning without back-propagation, after Bengio, Lee,
// Bornschein, Mesnard and Lin, "Towards Biologically Plausible Deep Learning"
// (arXiv 1502.04156). The model is a deep generative one, of pairs of maps
// between layers. Variational EM trains it. The E-step, INFERENCE, moves hidden
// states by targetprop: it sends activations up and down and takes no derivative
// across a layer. In the M-step, TRAIN, every map learns to denoise by a local
// delta rule.
//
// # Notation
//
// Layers are h[0] = x, the visible units, to h[M], the top. The encoder map
// f_l leads from h[l-1] up to h[l], the decoder map g_l from h[l] down to
// h[l-1]. Each is an affine map and an activation, with weights of its own.
// States of a minibatch are matrices, B examples by the layer's units.
//
// The losses of the maps are named f1, g1, f2 and so on in logs and files.
// [Network.Train] trains, [Network.Generate] draws samples, [File] keeps a model;
// docs/model.md has a program, the settings, and the tensors of a file.
//
// Results depend on the seed alone. They do not depend on the instruction set,
// the number of threads or interruptions.
//
// This package is Algorithm 2. Algorithm 1 is in package variational, other ways
// to sample in package chain, measures of models in package measure, models with
// labels in package labelled. Those packages use nothing of a model that this one
// does not show to everybody.
package model
