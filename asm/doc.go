// Package asm holds the generated assembly kernels. It has no stable interface:
// use package kernels, which checks arguments and chooses the instruction set.
package asm
