// Package clib calls C libraries that are loaded at run time.
//
// Loading with dlopen instead of linking has three uses here. A library's environment
// variables can be set before its initialiser reads them (OPENBLAS_CORETYPE). Two
// libraries that export the same names, such as cblas_sgemm, live side by side. And one
// library can be loaded several times, once for each kernel family it offers.
//
// The package is empty without the build tag peers.
package clib
