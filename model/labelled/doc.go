// Package labelled is the generative model of package model with labels, after
// Section 9 of arXiv 1502.04156: the label y joins what is observed, with more
// weight than the image x. One network classifies, draws an image of a chosen
// class, fills in what is missing, and says how likely its answer is.
//
// # Notation
//
// Layers are h[0] = x to h[M], with maps f_l up and g_l down, as in package
// model. y, one-hot, is observed too and lies above the top layer. Its encoder
// f_y leads from y to h[M], its decoder g_y from h[M] to y. p(y|h[M]) is g_y(h[M]),
// a softmax. So y is to h[M] what x is to h[1], and INFERENCE treats both by
// Equation 12.
//
// Where y is missing it follows its decoder, as the missing pixels of Figure 5
// do. Its term in INFERENCE is 0 then.
//
// Results depend on the seed alone. They do not depend on the instruction set,
// the number of threads or interruptions.
package labelled
