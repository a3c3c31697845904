// Package yardstick is the paper's experiment in C on OpenBLAS: what a careful programmer
// gets without kernels of their own. It computes Algorithm 2, INFERENCE and one update of
// the four maps per minibatch, and exists to be compared with.
//
// It is meant to be strong. Products go to cblas_sgemm with the kernels that are fastest
// for them, constant parts of the loop are computed once, two products that share their
// weights are one, every elementwise step is one fused and vectorised pass, the noise is
// vectorised, gradients are consumed in blocks that fit the cache, and with several threads
// each carries its own rows through all iterations.
//
// The package is empty without the build tag peers.
package yardstick
