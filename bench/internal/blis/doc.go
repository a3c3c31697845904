// Package blis loads BLIS with a chosen family of kernels.
//
// BLIS picks its kernels in bli_init, from the processor or from the variable
// BLIS_ARCH_TYPE. Its own choice can be poor: on Xeons that are newer than itself 0.9 takes
// its AVX2 family, which has a third of the rate of its AVX-512 family. So the package loads
// it once for every family worth trying and leaves it to the caller to measure.
//
// The package is empty without the build tag peers.
package blis
