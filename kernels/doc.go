// Package kernels is a fast math backend in pure Go and assembly: fused affine
// maps, gradients, elementwise functions, noise and optimiser steps on float32, and
// matrix products on float64 too.
//
// An [Engine] is an instruction set and a pool of threads. All engines give the
// same bits: every kernel is defined by a plain-Go loop in this package, and
// the assembly for AVX2, AVX-512 and NEON does the same operations in the same
// order for each element. Products are one chain of fused multiply-adds over
// the inner dimension, ascending, for each element of the result; threads only
// ever divide results between them. So the number of threads changes nothing
// either.
//
// Unless a function says otherwise its operands must not overlap, and it panics
// when their shapes do not fit, as package gonum/blas does: a wrong shape is a
// mistake in the program and not in its input.
package kernels
