// Package mpi is a group of processes that MPI started, for package model. Build
// it with the tag openmpi or mpich, for the library of that name; cgo finds it
// with pkg-config. Without a tag [Start] fails.
//
// It calls MPI itself, in a page of C. The maintained binding for Go,
// cogentcore.org/lab/base/mpi v0.1.9, works, but gathers equal chunks only, and
// from other memory than the result's: 7 MB more to copy in each step of the
// default network. It asks for MPI_THREAD_MULTIPLE, has no gather that does not
// wait, which [Group.End] needs, and brings 60 modules along.
package mpi
