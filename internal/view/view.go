// Package view holds the forms in which matrices lie in memory, for both types
// of elements, and the sizes that follow from the memory: all in bytes.
package view

import "unsafe"

// Float is the type of an element.
type Float interface{ float32 | float64 }

// Line is the bytes of a cache line, and of a row of a panel: one register of
// AVX-512, two of AVX2, four of NEON.
const Line = 64

// Page is the bytes of a page of memory.
const Page = 4096

// Size is the bytes of an element.
func Size[T Float]() int {
	var x T
	return int(unsafe.Sizeof(x))
}

// Panel is the elements of a row of a panel: 16 of float32, 8 of float64.
func Panel[T Float]() int { return Line / Size[T]() }
