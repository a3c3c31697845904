// Package blis loads BLIS with a chosen family of kernels.
//
// BLIS picks its kernels in bli_init, from the processor or from the variable
// BLIS_ARCH_TYPE. Its own choice can be poor: 0.9 took its AVX2
// family on an AVX-512 Xeon, 53 GFLOP/s where its AVX-512 family has 106 to 154. So the
// package loads it once for every family worth trying and leaves it to the caller to measure.
//
// The package is empty without the build tag peers.
package blis
