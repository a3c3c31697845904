// Package cblas puts a BLAS in C under gonum's interfaces.
//
// Each routine that the benchmark measures, and each in which gonum's LAPACK spends its
// time, is a call of the library. The others stay gonum's.
//
// The package is empty without the build tag peers.
package cblas
