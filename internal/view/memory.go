package view

import "unsafe"

// Aligned returns n zeros that begin at a cache line.
func Aligned[T Float](n int) []T {
	if n == 0 {
		return nil
	}
	size := Size[T]()
	raw := make([]T, n+Line/size-1)
	past := int(uintptr(unsafe.Pointer(&raw[0])) % Line)
	skip := (Line - past) % Line / size
	return raw[skip:][:n:n]
}

// Grow makes *buffer at least n long and returns its first n elements. They
// hold what they held, or zeros if the buffer had to be made anew.
func Grow[T Float](buffer *[]T, n int) []T {
	if len(*buffer) < n {
		*buffer = Aligned[T](n)
	}
	return (*buffer)[:n]
}

// ByType is what the type of elements has of its own, such as its pool of buffers: a package
// variable cannot be generic.
func ByType[T Float, V any](of32, of64 V) V {
	if Size[T]() == 8 {
		return of64
	}
	return of32
}
