// Package asm holds what the generated kernels for all types of elements have in
// common: the argument of the micro-kernels. The kernels are in the packages below,
// one for each type. They have no stable interface: use package kernels, which checks
// arguments and chooses the instruction set.
package asm
