// Package libxsmm multiplies small matrices with libxsmm, which generates code for each
// shape. It is linked.
//
// The package is empty without the build tag peers.
package libxsmm
