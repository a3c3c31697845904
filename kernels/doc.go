// Package kernels is a fast math backend in pure Go and assembly: fused affine
// maps, gradients, elementwise functions, noise and optimiser steps on float32, and
// matrix products on float64 too.
//
// An [Engine] is an instruction set and a pool of threads. All engines give the
// same bits, but for those of a NaN. Every kernel is defined by a plain-Go loop, and the assembly for
// AVX2, AVX-512 and NEON does the same operations in the same order for each
// element. Each element of a product is one chain of fused multiply-adds over
// the inner dimension, ascending. Threads divide results only, so their number
// changes nothing.
//
// Shapes are rows x columns. Operands must not overlap unless a function says
// otherwise. A function panics, before it writes anything, if shapes do not fit,
// a matrix does not hold its elements, or an activation or a rule is unknown: that
// is a mistake in the program and not in its input, as in package gonum/blas. No
// kernel returns an error.
//
// [Engine.PlanGemm], [Engine.PlanAffine] and [Engine.PlanGradient] say how a
// product would be computed, and whether it would take a slow path.
package kernels
