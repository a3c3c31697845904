// Package openblas loads OpenBLAS with a chosen kernel family.
//
// OpenBLAS picks its kernels when it is loaded, from the processor or from the variable
// OPENBLAS_CORETYPE. Its own choice can be poor: 0.3.21 falls back to an SSE kernel on
// Xeons newer than itself, and on Zen 4 it takes an AVX-512 family whose large products
// are slower than those of its AVX2 family. So the package loads it once for every family
// worth trying and leaves it to the caller to measure.
//
// The package is empty without the build tag peers.
package openblas
