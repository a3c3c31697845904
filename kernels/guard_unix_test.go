//go:build linux || darwin

package kernels

import (
	"syscall"
	"testing"
	"unsafe"
)

// guarded returns n floats that lie between protected pages, at the end of
// their memory or, with atStart, at its beginning: to touch a float outside is
// a crash.
func guarded(tb testing.TB, n int, atStart bool) []float32 {
	tb.Helper()
	page := syscall.Getpagesize()
	inner := roundUp(n*4, page)
	mem, err := syscall.Mmap(-1, 0, inner+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		tb.Fatalf("mmap: %v", err)
	}
	tb.Cleanup(func() { _ = syscall.Munmap(mem) })
	for _, at := range []int{0, page + inner} {
		if err := syscall.Mprotect(mem[at:at+page], syscall.PROT_NONE); err != nil {
			tb.Fatalf("mprotect: %v", err)
		}
	}
	if n == 0 {
		return nil
	}
	first := page
	if !atStart {
		first = page + inner - n*4
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&mem[first])), n)
}
