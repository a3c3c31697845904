// Package onednn calls oneDNN 2.x: its plain product, its matrix product with bias and
// activation fused into it, and its elementwise functions.
//
// oneDNN generates its kernels for the instruction set it finds; ONEDNN_MAX_CPU_ISA (or
// DNNL_MAX_CPU_ISA) caps it, ONEDNN_VERBOSE=1 makes it print what it runs. It works with
// OpenMP, whose threads belong to the operating system thread that calls: a caller that
// measures more than one thread should hold runtime.LockOSThread.
//
// The package is empty without the build tag peers.
package onednn
