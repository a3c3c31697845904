//go:build openmpi

package mpi

// In a file of its own: the build cache tells libraries apart by the files that
// name them, and not by what pkg-config says.

// #cgo pkg-config: ompi-c
import "C"
